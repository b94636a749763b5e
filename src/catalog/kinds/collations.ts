import { literal } from '../../sql/names.ts';
import { containerToken } from '../template.ts';
import { definitionLines } from './aggregates.ts';
import { defineKind, topLevel } from './kind.ts';
import { noExtensionMember, userSchema } from './queries.ts';

interface Row {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly nspid: number;
  readonly nspname: string;
  readonly provider: string;
  readonly deterministic: boolean;
  readonly collate: string | null;
  readonly ctype: string | null;
  readonly locale: string | null;
  readonly rules: string | null;
}

export const collations = defineKind<Row>({
  types: ['collation'],
  // The locale of an ICU collation is in collcollate (to 14), colliculocale (15, 16) or colllocale (from 17). The version
  // of the machine's library is no part of the definition.
  query: () => `
    SELECT c.oid, c.collname::text AS name, format('%I.%I', n.nspname, c.collname) AS sql, n.oid AS nspid,
           n.nspname::text AS nspname, c.collprovider AS provider, c.collisdeterministic AS deterministic,
           CASE WHEN c.collprovider = 'c' THEN c.collcollate::text END AS collate,
           CASE WHEN c.collprovider = 'c' THEN c.collctype::text END AS ctype,
           CASE WHEN c.collprovider <> 'c' THEN coalesce(to_jsonb(c)->>'colllocale', to_jsonb(c)->>'colliculocale', c.collcollate::text)
             END AS locale,
           to_jsonb(c)->>'collicurules' AS rules
    FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
    WHERE ${userSchema('n')} AND ${noExtensionMember('pg_collation', 'c.oid')}`,
  object: (row) => {
    const text = (value: string | null): string | null => (value === null ? null : literal(value));
    const same = row.collate !== null && row.collate === row.ctype;
    return topLevel({
      type: 'collation',
      identity: `pg_collation:${row.oid}`,
      scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
      local: row.name,
      sqlName: row.sql,
      template: [
        `CREATE COLLATION ${containerToken} (`,
        ...definitionLines({
          PROVIDER: providers[row.provider] ?? row.provider,
          LOCALE: text(same ? row.collate : row.locale),
          LC_COLLATE: same ? null : text(row.collate),
          LC_CTYPE: same ? null : text(row.ctype),
          RULES: text(row.rules),
          DETERMINISTIC: row.deterministic ? null : 'false',
        }),
        ');',
      ].join('\n'),
      facts: { deterministic: row.deterministic },
    });
  },
});

const providers: Readonly<Record<string, string>> = { c: 'libc', i: 'icu', b: 'builtin' };
