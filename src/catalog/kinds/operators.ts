import { containerToken } from '../template.ts';
import { definitionLines } from './aggregates.ts';
import { defineKind, topLevel } from './kind.ts';
import { noExtensionMember, userSchema } from './queries.ts';

interface Named {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly nspid: number;
  readonly nspname: string;
  readonly stored: string;
}

interface OperatorRow extends Named {
  readonly left: string | null;
  readonly right: string | null;
  readonly result: string | null;
  readonly function: string | null;
  readonly commutator: string | null;
  readonly negator: string | null;
  readonly restrict: string | null;
  readonly join: string | null;
  readonly hashes: boolean;
  readonly merges: boolean;
}

const operatorName = (oid: string): string =>
  `(SELECT format('OPERATOR(%I.%s)', x.nspname, y.oprname) FROM pg_operator y JOIN pg_namespace x ON x.oid = y.oprnamespace WHERE y.oid = ${oid})`;

export const operators = defineKind<OperatorRow>({
  types: ['operator'],
  query: () => `
    SELECT o.oid, o.oprname::text AS name, format('%I.%s', n.nspname, o.oprname) AS sql, n.oid AS nspid,
           n.nspname::text AS nspname, format_type(nullif(o.oprleft, 0), NULL) AS left,
           format_type(nullif(o.oprright, 0), NULL) AS right, format_type(nullif(o.oprresult, 0), NULL) AS result,
           nullif(o.oprcode::oid, 0)::regproc::text AS function, ${operatorName('o.oprcom')} AS commutator,
           ${operatorName('o.oprnegate')} AS negator, nullif(o.oprrest::oid, 0)::regproc::text AS restrict,
           nullif(o.oprjoin::oid, 0)::regproc::text AS join, o.oprcanhash AS hashes, o.oprcanmerge AS merges,
           concat_ws('|', o.oprleft, o.oprright, o.oprresult, o.oprcode::oid, o.oprcom, o.oprnegate, o.oprrest::oid,
             o.oprjoin::oid, o.oprcanhash, o.oprcanmerge) AS stored
    FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
    WHERE ${userSchema('n')} AND ${noExtensionMember('pg_operator', 'o.oid')}`,
  object: (row) =>
    topLevel({
      type: 'operator',
      identity: `pg_operator:${row.oid}`,
      scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
      local: `${row.name}(${row.left ?? 'NONE'}, ${row.right ?? 'NONE'})`,
      ownName: row.name,
      sqlName: row.sql,
      template: [
        // Named as a commutator or negator and not yet made.
        `CREATE OPERATOR ${containerToken} (${row.function === null ? ' -- only a shell' : ''}`,
        ...definitionLines({
          FUNCTION: row.function,
          LEFTARG: row.left,
          RIGHTARG: row.right,
          COMMUTATOR: row.commutator,
          NEGATOR: row.negator,
          RESTRICT: row.restrict,
          JOIN: row.join,
          HASHES: row.hashes ? 'true' : null,
          MERGES: row.merges ? 'true' : null,
        }),
        ');',
      ].join('\n'),
      tail: `-- returns ${row.result ?? 'nothing'}`,
      stored: row.stored,
      facts: { returns: row.result },
    }),
});

interface ClassRow extends Named {
  readonly method: string;
  readonly type: string;
  readonly family: string;
  readonly default: boolean;
  readonly key_type: string | null;
  readonly members: readonly string[] | null;
}

/** The operators and functions that depend on an operator class or family, as lines of `members`. */
const members = (catalog: string, kinds: string): string => `
  SELECT made.refobjid AS holder, json_agg(made.line ORDER BY made.line COLLATE "C") AS members,
         string_agg(made.stored, ',' ORDER BY made.stored) AS stored
  FROM (
    SELECT d.refobjid, format('OPERATOR %s %s%s', m.amopstrategy,
             m.amopopr::regoperator, CASE WHEN m.amopsortfamily <> 0 THEN format(' FOR ORDER BY %s',
               (SELECT format('%I.%I', fn.nspname, f.opfname) FROM pg_opfamily f JOIN pg_namespace fn ON fn.oid = f.opfnamespace
                WHERE f.oid = m.amopsortfamily)) END) AS line,
           concat_ws(' ', 'o', m.amopstrategy, m.amopopr, m.amopsortfamily) AS stored
    FROM pg_depend d JOIN pg_amop m ON m.oid = d.objid
    WHERE d.classid = 'pg_amop'::regclass AND d.refclassid = '${catalog}'::regclass AND d.deptype IN (${kinds})
    UNION ALL
    SELECT d.refobjid, format('FUNCTION %s (%s, %s) %s', m.amprocnum, format_type(m.amproclefttype, NULL),
             format_type(m.amprocrighttype, NULL), m.amproc::oid::regprocedure),
           concat_ws(' ', 'f', m.amprocnum, m.amproclefttype, m.amprocrighttype, m.amproc::oid)
    FROM pg_depend d JOIN pg_amproc m ON m.oid = d.objid
    WHERE d.classid = 'pg_amproc'::regclass AND d.refclassid = '${catalog}'::regclass AND d.deptype IN (${kinds})) made
  GROUP BY made.refobjid`;

