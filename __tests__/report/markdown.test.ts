import { expect, test } from 'vitest';
import {
  commentBudget,
  commentDigest,
  marker,
  saysTheSame,
  summaryBudget,
  toMarkdown,
} from '../../src/report/markdown/markdown.ts';
import type { Report } from '../../src/report/model.ts';
import { links } from './make.ts';
import { reports } from './reports.ts';

const comment = (report: Report, limit = commentBudget.limit): string =>
  toMarkdown(report, { id: 'default', budget: { limit, unit: 'characters' }, links, expand: false });

const large = ['over-budget', 'two-hundred', 'blocked', 'hostile', 'several'] as const;

test.each(large)('%s fits whatever there is room for, whole blocks only', (name) => {
  let before = Number.POSITIVE_INFINITY;
  for (const limit of [60_000, 30_000, 12_000, 6_000, 3_000, 1_500]) {
    const text = comment(reports[name], limit);
    expect(text.length).toBeLessThanOrEqual(limit);
    expect(text.length).toBeLessThanOrEqual(before);
    before = text.length;
    expect(text.startsWith('<!-- migration-gate:default -->\n### ⛔ Blocked')).toBe(true);
    expect(text).toMatch(/\n<!-- migration-gate:digest=[0-9a-f]{16} -->\n$/);
    expect(openFences(text)).toBe(0);
    const outside = text.replace(/^(`{3,})\w+\n.*?\n\1$/gms, '');
    expect(outside.match(/^<details>/gm)?.length).toBe(outside.match(/^<\/details>/gm)?.length);
  }
});

/** Code blocks that are not closed by a fence as long as the one that opened them. */
function openFences(text: string): number {
  let open: string | null = null;
  for (const line of text.split('\n')) {
    const fence = /^(`{3,})/.exec(line)?.[1];
    if (fence === undefined) continue;
    if (open === null) open = fence;
    else if (line.trimEnd() === open) open = null;
  }
  return open === null ? 0 : 1;
}

test('what is left out is named, with where it is', () => {
  const text = comment(reports['over-budget'], 20_000);
  expect(text).toContain('5,400 lines left out for length, see the [job summary](');
  expect(comment(reports['two-hundred'], 5_000)).toMatch(/more, see the \[job summary\]/);
  expect(comment(reports['over-budget'], 1_500)).toMatch(/\[job summary\]|\[job\]/);
});

test('a job summary is measured in bytes', () => {
  const wide = '漢'.repeat(250);
  const report: Report = {
    ...reports.blocked,
    databases: reports.blocked.databases.map((database) => ({
      ...database,
      schemaDiff: Array.from({ length: 4_000 }, (_, at) => ({ object: `t${at}`, diff: `+ ${wide}` })),
    })),
  };
  const text = toMarkdown(report, { links });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(summaryBudget.limit);
  expect(toMarkdown({ ...report, databases: [] }, { links }).length).toBeGreaterThan(500);
  expect(text).toContain('left out for length');
});

test('a page of its own has no marker and everything open', () => {
  const text = toMarkdown(reports.blocked);
  expect(text).not.toContain('<!--');
  expect(text.startsWith('### ⛔ Blocked')).toBe(true);
  expect(text).not.toMatch(/<details>/);
  expect(text).toContain('<details open>');
  expect(text).not.toContain('](http');
});

const withShas = (report: Report, sha: string): Report => ({
  ...report,
  base: { ...report.base, sha },
  head: { ...report.head, sha: sha.split('').reverse().join('') },
  databases: report.databases.map((database) => ({
    ...database,
    timings: { bootMs: 9, baseMs: 9, headMs: 9, freshMs: 9, snapshotMs: 9, totalMs: 99 },
    migrations: database.migrations.map((migration) => ({ ...migration, durationMs: 77 })),
  })),
  notes: [...report.notes, `fetched ${sha} from origin in 1.2 s.`],
});

test.each(Object.keys(reports) as (keyof typeof reports)[])(
  '%s: the digest leaves out SHAs and durations',
  (name) => {
    const [one, other] = [
      '0123456789abcdef'.repeat(3).slice(0, 40),
      'fedcba9876543210'.repeat(3).slice(0, 40),
    ].map((sha) => withShas(reports[name], sha));
    expect(saysTheSame(comment(one as Report), comment(other as Report))).toBe(true);
  },
);

test('the digest differs when a reader would be told something else', () => {
  const digests = Object.values(reports).map((report) => commentDigest(report));
  expect(new Set(digests).size).toBe(digests.length);
  const { blocked } = reports;
  const moved: Report = {
    ...blocked,
    findings: blocked.findings.map((finding) => ({ ...finding, line: (finding.line ?? 0) + 1 })),
  };
  expect(saysTheSame(comment(blocked), comment(moved))).toBe(false);
  expect(saysTheSame('', comment(blocked))).toBe(false);
  expect(saysTheSame(comment(blocked).replace(/\n/g, '\r\n'), comment(blocked))).toBe(true);
});

test.each([
  ['default', '<!-- migration-gate:default -->'],
  ['pg-16', '<!-- migration-gate:pg-16 -->'],
  ['a --> <b>', '<!-- migration-gate:a-b- -->'],
  ['a--b', '<!-- migration-gate:a-b -->'],
])('marker of %s', (id, expected) => {
  expect(marker(id)).toBe(expected);
});
