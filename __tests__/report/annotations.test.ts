import { expect, test } from 'vitest';
import { toAnnotations } from '../../src/report/annotations.ts';
import { reports } from './reports.ts';

test('most severe first, at the line of the file', () => {
  expect(
    toAnnotations(reports.blocked).map(({ level, file, line, endLine }) => [level, file, line, endLine]),
  ).toEqual([
    ['error', 'migrations/0031_users.sql', 3, 3],
    ['error', 'migrations/0043_add_order_total.sql', 4, 4],
    ['warning', 'migrations/0043_add_order_total.sql', 9, 10],
  ]);
});

test('a deleted file has no line in head to point to', () => {
  const files = toAnnotations(reports['edited-history']).map(({ file }) => file);
  expect(files).not.toContain('migrations/0012_drop_legacy.sql');
});

test('nine of a level, the tenth says how many more there are', () => {
  const all = toAnnotations(reports['two-hundred']);
  expect(all.map(({ level }) => level)).toEqual([...Array(10).fill('error'), ...Array(10).fill('warning')]);
  expect(all[9]?.title).toBe('25 more errors, see the summary');
  expect(all[19]?.title).toBe('24 more warnings, see the summary');
});

test('a fix says what it is, and a long one where the rest of it stands', () => {
  const [finding] = reports.blocked.findings;
  if (finding === undefined) throw new Error('the report has findings');
  const sql = Array.from({ length: 15 }, (_, index) => `SELECT ${index + 1};`).join('\n');
  const message = (fix: typeof finding.fix): string =>
    toAnnotations({ ...reports.blocked, findings: [{ ...finding, fix }] })[0]?.message ?? '';
  expect(message({ sql, verified: false })).toContain('\n\nInstead:\nSELECT 1;\n');
  expect(message({ sql, verified: false })).toMatch(
    /SELECT 12;\n… and 3 more lines, in the job summary\n\n\(/,
  );
  expect(message({ sql: 'SELECT 1;', verified: true, heading: 'A new migration:' })).toContain(
    '\n\nA new migration:\nSELECT 1;\n\n(',
  );
});

test('accepted findings are not annotated', () => {
  expect(toAnnotations(reports.accepted)).toEqual([]);
});

test('in a trial nothing is an error', () => {
  expect(new Set(toAnnotations(reports.trial).map(({ level }) => level))).toEqual(new Set(['warning']));
});

test('with fail-on warning, warnings are errors', () => {
  const report = { ...reports.warnings, failOn: 'warning', verdict: 'blocked' } as const;
  expect(toAnnotations(report).map(({ level }) => level)).toEqual(['error', 'notice']);
});

test('no verdict: the place that is to blame', () => {
  expect(toAnnotations(reports['base-fails'])).toMatchObject([
    { level: 'error', file: 'migrations/0017_geo.sql', line: 2, title: 'migration-gate could not decide' },
  ]);
});