export const operatorClasses = defineKind<ClassRow>({
  types: ['operator-class'],
  query: () => `
    SELECT c.oid, c.opcname::text AS name, format('%I.%I', n.nspname, c.opcname) AS sql, n.oid AS nspid,
           n.nspname::text AS nspname, am.amname::text AS method, format_type(c.opcintype, NULL) AS type,
           format('%I.%I', fn.nspname, f.opfname) AS family, c.opcdefault AS default,
           format_type(nullif(c.opckeytype, 0), NULL) AS key_type, m.members,
           concat_ws('|', c.opcmethod, c.opcfamily, c.opcintype, c.opcdefault, c.opckeytype, m.stored) AS stored
    FROM pg_opclass c JOIN pg_namespace n ON n.oid = c.opcnamespace JOIN pg_am am ON am.oid = c.opcmethod
    JOIN pg_opfamily f ON f.oid = c.opcfamily JOIN pg_namespace fn ON fn.oid = f.opfnamespace
    LEFT JOIN (${members('pg_opclass', "'i'")}) m ON m.holder = c.oid
    WHERE ${userSchema('n')} AND ${noExtensionMember('pg_opclass', 'c.oid')}`,
  object: (row) =>
    topLevel({
      type: 'operator-class',
      identity: `pg_opclass:${row.oid}`,
      scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
      local: `${row.name} USING ${row.method}`,
      ownName: row.name,
      sqlName: row.sql,
      template: [
        `CREATE OPERATOR CLASS ${containerToken}${row.default ? ' DEFAULT' : ''} FOR TYPE ${row.type}`,
        `  USING ${row.method} FAMILY ${row.family} AS`,
        ...(row.key_type === null ? [] : [`  STORAGE ${row.key_type},`]),
        ...(row.members ?? []).map((line) => `  ${line},`),
        ';',
      ].join('\n'),
      stored: row.stored,
    }),
});

interface FamilyRow extends Named {
  readonly method: string;
  readonly members: readonly string[] | null;
}

export const operatorFamilies = defineKind<FamilyRow>({
  types: ['operator-family'],
  // One that CREATE OPERATOR CLASS made for itself is told by that.
  query: () => `
    SELECT f.oid, f.opfname::text AS name, format('%I.%I', n.nspname, f.opfname) AS sql, n.oid AS nspid,
           n.nspname::text AS nspname, am.amname::text AS method, m.members,
           concat_ws('|', f.opfmethod, m.stored) AS stored
    FROM pg_opfamily f JOIN pg_namespace n ON n.oid = f.opfnamespace JOIN pg_am am ON am.oid = f.opfmethod
    LEFT JOIN (${members('pg_opfamily', "'a'")}) m ON m.holder = f.oid
    WHERE ${userSchema('n')} AND ${noExtensionMember('pg_opfamily', 'f.oid')}
      AND (m.holder IS NOT NULL OR NOT EXISTS (SELECT FROM pg_opclass c WHERE c.opcfamily = f.oid
        AND c.opcname = f.opfname AND c.opcnamespace = f.opfnamespace))`,
  object: (row) =>
    topLevel({
      type: 'operator-family',
      identity: `pg_opfamily:${row.oid}`,
      scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
      local: `${row.name} USING ${row.method}`,
      ownName: row.name,
      sqlName: row.sql,
      template: `CREATE OPERATOR FAMILY ${containerToken} USING ${row.method};`,
      tail: (row.members ?? [])
        .map((line) => `ALTER OPERATOR FAMILY ${containerToken} USING ${row.method} ADD ${line};`)
        .join('\n'),
      stored: row.stored,
    }),
});
