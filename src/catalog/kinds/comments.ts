import { literal } from '../../sql/names.ts';
import type { CatalogObject } from '../model.ts';
import { aspectOf, subjectOf } from './aspect.ts';
import { type Described, defineKind, topLevel } from './kind.ts';

interface Row {
  readonly target: string;
  /** Of a security label. */
  readonly provider: string | null;
  readonly text: string;
}

/** Identity of what `classoid`, `objoid` and `objsubid` of these catalogs are about. */
const target = (alias: string, sub: string): string =>
  `CASE WHEN ${sub} > 0 THEN format('pg_attribute:%s.%s', ${alias}.objoid, ${sub})
     ELSE format('%s:%s', about.relname, ${alias}.objoid) END`;

export const comments = defineKind<Row>({
  types: ['comment'],
  // Left out: what initdb wrote, and what an extension says of itself.
  query: () => `
    SELECT ${target('d', 'd.objsubid')} AS target, NULL AS provider, d.description AS text
    FROM pg_description d JOIN pg_class about ON about.oid = d.classoid
    WHERE (d.objoid >= 16384 OR d.classoid = 'pg_namespace'::regclass AND d.description <> 'standard public schema')
      AND NOT (d.classoid = 'pg_extension'::regclass AND EXISTS (
        SELECT FROM pg_extension e JOIN pg_available_extensions a ON a.name = e.extname
        WHERE e.oid = d.objoid AND a.comment = d.description))
    UNION ALL
    SELECT ${target('d', '0')}, NULL, d.description
    FROM pg_shdescription d JOIN pg_class about ON about.oid = d.classoid
    WHERE about.relname <> 'pg_database' AND d.objoid >= 16384
    UNION ALL
    SELECT 'database', NULL, d.description FROM pg_shdescription d JOIN pg_database b ON b.oid = d.objoid
    WHERE d.classoid = 'pg_database'::regclass AND b.datname = current_database()`,
  object: (row, targets) => {
    if (row.target === 'database') return aboutDatabase('comment', `IS ${literal(row.text)}`, row.text);
    const found = targets(row.target);
    if (found === undefined) return null;
    return aspectOf(found, {
      type: 'comment',
      template: `COMMENT ON ${subjectOf(found)} IS ${literal(row.text)};`,
      stored: row.text,
    });
  },
});

export const securityLabels = defineKind<Row>({
  types: ['security-label'],
  query: () => `
    SELECT ${target('l', 'l.objsubid')} AS target, l.provider, l.label AS text
    FROM pg_seclabel l JOIN pg_class about ON about.oid = l.classoid
    UNION ALL
    SELECT CASE about.relname WHEN 'pg_database' THEN 'database' ELSE format('%s:%s', about.relname, l.objoid) END,
           l.provider, l.label
    FROM pg_shseclabel l JOIN pg_class about ON about.oid = l.classoid
    WHERE about.relname <> 'pg_database'
      OR l.objoid = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  object: (row, targets) => {
    const provider = literal(row.provider ?? '');
    if (row.target === 'database') {
      return aboutDatabase('security-label', `IS ${literal(row.text)} -- by ${provider}`, row.text, provider);
    }
    const found = targets(row.target);
    if (found === undefined) return null;
    return aspectOf(found, {
      type: 'security-label',
      which: provider,
      template: `SECURITY LABEL FOR ${provider} ON ${subjectOf(found)} IS ${literal(row.text)};`,
      stored: row.text,
    });
  },
});

/** What is said of the database itself, whose name is no part of a schema. */
export function aboutDatabase(
  type: Described['type'],
  words: string,
  stored: string,
  which = '',
  facts: CatalogObject['facts'] = {},
) {
  return topLevel({
    type,
    identity: `${type}${which}:database`,
    scope: null,
    local: 'database',
    sqlName: 'database',
    template: `-- ${type} of the database: ${words}`,
    stored,
    // No subject: it shares its statement with nothing.
    facts: { ...facts, subject: null },
  });
}
