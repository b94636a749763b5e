import { createHash } from 'node:crypto';
import { Undecided } from '../errors.ts';
import type { Tree } from '../git/tree.ts';
import { identifier } from '../sql/names.ts';
import { loadParser } from '../sql/parse.ts';
import { prismaConfigs, schemaFiles, type UrlSchema, urlSchema } from './prisma/config.ts';
import { prismaComparison, schemaOf } from './prisma/schema.ts';
import { splitsIntoStatements } from './prisma/splitting.ts';
import { type PrismaVersion, prismaVersion } from './prisma/version.ts';
import { decodeMigration, refuseLink } from './reading/decode.ts';
import { basename, byDirectory, dirname, exclusion, treePath, within } from './reading/directories.ts';
import type { DetectedDatabase, History, Migration, MigrationTool, Oddity, OrderKey } from './tool.ts';

const lockFile = 'migration_lock.toml';

const detect: MigrationTool['detect'] = async (tree) => {
  const databases: DetectedDatabase[] = [];
  const notes: string[] = [];
  const locks = tree.entries.filter(
    (entry) => basename(entry.path) === lockFile && exclusion(dirname(entry.path)) !== 'copied',
  );
  const contents = await tree.read(locks.map((entry) => entry.path));
  for (const { path } of locks) {
    const provider = providerOf(contents.get(path)?.toString('utf8') ?? '');
    if (provider === 'postgresql' || provider === 'postgres') {
      databases.push({ path: dirname(path), tool: 'prisma', because: `${path} says ${provider}` });
    } else {
      notes.push(
        `${dirname(path)} was passed over: ${path} says ${provider === null ? 'no provider' : `${provider}, not postgresql`}.`,
      );
    }
  }
  databases.push(...(await withoutLock(tree, new Set(locks.map((entry) => dirname(entry.path))))));
  return { databases, notes };
};

const providerOf = (text: string): string | null =>
  /^\s*provider\s*=\s*["']([^"'\n]*)["']/m.exec(text)?.[1]?.slice(0, 40) ?? null;

/** Folders of `<name>/migration.sql` whose lock file was never committed: a schema beside them, or the one of a config, is the proof. */
async function withoutLock(tree: Tree, known: ReadonlySet<string>): Promise<DetectedDatabase[]> {
  const configs = await prismaConfigs(tree);
  const named = new Map(
    configs.flatMap((config) => (config.migrations ? [[config.migrations, config] as const] : [])),
  );
  const candidates = new Set<string>();
  for (const { path } of tree.entries) {
    if (basename(path) !== 'migration.sql') continue;
    const directory = dirname(dirname(path));
    if (exclusion(directory) === 'copied' || known.has(directory)) continue;
    if (basename(directory) === 'migrations' || named.has(directory)) candidates.add(directory);
  }
  const found: DetectedDatabase[] = [];
  for (const directory of candidates) {
    const config = named.get(directory);
    const beside = schemaFiles(tree, dirname(directory)).filter((path) => !path.startsWith(`${directory}/`));
    const stated = config === undefined ? [] : schemaFiles(tree, config.schema ?? dirname(config.file));
    const texts = await tree.read([...new Set([...stated, ...beside])]);
    const schema = [...texts].find(([, text]) =>
      /datasource\s+\w+\s*\{[^}]*["']postgres(?:ql)?["']/.test(text.toString('utf8')),
    );
    if (schema === undefined) continue;
    found.push({
      path: directory,
      tool: 'prisma',
      because: `${schema[0]} says postgresql (there is no ${lockFile})`,
    });
  }
  return found;
}

async function history(tree: Tree, path: string, url: UrlSchema | null): Promise<History> {
  await loadParser();
  const directory = treePath(path);
  const notes: string[] = [];
  const oddities: Oddity[] = [];
  const folders = byDirectory(tree.under(directory));
  const direct = new Set<string>();
  for (const entry of tree.under(directory)) {
    const rest = entry.path.slice(directory === '' ? 0 : directory.length + 1);
    const slash = rest.indexOf('/');
    if (slash === -1) {
      // Node's directory listing, which Prisma uses, does not count a link or a submodule as a directory.
      if (entry.mode === '120000' || entry.mode === '160000') refuseLink(entry);
      if (/\.sql$/i.test(rest)) {
        const says = `Prisma never runs ${entry.path}: it reads migration.sql in folders only.`;
        oddities.push({ kind: 'never-runs', file: entry.path, says });
      }
    } else direct.add(rest.slice(0, slash));
  }
  const files = [...direct].map((name) => within(within(directory, name), 'migration.sql'));
  const contents = await tree.read(files);
  const version = await prismaVersion(tree, directory);
  if (version === null && files.length > 0) {
    notes.push(
      'No file says which version of Prisma deploys these migrations: one that sends a script whole is assumed, which holds locks the longest.',
    );
  }
  if (url !== null) {
    notes.push(
      `${url.source} says ?schema=${url.schema}, which is where Prisma looks for and makes what has no schema in its name.`,
    );
  }
  const migrations = files.map((file): Migration => {
    const entry = tree.get(file);
    const bytes = contents.get(file);
    if (entry === undefined || bytes === undefined)
      throw missingScript(file, folders.get(dirname(file)) ?? []);
    refuseLink(entry);
    return migration(file, bytes, version);
  });
  const order = isOlder(version, 6, 6) ? bytewise : localeOrder;
  return { migrations: migrations.sort((a, b) => order(a.identity, b.identity)), notes, oddities };
}

function migration(file: string, bytes: Buffer, version: PrismaVersion | null): Migration {
  const decoded = decodeMigration(file, bytes);
  if (decoded.encoding !== 'utf-8') {
    throw new Undecided(
      'invalid-configuration',
      `${file} is ${decoded.encoding.toUpperCase()}, which Prisma reads as UTF-8 and sends to the server as garbage. Save it as UTF-8; PowerShell's > writes UTF-16.`,
      { place: { file } },
    );
  }
  // Prisma does not take a byte order mark off, and the server refuses the statement that begins with one.
  const sql = decoded.byteOrderMark ? `\ufeff${decoded.text}` : decoded.text;
  const identity = basename(dirname(file));
  const digits = /^(\d+)(?:_(.*))?$/.exec(identity);
  return {
    version: digits?.[1] ?? identity,
    name: digits === null ? '' : (digits[2] ?? ''),
    identity,
    file,
    bytes,
    sql,
    transaction: splitsIntoStatements(sql, version) ? 'none' : 'implicit',
  };
}

function missingScript(file: string, inside: readonly { readonly path: string }[]): Undecided {
  const beside = inside.map((entry) => basename(entry.path)).slice(0, 3);
  return new Undecided(
    'invalid-configuration',
    `Prisma stops the deployment at ${dirname(file)}: there is no migration.sql in it${beside.length > 0 ? ` (only ${beside.join(', ')})` : ''}. Restore the file, or remove the folder.`,
    { place: { file } },
  );
}

const isOlder = (version: PrismaVersion | null, major: number, minor: number): boolean =>
  version !== null && (version.major < major || (version.major === major && version.minor < minor));

const collator = new Intl.Collator('en-US');
/** From 6.6 on the command line lists the folders (`localeCompare`), before it the engine did (by bytes). */
const localeOrder = (left: string, right: string): number =>
  collator.compare(left, right) || bytewise(left, right);
const bytewise = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right));

