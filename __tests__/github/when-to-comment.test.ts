import { expect, test } from 'vitest';
import { deservesComment } from '../../src/github/when-to-comment.ts';
import type { Report } from '../../src/report/model.ts';

type Counts = Partial<Report['counts']>;
type Kinds = Report['databases'][number]['historyChanges'][number]['kind'];

function report(verdict: Report['verdict'], counts: Counts = {}, kind: Kinds | null = null): Report {
  const file = 'migrations/0001_a.sql';
  return {
    schemaVersion: 1,
    verdict,
    counts: { error: 0, warning: 0, notice: 0, allowed: 0, ...counts },
    undecided: null,
    base: { ref: 'main', sha: null },
    head: { ref: 'topic', sha: null },
    databases: [
      {
        name: 'app',
        path: 'migrations',
        paths: ['migrations'],
        tool: 'plain',
        shadow: null,
        timings: null,
        migrationCounts: { base: 1, new: 0 },
        historyChanges: kind === null ? [] : [{ kind, file, previousFile: null, version: '1' }],
        migrations: [],
        schemaChanges: [],
        divergence: [],
        schemaDiff: [],
      },
    ],
    findings: [],
    failOn: 'error',
    notes: [],
    notChecked: [],
  };
}

test.each([
  ['nothing changed', report('pass'), false, false],
  ['only main got a migration', report('pass', { notice: 1 }, 'missing-from-head'), false, false],
  ['a migration changed', report('pass', {}, 'edited-cosmetic'), true, false],
  ['a migration changed, with a notice', report('pass', { notice: 1 }, 'out-of-order'), true, true],
  ['a warning', report('pass', { warning: 1 }), true, true],
  ['an error that does not block', report('pass', { error: 1 }), true, true],
  ['an accepted finding', report('pass', { allowed: 1 }, 'edited'), true, false],
  ['blocked', report('blocked', { error: 1 }), true, true],
  ['undecided', report('undecided'), true, true],
])('%s', (_case, what, always, onFindings) => {
  expect(deservesComment(what, 'always')).toBe(always);
  expect(deservesComment(what, 'on-findings')).toBe(onFindings);
  expect(deservesComment(what, 'never')).toBe(false);
});
