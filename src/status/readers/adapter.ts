import { assigned, stringsIn } from '../../tools/reading/python.ts';
import type { Migration, MigrationTool } from '../../tools/tool.ts';
import type { Reader } from '../record.ts';
import { applied } from './versions.ts';

/** Tools that run themselves tell by their adapter what a row means. */
export const byAdapter = ({ command, name }: MigrationTool): Reader => ({
  unordered: true,
  async read(ask, table, known) {
    const rows = await ask(`SELECT to_jsonb(one)::text AS one FROM ${table} one`);
    const identities = rows.flatMap(({ one }) => {
      const row = Object.entries(JSON.parse(one ?? '{}') as Record<string, unknown>);
      const texts = Object.fromEntries(
        row.map(([key, value]) => [key, value === null ? null : String(value)]),
      );
      return command?.recorded(texts, known) ?? [];
    });
    return (meanings[name]?.(identities, known) ?? identities).map((identity) => applied(identity));
  },
});

/** What the rows of a table mean, where that is more or less than a migration each. */
const meanings: Readonly<
  Record<string, (identities: readonly string[], known: readonly Migration[]) => readonly string[]>
> = { alembic: withParents, django: ofOwnApps };

/** Alembic's table holds the newest revision of each branch alone. */
function withParents(heads: readonly string[], known: readonly Migration[]): string[] {
  const byIdentity = new Map(known.map((migration) => [migration.identity, migration]));
  // What comes before a revision that nobody here knows cannot be told: all that is here, most likely.
  const missing = heads.some((head) => !byIdentity.has(head));
  const found = new Set<string>();
  const visit = (identity: string): void => {
    if (found.has(identity)) return;
    found.add(identity);
    const parents = String(byIdentity.get(identity)?.extra?.parents ?? '');
    for (const parent of parents.split(/[\s,]+/)) if (parent !== '') visit(parent);
  };
  heads.forEach(visit);
  if (missing) for (const { identity } of known) found.add(identity);
  return [...found];
}

/**
 * Django's table holds the migrations of installed packages too (`auth`, `sessions`), whose files no checkout has; and of a
 * squash both what it replaces and, once all of that is there, itself.
 */
function ofOwnApps(identities: readonly string[], known: readonly Migration[]): string[] {
  const appOf = (identity: string) => identity.slice(0, identity.indexOf('.'));
  const apps = new Set(known.map(({ identity }) => appOf(identity)));
  const recorded = new Set(identities);
  const replaced = new Set<string>();
  for (const migration of known) {
    const replaces = replacedBy(migration);
    for (const one of replaces) replaced.add(one);
    if (replaces.length > 0 && replaces.every((one) => recorded.has(one))) recorded.add(migration.identity);
  }
  const here = new Set(known.map(({ identity }) => identity));
  return [...recorded].filter(
    (identity) => apps.has(appOf(identity)) && (here.has(identity) || !replaced.has(identity)),
  );
}

/** `replaces = [("shop", "0001_initial"), …]` of a squash. */
function replacedBy({ bytes, extra }: Migration): string[] {
  if (!(Number(extra?.replaces ?? 0) > 0)) return [];
  const words = stringsIn(assigned(bytes.toString('utf8'), 'replaces', '[ \\t]+'));
  return words.flatMap((app, index) => (index % 2 === 0 ? [`${app}.${words[index + 1]}`] : []));
}