const folder = ({ version, name }: OrderKey): string => (name === '' ? version : `${version}_${name}`);

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A UUID that is the same in every run, so that a cached base stays equal to a fresh one. */
function rowId({ identity, bytes }: Migration): string {
  const hex = createHash('sha256').update(identity).update('\0').update(bytes).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const toolFor = (url: UrlSchema | null): MigrationTool => ({
  name: 'prisma',
  title: 'Prisma Migrate',
  detect,
  configured: async (tree, path) => toolFor(await urlSchema(tree, treePath(path))),
  order: (left, right) => localeOrder(folder(left), folder(right)),
  history: (tree, path) => history(tree, path, url),
  declaredFile: (tree, path) => schemaOf(tree, treePath(path)),
  schemaComparison: prismaComparison(url),
  sessions: 'one',
  bookkeeping: {
    // schema-engine, flavour/postgres.rs `create_migrations_table`; unqualified there too, so that a script
    // that empties search_path makes the tool's own statements fail here as it does at the deployment.
    setup: `${url === null ? '' : `CREATE SCHEMA IF NOT EXISTS ${identifier(url.schema)};\nSET search_path = ${identifier(url.schema)};\n`}CREATE TABLE _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
);`,
    before: (one) =>
      `${url === null ? '' : `SET search_path = ${identifier(url.schema)}; `}INSERT INTO _prisma_migrations (id, checksum, started_at, migration_name) VALUES (${literal(rowId(one))}, '${createHash('sha256').update(one.bytes).digest('hex')}', now(), ${literal(one.identity)});`,
    after: (one) =>
      `UPDATE _prisma_migrations SET applied_steps_count = applied_steps_count + 1, finished_at = now() WHERE id = ${literal(rowId(one))};`,
    relations: [`${url?.schema ?? 'public'}._prisma_migrations`],
  },
  onHistoryChange: {
    edited: {
      does: 'ignores',
      says: 'Prisma Migrate deploys without looking at checksums: databases that ran the old text keep what it made, new ones get the new text, and `prisma migrate dev` asks every developer to reset their database.',
      cosmetic:
        '`prisma migrate dev` compares checksums, though: it asks every developer to reset their database.',
    },
    deleted: {
      does: 'ignores',
      says: 'Prisma Migrate deploys without missing it: databases that ran it keep what it made, new ones never get it, and `prisma migrate dev` asks every developer to reset their database.',
    },
    renamed: {
      does: 'runs',
      says: 'Prisma Migrate knows a migration by the name of its folder and runs the renamed one a second time.',
    },
    outOfOrder: {
      does: 'runs',
      says: 'Prisma Migrate runs it after the migrations that were meant to follow it, while a new database gets it before them.',
    },
    duplicateVersion: {
      does: 'runs',
      says: 'Prisma Migrate tells migrations apart by the whole name of the folder.',
      legal: true,
    },
  },
  noTransaction: {
    directive: null,
    advice:
      'Put the statement alone into a migration of its own: Prisma sends a script of one statement without a transaction. Comments such as prisma-migrate-disable-tx are not honoured by any version.',
  },
});

/** Prisma Migrate: one folder a migration, applied by `prisma migrate deploy`. */
export const prisma: MigrationTool = toolFor(null);
