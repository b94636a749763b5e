import { createHash } from 'node:crypto';
import type { Tree } from '../git/tree.ts';
import { identifier, literal } from '../sql/names.ts';
import type { CommandAdapter } from './command-adapter.ts';
import { onHistoryChange } from './drizzle/behaviour.ts';
import { drizzleConfigs, outDirectories } from './drizzle/config.ts';
import { dialectIn, isPostgres, journalPath } from './drizzle/journal.ts';
import { byFolder, folderName, folders, type Layout, readHistory } from './drizzle/layout.ts';
import { newestSnapshot, snapshotLag } from './drizzle/newest.ts';
import { declaredParts } from './drizzle/snapshot.ts';
import { basename, dirname, exclusion, treePath } from './reading/directories.ts';
import { packageRange } from './reading/package-range.ts';
import type {
  Bookkeeping,
  DetectedDatabase,
  Migration,
  MigrationTool,
  OrderKey,
  ToolSettings,
} from './tool.ts';

interface Setup {
  /** `drizzle-kit migrate` or a script of the project applies the files. */
  readonly byCommand?: true;
  readonly layout: Layout;
  readonly table: string;
  readonly schema: string;
}

const detect: MigrationTool['detect'] = async (tree) => {
  const proofs = new Map<string, string>();
  for (const { path, mode } of tree.entries) {
    if (!mode.startsWith('100')) continue;
    if (path === 'meta/_journal.json' || path.endsWith('/meta/_journal.json')) {
      proofs.set(dirname(dirname(path)), path);
    } else if (basename(path) === 'snapshot.json' && folderName.test(basename(dirname(path)))) {
      // The newest one tells what the project is for now.
      const owner = dirname(dirname(path));
      if (!proofs.get(owner)?.endsWith('_journal.json')) proofs.set(owner, path);
    }
  }
  const databases: DetectedDatabase[] = [];
  const notes: string[] = [];
  const contents = await tree.read([...proofs.values()]);
  for (const [directory, proof] of proofs) {
    if (exclusion(directory) === 'copied') continue;
    const dialect = dialectIn(contents.get(proof)?.toString('utf8') ?? '');
    if (dialect !== null && !isPostgres(dialect)) {
      notes.push(`${shown(directory)} was passed over: ${proof} says ${dialect}, not postgresql.`);
    } else {
      const because = dialect === null ? `${proof} is there` : `${proof} says ${dialect}`;
      databases.push({ path: directory, tool: 'drizzle', because });
    }
  }
  return { databases, notes };
};

const shown = (directory: string): string => (directory === '' ? 'The root of the repository' : directory);

const byWhen = (left: OrderKey, right: OrderKey): number => Number(left.version) - Number(right.version);

const newestOf = (migrations: readonly Migration[]): number =>
  migrations.reduce((newest, { extra }) => Math.max(newest, Number(extra?.when)), Number.NEGATIVE_INFINITY);

function bookkeeping({ layout, table, schema }: Setup): Bookkeeping {
  const name = `${identifier(schema)}.${identifier(table)}`;
  const hash = ({ bytes }: Migration) => `'${createHash('sha256').update(bytes).digest('hex')}'`;
  const more = layout === 'folders' ? ', name text, applied_at timestamp with time zone DEFAULT now()' : '';
  return {
    setup: `CREATE SCHEMA IF NOT EXISTS ${identifier(schema)};
CREATE TABLE IF NOT EXISTS ${name} (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint${more});`,
    before: () => '',
    after: (one) =>
      layout === 'folders'
        ? `INSERT INTO ${name} ("hash", "created_at", "name") VALUES (${hash(one)}, ${Number(one.extra?.when)}, ${literal(one.identity)});`
        : `INSERT INTO ${name} ("hash", "created_at") VALUES (${hash(one)}, ${Number(one.extra?.when)});`,
    relations: [`${schema}.${table}`],
    schemas: schema === 'public' ? [] : [schema],
  };
}

/** Both layouts record the time that stands for a migration's identity; newer ones its folder's name too. */
const command: CommandAdapter = {
  up: () => ({
    missing: 'Drizzle runs itself only where an apply-command says how, such as npx drizzle-kit migrate.',
  }),
  recorded: ({ name, created_at }) => name ?? created_at ?? null,
};

const toolFor = (setup: Setup): MigrationTool => ({
  name: 'drizzle',
  title: 'Drizzle',
  detect,
  configured,
  order: setup.layout === 'journal' ? byWhen : byFolder,
  history: (tree, path) => readHistory(tree, path, setup.layout),
  declaredFile: (tree, path) => newestSnapshot(tree, treePath(path)),
  declaredParts: {
    of: (tree, path) => declaredParts(tree, treePath(path)),
    lag: (tree, path) => snapshotLag(tree, treePath(path)),
    mend: 'Put the change into the schema in the code and let `drizzle-kit generate` write the migration together with its snapshot: it goes by the newest snapshot alone, and by no SQL that was written or edited by hand.',
  },
  ...(setup.layout === 'journal'
    ? {
        late: (added: readonly Migration[], base: readonly Migration[]) =>
          added.filter(({ extra }) => Number(extra?.when) < newestOf(base)),
      }
    : {}),
  bookkeeping: bookkeeping(setup),
  ...(setup.byCommand === true ? { command } : {}),
  sessions: 'one',
  sharesTransaction: true,
  onHistoryChange: onHistoryChange[setup.layout],
  noTransaction: {
    directive: null,
    advice:
      'Drizzle runs all pending migrations in one transaction. Run the statement before the deployment, and write it with IF NOT EXISTS here; or put a part `COMMIT;` before it, after which no failure is rolled back.',
  },
});

/** Folders came in 1.0.0-beta.2, their names into the database in beta.13. */
const goesByDate = /^1\.0\.0-beta\.(?:\d|1[0-2])(?:-|$)/;

async function configured(tree: Tree, path: string, { byCommand }: ToolSettings): Promise<MigrationTool> {
  const directory = treePath(path);
  const own = (await drizzleConfigs(tree)).filter((config) => outDirectories(config).includes(directory));
  // One for production and one for tests may differ in anything but this.
  const said = (value: (config: (typeof own)[number]) => string | null): string | null => {
    const values = new Set(own.flatMap((config) => value(config) ?? []));
    return values.size === 1 ? ([...values][0] ?? null) : null;
  };
  const range = await packageRange(tree, directory, ['drizzle-orm']);
  const byName =
    tree.get(journalPath(directory)) === undefined &&
    folders(tree, directory).length > 0 &&
    !goesByDate.test(range ?? '');
  return toolFor({
    layout: byName ? 'folders' : 'journal',
    table: said(({ table }) => table) ?? '__drizzle_migrations',
    schema: said(({ schema }) => schema) ?? 'drizzle',
    ...(byCommand === true ? { byCommand } : {}),
  });
}

/** Drizzle ORM's migrator, which `drizzle-kit migrate` calls too. */
export const drizzle: MigrationTool = toolFor({
  layout: 'journal',
  table: '__drizzle_migrations',
  schema: 'drizzle',
});
