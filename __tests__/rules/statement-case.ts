import { expect } from 'vitest';
import { parseFile } from '../../src/sql/parse.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { runExample, runFix } from './run-example.ts';

/** A statement beside the rules' own examples, with everything that is found in it. */
export interface StatementCase {
  readonly title: string;
  readonly base: string;
  readonly migration: string;
  readonly transaction?: 'none';
  readonly since?: number;
  /** `rule:line severity object`. */
  readonly found: readonly string[];
  /** Strongest lock of the first finding. */
  readonly lock?: string;
  /** Must stand in the first finding's message or fix. */
  readonly says?: string;
  /** The fix runs and ends in the same schema. */
  readonly fixed?: true;
}

/** Runs a case on a server: what is found, and that every fix runs and helps. */
export async function expectFound(major: number, each: StatementCase): Promise<void> {
  const shared = await sharedShadow(major);
  const { findings, context } = await runExample(shared, major, each);
  expect(context.migrations.map(({ error }) => error?.message ?? null)).toEqual([null]);
  expect(findings.map(({ rule, line, severity, object }) => `${rule}:${line} ${severity} ${object}`)).toEqual(
    [...each.found],
  );
  const [first] = findings;
  if (each.lock !== undefined) expect(first?.evidence?.lock).toBe(each.lock);
  if (each.says !== undefined) expect(`${first?.message}\n${first?.fix?.sql}`).toContain(each.says);
  for (const finding of findings) {
    if (finding.fix === null) continue;
    expect(parseFile(finding.fix.sql).error).toBeNull();
    const fixed = await runFix(shared, major, each, finding);
    expect(
      fixed.context.migrations.map(({ error }) => error?.message ?? null).filter((error) => error !== null),
    ).toEqual([]);
    // What is left of another finding's cause in the same statement is not this fix's matter.
    const left = fixed.findings.filter(({ rule, severity }) => severity === 'error' && rule === finding.rule);
    expect(left.map(({ title }) => title)).toEqual([]);
    if (each.fixed === true) expect(fixed.differences).toEqual([]);
  }
  if (each.fixed === true) expect(findings.some(({ fix }) => fix !== null)).toBe(true);
}
