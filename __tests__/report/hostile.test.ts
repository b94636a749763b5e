import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { toAnnotations } from '../../src/report/annotations.ts';
import { toJson } from '../../src/report/json.ts';
import { commentBudget, toMarkdown } from '../../src/report/markdown/markdown.ts';
import type { Report } from '../../src/report/model.ts';
import { toTerminal } from '../../src/report/terminal/terminal.ts';
import { filledWith } from './filled.ts';
import { database, links, migration, report } from './make.ts';
import { payloads } from './payloads.ts';
import { sarifOf } from './sarif.ts';
import { assertValidReport } from './validate.ts';

const comment = (of: Report): string =>
  toMarkdown(of, { id: 'default', budget: commentBudget, links, expand: false });
const page = (of: Report): string => toMarkdown(of, { links });

const toHtml = (markdown: string): string =>
  micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });

/** Names of the tags in order, closing ones with a slash. Code spans are left out: a sentence may have any number. */
const tags = (html: string): string[] =>
  [...html.matchAll(/<(\/?[a-z][a-z0-9]*|!--)/gi)]
    .map((match) => match[1] ?? '')
    .filter((tag) => tag !== 'code' && tag !== '/code');

/** What GitHub's filters would read: everything outside code and links. */
const loose = (html: string): string =>
  html
    .replace(/<(code|pre|a)\b[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');

const linkable = [
  /@[a-z0-9]/i,
  /(?<![&\w])#\d/,
  /\bGH-\d/i,
  /\b(?:https?|ftp):\/\//i,
  /\bwww\./i,
  /\b[0-9a-f]{40}\b/,
  /:[a-z0-9+_-]+:/i,
];

// Control and format characters but line feed and tab; the zero-width space is what our own escaping puts in.
const invisible = /(?![\n\t\u200b])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** The structure of the same report with a harmless word in it. */
const harmless = {
  comment: tags(toHtml(comment(filledWith('word')))),
  page: tags(toHtml(page(filledWith('word')))),
};

describe.each(Object.entries(payloads))('%s', (_name, text) => {
  const hostile = filledWith(text);

  test('is held by a valid report', () => {
    assertValidReport(hostile);
  });

  test.each(['comment', 'page'] as const)('stays text in the %s', (place) => {
    const markdown = place === 'comment' ? comment(hostile) : page(hostile);
    const html = toHtml(markdown);
    expect(tags(html)).toEqual(harmless[place]);
    for (const [, url] of html.matchAll(/(?:href|src)="([^"]*)"/g)) {
      expect(url).toMatch(/^https:\/\/github\.com\/acme\//);
    }
    const outside = loose(html);
    for (const pattern of linkable) expect(outside).not.toMatch(pattern);
    expect(markdown).not.toMatch(invisible);
    expect(markdown.match(/<!--\s*migration-gate/g)?.length ?? 0).toBe(place === 'comment' ? 3 : 0);
  });

  // As another program could have written it; the catalog's own are held against Mermaid's parser.
  test('stays in its block as a diagram', () => {
    const drawn = (erDiagram: string): Report =>
      report({ databases: [database({ migrations: [migration('x.sql')], erDiagram })] });
    const markdown = page(drawn(text));
    expect(tags(toHtml(markdown))).toEqual(tags(toHtml(page(drawn('word')))));
    expect(markdown).not.toMatch(invisible);
  });

  test('stays text on a terminal and in a log', () => {
    const plain = toTerminal(hostile, { color: false });
    expect(plain).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    expect(plain).not.toMatch(/^\s*::/m);
    expect(plain).not.toContain('##[');
    expect(plain.trimEnd().split('\n').at(-1)).toMatch(/^✗ Blocked/);
    const coloured = toTerminal(hostile, { color: true });
    // Nothing but our own colours: taken away, the plain text is left.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });

  test('stays text in SARIF', () => {
    const { text: json, sarif } = sarifOf(hostile);
    expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    expect(json).not.toContain('##[');
    const [{ results }] = sarif.runs;
    expect(results).toHaveLength(hostile.findings.length);
    for (const { message, locations, suppressions = [] } of results) {
      for (const said of [message.text, ...suppressions.map(({ justification }) => justification)]) {
        expect(said.length).toBeLessThanOrEqual(1_000);
        expect(said).not.toMatch(/\]\(|\n/);
        expect(said).not.toMatch(invisible);
        for (const pattern of linkable) expect(said).not.toMatch(pattern);
      }
      // An argument's place would be filled by a reader.
      expect(message.text.replace(/\{\{|\}\}/g, '')).not.toMatch(/[{}]/);
      expect(
        () => new URL(locations[0]?.physicalLocation.artifactLocation.uri ?? '', 'file:///root/'),
      ).not.toThrow();
    }
  });

  test('stays text in annotations and JSON', () => {
    for (const { title, message } of toAnnotations(hostile)) {
      expect(title + message).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      expect(title).not.toMatch(/\n/);
    }
    const json = toJson(hostile);
    expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    expect(json).not.toContain('##[');
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(hostile)));
  });
});
