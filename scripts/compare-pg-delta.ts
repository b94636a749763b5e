import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { sweep } from '../__tests__/real-tools/schema-sweep.ts';
import { diff } from '../src/catalog/diff.ts';
import type { Catalog } from '../src/catalog/model.ts';
import { snapshot } from '../src/catalog/snapshot.ts';
import { startShadow } from '../src/shadow/index.ts';
import type { Connection } from '../src/shadow/shadow.ts';
import { alike, explained } from './pg-delta-opinions.ts';

// `npm run comparison:schema`: @supabase/pg-delta beside the schema diff, on pairs of schemas that differ in one property
// and on pairs that do not differ. Prints every pair on which one sees a difference and the other sees none, with the
// reason that is known; fails where none is, or where one is known and both agree. docs/schema-diff.md has what it prints.

const major = 17;

/** What is used of the package, which is installed for this script only. */
interface PgDelta {
  extract(pool: pg.Pool): Promise<{
    readonly factBase: unknown;
    readonly diagnostics: readonly { readonly code: string }[];
  }>;
  diff(a: unknown, b: unknown): readonly unknown[];
}

interface Seen {
  readonly catalog: Catalog;
  readonly facts: unknown;
  /** It says that there is something that it does not model. */
  readonly gaps: boolean;
}

/** A name that no compiler looks for: it is there only after `npm install --no-save`. */
const parts = async (name: string): Promise<PgDelta> => await import(`@supabase/pg-delta/${name}`);
const [{ extract }, { diff: deltas }] = [await parts('extract'), await parts('core')];

await using shadow = await startShadow({ shadow: 'embedded', major, extensions: [] });
const bases = new Map<string, Promise<Seen>>();
const lines: string[] = [];
const used = new Set<string>();
let [agreed, failures] = [0, 0];

for (const [title, [base, change]] of Object.entries(sweep)) {
  const known = bases.get(base) ?? seen(shadow.admin, [base]);
  bases.set(base, known);
  judge(title, await known, await seen(shadow.admin, [base, change]));
}
for (const [title, [one, other]] of Object.entries(alike)) {
  judge(`alike: ${title}`, await seen(shadow.admin, [one]), await seen(shadow.admin, [other]));
}
for (const title of Object.keys(explained)) {
  if (used.has(title)) continue;
  failures += 1;
  lines.push(`| ${title} | both agree, and a reason is given why not | |`);
}

process.stdout.write(
  [
    `${Object.keys(sweep).length} pairs that differ, ${Object.keys(alike).length} that do not; both agree on ${agreed}.`,
    '',
    '| pair | who sees a difference | why |',
    '|:--|:--|:--|',
    ...lines,
    '',
  ].join('\n'),
);
process.exitCode = failures === 0 ? 0 : 1;

function judge(title: string, left: Seen, right: Seen): void {
  const ours = diff(left.catalog, right.catalog, 'name').length > 0;
  const theirs = deltas(left.facts, right.facts).length > 0;
  if (ours === theirs) {
    agreed += 1;
    return;
  }
  const names = Object.keys(explained).filter((start) => title.startsWith(start));
  for (const name of names) used.add(name);
  if (names.length === 0) failures += 1;
  const gap = !theirs && (left.gaps || right.gaps) ? ', pg-delta says that it does not model it' : '';
  const why = names.length === 0 ? '**not explained**' : explained[names[0] ?? ''];
  lines.push(`| \`${title.replaceAll('|', '\\|')}\` | ${ours ? 'the gate' : 'pg-delta'}${gap} | ${why} |`);
}

/** What both make of a database of these statements, which a superuser sent. */
async function seen(admin: Connection, statements: readonly string[]): Promise<Seen> {
  const database = `pair_${randomBytes(6).toString('hex')}`;
  const root = new pg.Client({ ...admin });
  await root.connect();
  await root.query(`CREATE DATABASE ${database} TEMPLATE template0`);
  const pool = new pg.Pool({ ...admin, database });
  // Its idle connections are told when the database goes.
  pool.on('error', () => {});
  const client = await pool.connect();
  try {
    for (const statement of statements) if (statement !== '') await client.query(statement);
    const { factBase, diagnostics } = await extract(pool);
    const gaps = diagnostics.some(({ code }) => code === 'unmodeled_kind');
    return { catalog: await snapshot(client, { ignore: [] }), facts: factBase, gaps };
  } finally {
    client.release();
    await pool.end();
    await root.query(`DROP DATABASE ${database} WITH (FORCE)`);
    await root.end();
  }
}
