import { Undecided } from '../errors.ts';
import type { Tree, TreeEntry } from '../git/tree.ts';
import { literal } from '../sql/names.ts';
import { loadParser } from '../sql/parse.ts';
import { refuseLink } from './reading/decode.ts';
import { otherDialect } from './reading/dialect.ts';
import { andAbove, basename, dirname, exclusion, treePath, within } from './reading/directories.ts';
import { rustProof } from './reading/rust.ts';
import { sipHash13 } from './reading/siphash.ts';
import { sentText } from './reading/texts.ts';
import type { DetectedDatabase, History, Migration, MigrationTool, Oddity, OrderKey } from './tool.ts';

const title = 'refinery';

/** util.rs; `\w` of Rust's regular expressions knows letters of every script. */
const fileName =
  /^(?<kind>[UV|])(?<version>\d+(?:\.\d+)?)__(?<name>[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]+)\.(?<suffix>sql|rs)$/u;

interface Named {
  readonly entry: TreeEntry;
  readonly kind: string;
  readonly version: string;
  readonly name: string;
  readonly suffix: string;
}

function named(entry: TreeEntry): Named | null {
  const { kind, version, name, suffix } = fileName.exec(basename(entry.path))?.groups ?? {};
  if (kind === undefined || version === undefined || name === undefined || suffix === undefined) return null;
  return { entry, kind, version, name, suffix };
}

const detect: MigrationTool['detect'] = async (tree) => {
  const databases: DetectedDatabase[] = [];
  const notes: string[] = [];
  const directories = new Map<string, TreeEntry[]>();
  for (const entry of tree.entries) {
    if (named(entry) === null || exclusion(dirname(entry.path)) === 'copied') continue;
    const directory = dirname(entry.path);
    directories.set(directory, [...(directories.get(directory) ?? []), entry]);
  }
  const tops = [...directories].filter(
    ([directory]) =>
      !andAbove(directory)
        .slice(1)
        .some((above) => above !== '' && directories.has(above)),
  );
  for (const [directory, entries] of tops) {
    const because = await rustProof(tree, directory, 'refinery');
    if (because === null) continue;
    const sql = entries.filter(({ path }) => path.endsWith('.sql'));
    const dialect = sql.length === 0 ? null : await otherDialect(tree, directory, sql);
    if (dialect === null) databases.push({ path: directory, tool: 'refinery', because });
    else notes.push(`${directory} was passed over: ${dialect}.`);
  }
  return { databases, notes };
};

async function history(tree: Tree, path: string, wide: boolean): Promise<History> {
  await loadParser();
  const directory = treePath(path);
  const entries = tree.under(directory);
  const files = entries.flatMap((entry) => named(entry) ?? []);
  for (const { entry } of files) refuseLink(entry);
  const contents = await tree.read(files.map(({ entry }) => entry.path));
  const migrations = files.map((file): Migration => {
    const bytes = contents.get(file.entry.path);
    if (bytes === undefined)
      throw new Undecided('internal-error', `git has no contents for ${file.entry.path}.`, {
        place: { file: file.entry.path },
      });
    const text = sentText(title, file.entry.path, bytes);
    const says = refusal(file, wide);
    const sql = file.suffix === 'rs' ? '' : text;
    return {
      version: file.version,
      name: file.name,
      identity: file.version,
      file: file.entry.path,
      bytes,
      sql,
      transaction: 'single',
      ...(says === null ? {} : { refused: { line: 1, says } }),
      ...(file.suffix === 'rs' ? { opaque: inRust(file) } : {}),
      extra: {
        kind: file.kind,
        checksum: says === null && file.suffix === 'sql' ? String(checksum(file, sql, wide)) : '0',
      },
    };
  });
  return { migrations: migrations.sort(order), notes: [], oddities: oddities(entries, files) };
}

/** Why refinery stops at a file's name, or null. */
function refusal({ version }: Named, wide: boolean): string | null {
  const largest = wide ? 2n ** 63n - 1n : 2n ** 31n - 1n;
  if (isInteger(version) && BigInt(version) <= largest) return null;
  const cure =
    wide || !isInteger(version) ? '' : ' (numbers above 2147483647 need its feature int8-versions)';
  return `${title} stops before it runs anything: migration version must be a valid integer${cure}.`;
}

/** What a migration in Rust does is known to the program alone. */
const inRust = ({ entry }: Named): string =>
  `${title} gets the SQL of ${entry.path} from a Rust function, which is not run here. Put the SQL into a file of the same name that ends in .sql to have it checked.`;

