import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/report/model.ts';
import { rules } from '../../src/rules/index.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { loadParser, parseFile } from '../../src/sql/parse.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { everything } from '../slow.ts';
import { runExample, runFix, type Settings } from './run-example.ts';

await loadParser();

/** Those about the config are loaded in __tests__/config. */
const judged = rules.filter(({ about }) => about !== 'configuration');

/** Every example; the first of each kind where there is no time for more. */
const tried = <T>(examples: readonly T[]): readonly T[] => (everything ? examples : examples.slice(0, 1));

const cases = judged.flatMap((rule) => [
  ...tried(rule.bad).map((example) => ({
    rule,
    example,
    kind: 'bad' as const,
    title: `${rule.name}: ${example.title}`,
  })),
  ...tried(rule.good).map((example) => ({
    rule,
    example,
    kind: 'good' as const,
    title: `${rule.name}: ${example.title}`,
  })),
]);

/** Conventions are judged as by a config that switches them on. */
const switchedOn = (rule: Rule): Settings =>
  rule.byDefault === 'off' ? { rules: { [rule.name]: rule.severity } } : {};

/** Nearly every example would get the one notice about lock_timeout as well. */
const settingsFor = (rule: Rule): Settings => ({
  ...switchedOn(rule),
  lockTimeout: aboutLockTimeout.includes(rule.name) ? 'in-migrations' : 'set-by-role',
});
const aboutLockTimeout = ['missing-lock-timeout', 'lock-timeout-after-ddl'];

/** `rule:line`, as a reader sees them; accepted ones are none. */
const seen = (findings: readonly Finding[]): string[] =>
  findings.filter(({ allowed }) => allowed === null).map(({ rule, line }) => `${rule}:${line}`);

test('every rule has two examples that it is about, and two that it is not', () => {
  const few = rules.filter(({ bad, good }) => bad.length < 2 || good.length < 2);
  expect(few.map(({ name }) => name)).toEqual([]);
});

describe.each(majors)('examples on PostgreSQL %i', (major) => {
  const here = cases.filter(({ example }) => (example.since ?? 0) <= major);

  test.each(here.filter(({ kind }) => kind === 'good'))('good: $title', async ({ rule, example }) => {
    const shared = await sharedShadow(major);
    const { findings } = await runExample(shared, major, example, settingsFor(rule));
    expect(seen(findings)).toEqual([]);
  });

  test.each(here.filter(({ kind }) => kind === 'bad'))('bad: $title', async ({ rule, example }) => {
    const shared = await sharedShadow(major);
    const { findings, context } = await runExample(shared, major, example, settingsFor(rule));
    const line = example.line === undefined ? 1 : example.line;
    expect([...new Set(seen(findings))]).toEqual([`${rule.name}:${line}`]);
    for (const finding of findings) {
      expect(finding.title).not.toMatch(/undefined|null|\[object/);
      // Commands follow a colon.
      expect(finding.message).toMatch(finding.commands === undefined ? /[.)]$|-- / : /[.):]$|-- /);
      if (finding.fix === null) continue;
      expect(parseFile(finding.fix.sql).error).toBeNull();
      if (typeof example.base !== 'string' || typeof example.migration !== 'string') continue;
      if (rule.about !== 'statement') continue;
      const fixed = await runFix(
        shared,
        major,
        { base: example.base, migration: example.migration, setup: example.setup },
        finding,
      );
      expect(fixed.context.migrations.map(({ error }) => error)).toEqual(
        fixed.context.migrations.map(() => null),
      );
      expect(fixed.findings.filter(({ severity }) => severity === 'error').map(({ title }) => title)).toEqual(
        [],
      );
      const draft = rule.check(context, []).find(({ title }) => title === finding.title);
      if (draft?.fix?.sameSchema === true) expect(fixed.differences).toEqual([]);
    }
  });
});
