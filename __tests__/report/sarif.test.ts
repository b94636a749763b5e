import { describe, expect, test } from 'vitest';
import { database, finding, migration, report, statement } from './make.ts';
import { reports } from './reports.ts';
import { sarifOf } from './sarif.ts';

const file = 'migrations/0043_add order#1.sql';
const index = finding('create-index-blocking', 'error', {
  migration: '0043',
  file,
  line: 2,
  endLine: 3,
  object: 'public.orders',
  title: 'Building orders_idx blocks writes to public.orders',
  message: 'Every write waits.',
  fix: {
    sql: '-- In place of the statement\nCREATE INDEX CONCURRENTLY orders_idx ON public.orders (total);',
    verified: true,
    replaces: {
      line: 2,
      endLine: 3,
      sql: 'CREATE INDEX CONCURRENTLY orders_idx ON public.orders (total);',
    },
  },
});
const app = database({
  migrations: [
    migration(file, { statements: [statement(2, 'CREATE INDEX orders_idx\n  ON orders (total)')] }),
  ],
});

describe('SARIF', () => {
  test.each(Object.entries(reports))(
    'of the state %s is valid and has a result for each finding',
    (_name, of) => {
      const { sarif } = sarifOf(of);
      const [run] = sarif.runs;
      expect(run.results.map(({ ruleId }) => ruleId).sort()).toEqual(
        of.findings.map(({ rule }) => rule).sort(),
      );
      for (const { ruleId, ruleIndex, locations } of run.results) {
        if (ruleIndex !== undefined) expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
        expect(locations).toHaveLength(1);
        expect(locations[0]?.physicalLocation.artifactLocation.uri).toMatch(
          /^[^/\\:?#\s]+(?:\/[^/\\:?#\s]+)*$/,
        );
      }
      expect(run.invocations[0].executionSuccessful).toBe(of.undecided === null);
    },
  );

  test('shows a finding with its place, its rule and a fix that replaces lines', () => {
    const [result] = sarifOf(report({ databases: [app], findings: [index] })).sarif.runs[0].results;
    expect(result).toMatchObject({
      ruleId: 'create-index-blocking',
      level: 'error',
      message: { text: 'Building orders_idx blocks writes to public.orders. Every write waits.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'migrations/0043_add%20order%231.sql', uriBaseId: '%SRCROOT%' },
            region: { startLine: 2, endLine: 3 },
          },
          logicalLocations: [{ fullyQualifiedName: 'public.orders' }],
        },
      ],
      fixes: [
        {
          artifactChanges: [
            {
              replacements: [
                {
                  deletedRegion: { startLine: 2, endLine: 3 },
                  insertedContent: { text: 'CREATE INDEX CONCURRENTLY orders_idx ON public.orders (total);' },
                },
              ],
            },
          ],
        },
      ],
    });
    expect(result?.suppressions).toBeUndefined();
  });

  test('has no fix that is more than a replacement of lines', () => {
    const { replaces: _lines, ...fix } = index.fix ?? { sql: '', verified: false };
    const [result] = sarifOf(report({ databases: [app], findings: [{ ...index, fix }] })).sarif.runs[0]
      .results;
    expect(result?.fixes).toBeUndefined();
  });

  test('brings the page of every rule', () => {
    const { text } = sarifOf(report({}));
    const [rule] = JSON.parse(text).runs[0].tool.driver.rules.filter(
      ({ id }: { id: string }) => id === 'create-index-blocking',
    );
    expect(rule).toMatchObject({
      helpUri: 'https://github.com/acme/migration-gate/blob/v1/docs/rules/create-index-blocking.md',
      defaultConfiguration: { enabled: true, level: 'error' },
    });
    expect(rule.help.markdown).toMatch(/^# create-index-blocking\n/);
    expect(rule.help.text).toMatch(/CREATE INDEX CONCURRENTLY/);
  });

  test('has what blocks as an error, and nothing as one in a trial', () => {
    const level = (of: Parameters<typeof report>[0]): string | undefined =>
      sarifOf(report({ databases: [app], ...of })).sarif.runs[0].results[0]?.level;
    expect(level({ findings: [{ ...index, severity: 'warning' }], failOn: 'warning' })).toBe('error');
    expect(level({ findings: [{ ...index, severity: 'warning' }] })).toBe('warning');
    expect(level({ findings: [index], failOn: 'never' })).toBe('warning');
    expect(level({ findings: [{ ...index, severity: 'notice' }] })).toBe('note');
  });

  test('keeps accepted findings, suppressed with their reason', () => {
    const allowed = { reason: 'the table is tiny', file, line: 1 };
    const [result] = sarifOf(report({ databases: [app], findings: [{ ...index, allowed }] })).sarif.runs[0]
      .results;
    expect(result?.suppressions).toMatchObject([
      { kind: 'inSource', status: 'accepted', justification: 'the table is tiny' },
    ]);
  });

  test('fingerprints stay when lines move and words change, and differ between findings', () => {
    const marks = (of: Parameters<typeof report>[0]) =>
      sarifOf(report(of)).sarif.runs[0].results.map(({ partialFingerprints }) => partialFingerprints);
    const moved = database({
      migrations: [
        migration(file, { statements: [statement(9, 'CREATE INDEX orders_idx ON orders (total)')] }),
      ],
    });
    const before = marks({ databases: [app], findings: [index] });
    expect(Object.keys(before[0] ?? {})).toEqual(['migrationGateFinding/v1']);
    expect(
      marks({
        databases: [moved],
        findings: [{ ...index, line: 9, endLine: 9, title: 'other', message: 'words' }],
      }),
    ).toEqual(before);
    const several = marks({ databases: [app], findings: [index, index, { ...index, rule: 'set-not-null' }] });
    expect(new Set(several.map((each) => JSON.stringify(each))).size).toBe(3);
  });

  test('stays within the limits of code scanning', () => {
    const many = Array.from({ length: 25_100 }, (_, at) => ({
      ...index,
      severity: at === 25_099 ? ('error' as const) : ('notice' as const),
      message: 'x'.repeat(4_000),
      fix: null,
    }));
    const { text, sarif } = sarifOf(report({ databases: [app], findings: many }), { rules: [] });
    const [{ results, invocations }] = sarif.runs;
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(10_000_000);
    expect(results.length).toBeGreaterThan(1_000);
    expect(results[0]?.level).toBe('error');
    expect(Math.max(...results.map(({ message }) => message.text.length))).toBeLessThanOrEqual(1_000);
    expect(invocations[0].toolExecutionNotifications?.[0]?.message.text).toBe(
      `${25_100 - results.length} more results are left out for length.`,
    );
  });

  test('says why there is no verdict', () => {
    const undecided = {
      reason: 'timeout',
      file: null,
      line: null,
      message: 'It took {0} too long.',
    } as const;
    const [{ invocations }] = sarifOf(report({ undecided })).sarif.runs;
    expect(invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ message: { text: 'It took {{0}} too long.' } }],
    });
  });
});