/** runner.rs: SipHash 1-3 of the name, the version and the text, each as Rust's `Hash` feeds it. */
function checksum({ name, version }: Named, sql: string, wide: boolean): bigint {
  const number = Buffer.alloc(wide ? 8 : 4);
  if (wide) number.writeBigInt64LE(BigInt(version));
  else number.writeInt32LE(Number(version));
  const end = Buffer.from([0xff]);
  return sipHash13(Buffer.concat([Buffer.from(name), end, number, Buffer.from(sql), end]));
}

const oddities = (entries: readonly TreeEntry[], files: readonly Named[]): Oddity[] => {
  const read = new Set(files.map(({ entry }) => entry));
  return entries
    .filter((entry) => !read.has(entry) && /\.sql$/i.test(entry.path))
    .map(({ path }) => ({
      kind: 'never-runs',
      file: path,
      says: `${title} passes over ${basename(path)}: it reads files named V<number>__<name>.sql, with two underscores, letters, digits and underscores in the name.`,
    }));
};

/** As numbers, whatever their padding. */
function order(left: OrderKey, right: OrderKey): number {
  const [a, b] = [left, right].map(({ version }) => BigInt(/^\d+/.exec(version)?.[0] ?? '0'));
  if (a !== b) return (a ?? 0n) < (b ?? 0n) ? -1 : 1;
  return Buffer.compare(Buffer.from(left.name), Buffer.from(right.name));
}

const isInteger = (version: string): boolean => /^\d+$/.test(version);

/** Does a Cargo.toml above ask for versions of 64 bits? */
async function isWide(tree: Tree, directory: string): Promise<boolean> {
  const manifests = andAbove(directory).map((above) => within(above, 'Cargo.toml'));
  const texts = await tree.read(manifests);
  return [...texts.values()].some((text) => text.toString('utf8').includes('int8-versions'));
}

function toolWith(wide: boolean): MigrationTool {
  return {
    name: 'refinery',
    title,
    detect,
    configured: async (tree, path) => toolWith(await isWide(tree, treePath(path))),
    order,
    history: (tree, path) => history(tree, path, wide),
    // Those of kind U may come at any time.
    late: (added, base) => {
      const newest = base.reduce((a, b) => (order(a, b) < 0 ? b : a));
      return added.filter((one) => one.extra?.kind !== 'U' && order(one, { ...newest, name: '' }) < 0);
    },
    bookkeeping: {
      // traits/mod.rs
      setup: `CREATE TABLE IF NOT EXISTS refinery_schema_history(
             version ${wide ? 'int8' : 'int4'} PRIMARY KEY,
             name VARCHAR(255),
             applied_on VARCHAR(255),
             checksum VARCHAR(255));`,
      before: () => '',
      // The tool writes it in a transaction of its own after the migration's.
      after: ({ version, name, extra }) =>
        isInteger(version)
          ? `INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (${version}, ${literal(name)}, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '${extra?.checksum ?? 0}');`
          : '',
      relations: ['public.refinery_schema_history'],
    },
    sessions: 'one',
    onHistoryChange: {
      edited: {
        does: 'refuses',
        says: `${title} refuses to start on every database that ran the old text: "applied migration V… is different than filesystem one V…" (its own command line program only when it is called with -d).`,
      },
      deleted: {
        does: 'refuses',
        says: `${title} refuses to start: "migration V… is missing from the filesystem" (its own command line program only when it is called with -m).`,
      },
      renamed: {
        does: 'refuses',
        says: `${title} compares the name too and refuses to start: "applied migration V… is different than filesystem one V…", or, under another number, "migration V… is missing from the filesystem".`,
      },
      outOfOrder: {
        does: 'refuses',
        says: `${title} refuses to start with "migration V… is missing from the filesystem", its words for a number below the newest applied one; called to go on without, it never runs the file. A file that begins with U may come late.`,
      },
      duplicateVersion: {
        does: 'refuses',
        says: `${title} takes the number for one migration: where the other file was applied it stops with "applied migration V… is different than filesystem one V…", on a new database the second one breaks the primary key of its table.`,
        legal: false,
      },
    },
    noTransaction: {
      byHand: true,
      directive: null,
      advice:
        'refinery runs every migration inside a transaction. Run the statement by hand or from a step of its own before the deployment, and put the same statement with IF NOT EXISTS and without CONCURRENTLY into the migration.',
    },
  };
}

/** refinery: `V<number>__<name>.sql`, run by `embed_migrations!()` in the program or by `refinery migrate`. */
export const refinery: MigrationTool = toolWith(false);
