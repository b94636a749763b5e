import { createHash } from 'node:crypto';
import type { Migration } from '../../tools/tool.ts';
import type { Reader, RecordedMigration } from '../record.ts';
import { applied } from './versions.ts';

const extra =
  (name: string) =>
  (migration: Migration): string | null => {
    const value = migration.extra?.[name];
    return value === undefined || value === '' ? null : String(value);
  };
const sha256 = ({ bytes }: Migration): string => createHash('sha256').update(bytes).digest('hex');

export const prisma: Reader = {
  checksum: sha256,
  async read(ask, table) {
    const rows = await ask(
      `SELECT migration_name AS name, checksum, finished_at::text AS finished, rolled_back_at::text AS back,
         applied_steps_count::text AS steps FROM ${table} ORDER BY started_at, migration_name`,
    );
    return rows.flatMap(({ name, checksum = null, finished, back }): RecordedMigration[] => {
      if (name == null || back != null) return [];
      if (finished != null) return [applied(name, checksum)];
      return [{ ...applied(name, checksum), state: 'failed', says: 'it was begun and has no end' }];
    });
  },
};

export const flyway: Reader = {
  checksum: (migration) => (migration.opaque === undefined ? extra('checksum')(migration) : null),
  async read(ask, table, known) {
    const rows = await ask(
      `SELECT version, description, type, checksum::text AS checksum, success::text AS success FROM ${table} ORDER BY installed_rank`,
    );
    const found = new Map<string, RecordedMigration>();
    for (const { version, description, type, checksum = null, success } of rows) {
      if (type === 'SCHEMA') continue;
      const identity = version == null ? `R ${description}` : normal(version);
      if (type === 'DELETE' || type?.startsWith('UNDO')) {
        found.delete(identity);
        continue;
      }
      if (type === 'BASELINE' || type === 'SQL_BASELINE') {
        // It stands for all versions up to its own.
        for (const one of known) {
          if (one.repeatable === undefined && compare(one.version, version ?? '') <= 0)
            found.set(one.identity, applied(one.identity));
        }
        if (type === 'SQL_BASELINE') found.set(`B${identity}`, applied(`B${identity}`, checksum));
        continue;
      }
      const name = version ?? description ?? '';
      found.delete(identity);
      found.set(identity, {
        identity,
        name,
        state: success === 'false' ? 'failed' : 'applied',
        checksum,
        ...(success === 'false' ? { says: 'its row says success = false' } : {}),
      });
    }
    return [...found.values()];
  },
};

/** As the tool writes it: `1.0` is `1`. */
const normal = (version: string): string =>
  version
    .split(/[._]/)
    .map((part) => part.replace(/^0+(?=\d)/, ''))
    .join('.')
    .replace(/(?:\.0)+$/, '');

function compare(left: string, right: string): number {
  const [a, b] = [normal(left).split('.'), normal(right).split('.')];
  for (let part = 0; part < Math.max(a.length, b.length); part += 1) {
    const [x, y] = [BigInt(a[part] ?? '0'), BigInt(b[part] ?? '0')];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

export const sqlx: Reader = {
  unordered: true,
  checksum: extra('checksum'),
  async read(ask, table) {
    const rows = await ask(
      `SELECT version::text AS version, success::text AS success, encode(checksum, 'hex') AS checksum FROM ${table}`,
    );
    return rows.flatMap(({ version, success, checksum = null }): RecordedMigration[] =>
      version == null
        ? []
        : success === 'false'
          ? [{ ...applied(version, checksum), state: 'failed', says: 'its row says success = false' }]
          : [applied(version, checksum)],
    );
  },
};

export const refinery: Reader = {
  unordered: true,
  checksum: extra('checksum'),
  async read(ask, table) {
    const rows = await ask(`SELECT version::text AS version, checksum FROM ${table} ORDER BY version`);
    return rows.flatMap(({ version, checksum = null }) =>
      version == null ? [] : [applied(version, checksum)],
    );
  },
};

export const atlas: Reader = {
  checksum: extra('hash'),
  async read(ask, table) {
    const rows = await ask(
      `SELECT version, hash, applied::text AS applied, total::text AS total, error FROM ${table} ORDER BY executed_at, version`,
    );
    return rows.flatMap((row): RecordedMigration[] => {
      // What the tool keeps about itself begins with a dot.
      if (row.version == null || row.version.startsWith('.')) return [];
      const one = applied(row.version, row.hash === '' ? null : (row.hash ?? null));
      if ((row.error ?? '') === '' && row.applied === row.total) return [one];
      return [
        { ...one, state: 'failed', says: `${row.applied} of its ${row.total} statements were applied` },
      ];
    });
  },
};

export const liquibase: Reader = {
  checksum: (migration) => (migration.opaque === undefined ? extra('checksum')(migration) : null),
  async read(ask, table) {
    const rows = await ask(
      `SELECT id, author, filename, md5sum, exectype FROM ${table} ORDER BY orderexecuted, dateexecuted`,
    );
    return rows.flatMap(({ id, author, filename, md5sum = null, exectype }): RecordedMigration[] => {
      if (exectype === 'SKIPPED') return [];
      const name = `${filename}::${id}::${author}`;
      const one = { ...applied(name.toLowerCase(), md5sum), name };
      return exectype === 'FAILED' ? [{ ...one, state: 'failed' }] : [one];
    });
  },
};

export const drizzle: Reader = {
  checksum: sha256,
  async read(ask, table, known) {
    const rows = await ask(`SELECT to_jsonb(one)::text AS one FROM ${table} one ORDER BY id`);
    return rows.flatMap(({ one }): RecordedMigration[] => {
      const { hash = null, created_at, name } = JSON.parse(one ?? '{}');
      const own = known.find(({ identity, extra: more }) =>
        typeof name === 'string' ? identity === name : String(more?.when) === String(created_at),
      );
      const shown = own?.name || (typeof name === 'string' ? name : String(created_at));
      return [{ ...applied(own?.identity ?? String(name ?? created_at), hash), name: shown }];
    });
  },
};

export const graphileMigrate: Reader = {
  checksum: extra('hash'),
  async read(ask, table) {
    const rows = await ask(`SELECT hash, filename FROM ${table} ORDER BY filename`);
    return rows.flatMap(({ hash = null, filename }) => {
      const number = /^(\d+)/.exec(filename ?? '')?.[1];
      return number === undefined ? [] : [{ ...applied(number, hash), name: filename ?? number }];
    });
  },
  unordered: true,
};

export const sqitch: Reader = {
  table: ({ bookkeeping }) => {
    const [schema] = bookkeeping.schemas ?? [];
    return schema === undefined ? null : { schema, relation: 'changes' };
  },
  checksum: ({ extra: more }) => JSON.parse(String(more?.registered)).scriptHash,
  async read(ask, table, known) {
    const rows = await ask(
      `SELECT change_id AS id, change AS name, script_hash AS hash, project FROM ${table} ORDER BY committed_at`,
    );
    const plans = known.map((migration) => ({
      migration,
      plan: JSON.parse(String(migration.extra?.registered)),
    }));
    const [{ plan: own } = { plan: null }] = plans;
    return rows.flatMap(({ id, name, hash = null, project }): RecordedMigration[] => {
      // Other projects keep their changes in the same tables.
      if (own !== null && project !== own.project) return [];
      const found = plans.find(({ plan }) => plan.change.id === id)?.migration;
      return [{ ...applied(found?.identity ?? String(id), hash), name: name ?? String(id) }];
    });
  },
};
