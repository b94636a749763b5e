import { literal } from '../../sql/names.ts';
import { containerToken } from '../template.ts';
import { defineKind, topLevel } from './kind.ts';
import { noExtensionMember, userSchema } from './queries.ts';

interface Row {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly nspid: number;
  readonly nspname: string;
  readonly types: string;
  readonly arguments: string;
  readonly returns: string;
  readonly parallel: 'u' | 's' | 'r';
  readonly kind: 'n' | 'o' | 'h';
  readonly options: Readonly<Record<string, string | null>>;
  readonly initial: string | null;
  readonly moving_initial: string | null;
  readonly stored: string;
}

/** A function's name; regproc would print less where the name is unique. */
const named = (column: string): string =>
  `(SELECT format('%I.%I', fn.nspname, f.proname) FROM pg_proc f JOIN pg_namespace fn ON fn.oid = f.pronamespace WHERE f.oid = a.${column})`;

const functions = {
  SFUNC: 'aggtransfn',
  FINALFUNC: 'aggfinalfn',
  COMBINEFUNC: 'aggcombinefn',
  SERIALFUNC: 'aggserialfn',
  DESERIALFUNC: 'aggdeserialfn',
  MSFUNC: 'aggmtransfn',
  MINVFUNC: 'aggminvtransfn',
  MFINALFUNC: 'aggmfinalfn',
} as const;

export const aggregates = defineKind<Row>({
  types: ['aggregate'],
  query: () => `
    SELECT p.oid, p.proname::text AS name, format('%I.%I', n.nspname, p.proname) AS sql, n.oid AS nspid,
           n.nspname::text AS nspname, oidvectortypes(p.proargtypes) AS types,
           pg_get_function_arguments(p.oid) AS arguments, pg_get_function_result(p.oid) AS returns,
           p.proparallel AS parallel, a.aggkind AS kind, a.agginitval AS initial, a.aggminitval AS moving_initial,
           json_build_object(${Object.entries(functions)
             .map(([word, column]) => `'${word}', ${named(column)}`)
             .join(', ')},
             'STYPE', format_type(a.aggtranstype, NULL), 'MSTYPE', format_type(nullif(a.aggmtranstype, 0), NULL),
             'SSPACE', nullif(a.aggtransspace, 0)::text, 'MSSPACE', nullif(a.aggmtransspace, 0)::text,
             'FINALFUNC_EXTRA', CASE WHEN a.aggfinalextra THEN 'true' END,
             'MFINALFUNC_EXTRA', CASE WHEN a.aggmfinalextra THEN 'true' END,
             'FINALFUNC_MODIFY', CASE WHEN a.aggfinalmodify <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END THEN a.aggfinalmodify::text END,
             'MFINALFUNC_MODIFY', CASE WHEN a.aggmfinalmodify <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END THEN a.aggmfinalmodify::text END,
             'SORTOP', (SELECT format('OPERATOR(%I.%s)', sn.nspname, so.oprname) FROM pg_operator so
                JOIN pg_namespace sn ON sn.oid = so.oprnamespace WHERE so.oid = a.aggsortop)) AS options,
           concat_ws('|', p.proargtypes, p.proallargtypes::text, p.proargnames::text, p.prorettype, p.proparallel,
             ${Object.values(functions)
               .map((column) => `a.${column}::oid`)
               .join(
                 ', ',
               )}, a.aggkind, a.aggtranstype, a.aggmtranstype, a.aggtransspace, a.aggmtransspace, a.aggfinalextra,
             a.aggmfinalextra, a.aggfinalmodify, a.aggmfinalmodify, a.aggsortop, coalesce(a.agginitval, '-'),
             coalesce(a.aggminitval, '-')) AS stored
    FROM pg_proc p JOIN pg_aggregate a ON a.aggfnoid = p.oid JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE ${userSchema('n')} AND ${noExtensionMember('pg_proc', 'p.oid')}`,
  object: (row) => {
    const options: Readonly<Record<string, string | null>> = {
      ...row.options,
      INITCOND: row.initial === null ? null : literal(row.initial),
      MINITCOND: row.moving_initial === null ? null : literal(row.moving_initial),
      PARALLEL: row.parallel === 'u' ? null : row.parallel === 's' ? 'SAFE' : 'RESTRICTED',
      HYPOTHETICAL: row.kind === 'h' ? 'true' : null,
    };
    return topLevel({
      type: 'aggregate',
      identity: `pg_proc:${row.oid}`,
      scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
      local: `${row.name}(${row.types})`,
      ownName: row.name,
      sqlName: row.sql,
      template: [
        `CREATE AGGREGATE ${containerToken}(${row.arguments === '' ? '*' : row.arguments}) (`,
        ...definitionLines(options),
        ');',
      ].join('\n'),
      tail: `-- returns ${row.returns}`,
      stored: row.stored,
      facts: { returns: row.returns, arguments: row.arguments },
    });
  },
});

/** `  NAME = value,` for each option that is there. */
export const definitionLines = (options: Readonly<Record<string, string | null>>): string[] =>
  Object.entries(options).flatMap(([name, value]) => (value === null ? [] : [`  ${name} = ${value},`]));
