import { containerToken, maskPrefix } from '../template.ts';
import { defineKind, topLevel } from './kind.ts';
import { noExtensionMember, userSchema } from './queries.ts';

interface Row {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly nspid: number;
  readonly nspname: string;
  readonly types: string;
  readonly kind: 'f' | 'w' | 'p';
  readonly definition: string;
  readonly returns: string | null;
  readonly arguments: string;
  readonly argument_names: string | null;
  readonly defaults: number;
  readonly volatility: string;
  readonly security_definer: boolean;
  readonly language: string;
  readonly stored: string;
}

export const functions = defineKind<Row>({
  types: ['function', 'procedure'],
  // The constructors of a range type come and go with it.
  query: () => `
    SELECT p.oid, p.proname::text AS name, format('%I.%I', n.nspname, p.proname) AS sql, n.oid AS nspid,
           n.nspname::text AS nspname, oidvectortypes(p.proargtypes) AS types, p.prokind AS kind,
           pg_get_functiondef(p.oid) AS definition, pg_get_function_result(p.oid) AS returns,
           pg_get_function_arguments(p.oid) AS arguments, array_to_string(p.proargnames, ',', '') AS argument_names,
           p.pronargdefaults::int AS defaults, p.provolatile AS volatility, p.prosecdef AS security_definer,
           l.lanname::text AS language,
           (to_jsonb(p) - '{oid,proname,pronamespace,proowner,proacl}'::text[])::text AS stored
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    WHERE p.prokind IN ('f', 'p', 'w') AND ${userSchema('n')} AND ${noExtensionMember('pg_proc', 'p.oid')}
      AND NOT EXISTS (SELECT FROM pg_depend made WHERE made.classid = 'pg_proc'::regclass AND made.objid = p.oid
        AND made.refclassid = 'pg_type'::regclass AND made.deptype = 'i')`,
  object: (row) => {
    const create = `CREATE OR REPLACE ${row.kind === 'p' ? 'PROCEDURE' : 'FUNCTION'}`;
    return topLevel({
      type: row.kind === 'p' ? 'procedure' : 'function',
      identity: `pg_proc:${row.oid}`,
      scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
      local: `${row.name}(${row.types})`,
      ownName: row.name,
      sqlName: row.sql,
      template: `${maskPrefix(row.definition, `${create} ${row.sql}(`, `${create} ${containerToken}(`).trimEnd()};`,
      stored: row.stored,
      facts: {
        returns: row.returns,
        arguments: row.arguments,
        argumentNames: row.argument_names,
        defaults: row.defaults,
        volatility: row.volatility,
        securityDefiner: row.security_definer,
        language: row.language,
      },
    });
  },
});
