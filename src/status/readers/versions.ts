import type { Reader, RecordedMigration } from '../record.ts';

export const applied = (identity: string, checksum: string | null = null): RecordedMigration => ({
  identity,
  name: identity,
  state: 'applied',
  checksum,
});

/** A table with one row for each applied version, which tells nothing else. */
export const versionsOf = (column: string, orderBy: string | null = null): Reader => ({
  async read(ask, table) {
    const order = orderBy === null ? '' : ` ORDER BY ${orderBy}`;
    const rows = await ask(`SELECT ${column}::text AS version FROM ${table}${order}`);
    return rows.flatMap(({ version }) => (version == null ? [] : [applied(version)]));
  },
  ...(orderBy === null ? { unordered: true as const } : {}),
});

/** golang-migrate: one row, the version that the database stands at. */
export const newestVersion: Reader = {
  unordered: true,
  async read(ask, table, known) {
    const [row] = await ask(`SELECT version::text AS version, dirty::text AS dirty FROM ${table} LIMIT 1`);
    if (row?.version == null) return [];
    const at = BigInt(row.version);
    const below = known
      .filter(({ identity }) => BigInt(identity) < at)
      .map(({ identity }) => applied(identity));
    const newest = applied(row.version);
    return row.dirty === 'true'
      ? [...below, { ...newest, state: 'failed', says: 'it is marked as dirty' }]
      : [...below, newest];
  },
};

/** goose: the newest row of a version counts, and a way back may have left one that says false. */
export const goose: Reader = {
  async read(ask, table) {
    const rows = await ask(
      `SELECT version_id::text AS version, is_applied::text AS applied FROM ${table} ORDER BY id`,
    );
    const last = new Map<string, boolean>();
    for (const { version, applied: isApplied } of rows) {
      if (version == null || version === '0') continue;
      last.delete(version);
      last.set(version, isApplied === 'true');
    }
    return [...last].flatMap(([version, isApplied]) => (isApplied ? [applied(version)] : []));
  },
};

/** Hasura: the command's state is JSON from version 3 on, a table before. */
export const hasura: Reader = {
  unordered: true,
  table: () => ({ schema: 'hdb_catalog', relation: 'hdb_version' }),
  async read(ask, table, known, tool) {
    const [old] = await ask(`SELECT to_regclass('hdb_catalog.schema_migrations')::text AS found`);
    const isOld = old?.found != null && tool.bookkeeping.setup.includes('schema_migrations');
    const rows = isOld
      ? await ask('SELECT version::text AS version, dirty::text AS dirty FROM hdb_catalog.schema_migrations')
      : await ask(
          `SELECT one.key AS version, one.value AS dirty FROM ${table} state,
             jsonb_each(state.cli_state->'migrations') source, jsonb_each_text(source.value) one
           WHERE jsonb_typeof(source.value) = 'object' AND source.key = coalesce($1, source.key)`,
          [databaseOf(known[0]?.file)],
        );
    return rows.flatMap(({ version, dirty }): RecordedMigration[] =>
      version == null
        ? []
        : [
            dirty === 'true'
              ? { ...applied(version), state: 'failed', says: 'it is marked as dirty' }
              : applied(version),
          ],
    );
  },
};

/** `migrations/default/1_x/up.sql`: version 3 has a directory for each source. */
const databaseOf = (file: string | undefined): string => file?.split('/').at(-3) ?? 'default';
