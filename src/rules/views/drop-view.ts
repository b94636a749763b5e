import type { CatalogObject } from '../../catalog/model.ts';
import { dropped } from '../dropped.ts';
import { changeOf, hiddenChanges } from '../impact.ts';
import { at, evidenceOn, nameOf } from '../observed.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { listed } from '../wording.ts';

export const dropView: Rule = {
  name: 'drop-view',
  about: 'statement',
  severity: 'warning',
  summary: 'A view that base has is dropped, or made again with fewer columns.',
  why: 'Every query of the version that is still running that reads the view (or the column) fails, and so do reports and tools that nobody in the team maintains. Dropped and made again, a view has lost the rights that were granted on it.',
  instead:
    'Deploy the version that does without it first. A view that changes: `CREATE OR REPLACE VIEW`, which keeps rights and lets columns be added at the end.',
  sources: ['https://www.postgresql.org/docs/current/sql-dropview.html'],
  peers: ['pgrubic US (DROP VIEW)', 'migrationpilot MP022 (CASCADE)'],
  bad: [
    {
      title: 'A view',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW members AS SELECT id FROM users;',
      migration: 'DROP VIEW members;',
    },
    {
      title: 'A materialized view that comes back without a column',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE MATERIALIZED VIEW "Member" AS SELECT id, email FROM users;',
      migration:
        'SELECT 1;\nDROP MATERIALIZED VIEW public."Member";\nCREATE MATERIALIZED VIEW "Member" AS SELECT id FROM users WITH NO DATA;',
      line: 2,
    },
    {
      title: 'Hidden in a DO block',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW members AS SELECT id FROM users;',
      migration: "DO $$ BEGIN EXECUTE 'DROP VIEW members'; END $$;",
    },
  ],
  good: [
    {
      title: 'Made again with a column more',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE VIEW members AS SELECT id FROM users;',
      migration: 'DROP VIEW members;\nCREATE VIEW members AS SELECT id, email FROM users;',
    },
    {
      title: 'IF EXISTS, and it does not',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'DROP VIEW IF EXISTS members;',
    },
  ],
  check: (context) => {
    const written = fromText(context);
    return [...written, ...hidden(context, new Set(written.map(({ object }) => object)))];
  },
};

/** Views that a DO block or a function drops, or makes again with fewer columns. */
const hidden = (context: RuleContext, told: ReadonlySet<string | null>): FindingDraft[] =>
  hiddenChanges(context, ['view', 'materialized-view'], ['removed', 'altered'], told)
    .filter(({ change }) => change.impact === 'breaking')
    .map(({ change, name, place, where }) => ({
      ...at(place),
      object: name,
      title: `Queries that read ${name} fail`,
      message:
        `${change.why ?? ''} It is hidden in ${where}, and the version that is still running may read the view. Deploy the version that does without it first.`.trim(),
      evidence: null,
      fix: null,
    }));

const fromText = (context: RuleContext): FindingDraft[] =>
  [...dropped(context, 'OBJECT_VIEW'), ...dropped(context, 'OBJECT_MATVIEW')].flatMap(
    ({ place, relations }) =>
      relations.flatMap(({ base }) => {
        const name = nameOf(base);
        const missing = missingColumns(context, name);
        // What has the name and all its columns is no matter of this rule, whatever kind of relation it is.
        if (missing === null && changeOf(context, ['view', 'materialized-view'], name)?.impact === 'risky')
          return [];
        if (missing !== null && missing.length === 0) return [];
        return [
          {
            ...at(place),
            object: name,
            title:
              missing === null
                ? `Queries that read ${name} fail`
                : `Queries that read ${listed(missing)} of ${name} fail`,
            message: `${missing === null ? 'The view is gone' : `The view comes back without ${listed(missing, 10)}`}, and the version that is still running may read it. Deploy the version that does without it first.`,
            evidence: { ...evidenceOn(place.statement, base), scan: false, rewrite: false },
            fix: null,
          },
        ];
      }),
  );

/** Columns that are not there any more under the view's name; null when nothing has that name. */
function missingColumns(context: RuleContext, name: string): string[] | null {
  const before = context.before?.byName('view', name) ?? context.before?.byName('materialized-view', name);
  const after = context.after?.byName('view', name) ?? context.after?.byName('materialized-view', name);
  if (after === undefined) {
    // A table in its place has columns as objects of their own.
    const table = context.after?.byName('table', name);
    if (table === undefined) return null;
    return columns(before).filter(
      (column) => context.after?.byName('column', `${name}.${column}`) === undefined,
    );
  }
  const left = columns(after);
  return columns(before).filter((column) => !left.includes(column));
}

const columns = (view: CatalogObject | undefined): string[] => (view?.members ?? []).map(({ name }) => name);
