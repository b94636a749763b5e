import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { diff } from '../src/catalog/diff.ts';
import type { Catalog } from '../src/catalog/model.ts';
import { snapshot } from '../src/catalog/snapshot.ts';
import { openTrees } from '../src/git/trees.ts';
import type { Finding } from '../src/report/model.ts';
import { ruleNames } from '../src/rules/index.ts';
import { judgements } from '../src/rules/judge.ts';
import { prepareBookkeeping } from '../src/run/apply.ts';
import { openSession, resolveRelation, traceMigrations } from '../src/run/index.ts';
import { type Proof, prove } from '../src/run/prove.ts';
import { startShadow } from '../src/shadow/index.ts';
import type { Connection, ShadowDatabase } from '../src/shadow/shadow.ts';
import { allowComments } from '../src/sql/allow.ts';
import { loadParser } from '../src/sql/parse.ts';
import { isToolName, toolNamed } from '../src/tools/index.ts';
import type { Migration } from '../src/tools/tool.ts';

// What the gate would have said to every migration of a real repository, had each been the pull request on top of
// the ones before it: the way to look for false alarms. A migration that fails is reported and passed over; what it
// has committed before that stays.
//
//   node scripts/replay-history.ts CLONE --path DIR --tool NAME [--major N] [--extension NAME]… [--prove] [--json FILE]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    path: { type: 'string', default: '' },
    tool: { type: 'string', default: 'plain' },
    major: { type: 'string', default: '17' },
    extension: { type: 'string', multiple: true, default: [] },
    prove: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const [repo] = positionals;
if (repo === undefined || !isToolName(values.tool)) {
  throw new Error(
    'usage: replay-history.ts CLONE --path DIR --tool NAME [--major N] [--prove] [--json FILE]',
  );
}

await loadParser();
const tool = toolNamed(values.tool);
const major = Number(values.major);
await using trees = await openTrees({ repo, base: 'HEAD', head: 'HEAD' });
const { migrations } = await tool.history(trees.head, values.path);
await using shadow = await startShadow({ shadow: 'embedded', major, extensions: values.extension });
{
  await using session = await openSession(shadow.connection);
  await prepareBookkeeping(session, tool.bookkeeping);
}
const replayed: Awaited<ReturnType<typeof replay>>[] = [];
for (const migration of migrations) {
  const one = await replay(migration, replayed.at(-1)?.after ?? (await catalogOf(shadow.admin)));
  replayed.push(one);
  if (one.failed !== null) say(`${one.file}: FAILED at ${one.failed}`);
  for (const { rule, severity, line, title, proof } of one.findings) {
    say(`${one.file}:${line} ${severity} ${rule}: ${title}${proof === null ? '' : ` [fix: ${proof}]`}`);
  }
}
const all = replayed.flatMap(({ findings }) => findings);
for (const rule of ruleNames) {
  const found = all.filter((each) => each.rule === rule);
  if (found.length > 0) say(`# ${rule}: ${totals(found)}`);
}
const statements = replayed.reduce((sum, each) => sum + each.statements, 0);
say(`# ${replayed.length} migrations, ${statements} statements: ${totals(all)}`);
if (values.json !== undefined) {
  writeFileSync(
    values.json,
    JSON.stringify(replayed, (key, value) => (key === 'after' ? undefined : value), 1),
  );
}

/** Judges one migration as if it alone were the pull request. */
async function replay(migration: Migration, before: Catalog) {
  await using base = values.prove ? await shadow.copy() : null;
  const { connection, admin } = shadow;
  const { bookkeeping } = tool;
  const traced = await traceMigrations({ connection, bookkeeping, migrations: [migration] });
  const after = await catalogOf(admin);
  const allows = new Map([[migration.file, allowComments(migration.sql, ruleNames)]]);
  const { judgements: judged } = judgements(
    {
      database: 'replay',
      tool,
      baseRef: 'main',
      postgresMajor: major,
      historyChanges: [],
      migrations: traced.migrations,
      before,
      after,
      schemaChanges: diff(before, after, 'identity'),
      divergence: [],
      sources: new Map([[migration.file, migration.sql]]),
      freshFailure: null,
      resolve: (schema, name, statement) => resolveRelation(traced.baseRelations, schema, name, statement),
    },
    { rules: {}, ignoreMigrationsBefore: null, tableStats: null, allows },
  );
  const proofs = await prove({
    pending: [migration],
    traced: traced.migrations,
    after,
    proposals: base === null ? [] : judged.flatMap(({ proposal }) => proposal ?? []),
    tryInstead: async (instead) => tryOn(base ?? shadow, instead),
  });
  const [ran] = traced.migrations;
  const error = ran?.error ?? null;
  return {
    file: migration.file,
    statements: ran?.statements.length ?? 0,
    failed: error === null ? null : `line ${error.line}: ${error.message} (${error.sqlstate})`,
    findings: judged.map(({ finding, proposal }) => {
      const proof: Proof | null = (proposal && proofs.get(proposal)) ?? null;
      return { ...finding, proof };
    }),
    after,
  };
}

async function tryOn(base: ShadowDatabase, instead: readonly Migration[]) {
  await using copy = await base.copy();
  const bookkeeping = { ...tool.bookkeeping, before: () => '', after: () => '' };
  const traced = await traceMigrations({ connection: copy.connection, bookkeeping, migrations: instead });
  return { traced, after: await catalogOf(copy.admin) };
}

async function catalogOf(admin: Connection): Promise<Catalog> {
  const client = new pg.Client({ ...admin });
  await client.connect();
  try {
    return await snapshot(client, { ignore: tool.bookkeeping.relations });
  } finally {
    await client.end();
  }
}

function totals(findings: readonly Finding[]): string {
  const count = (severity: Finding['severity']) =>
    findings.filter((each) => each.severity === severity).length;
  return `${count('error')} errors, ${count('warning')} warnings, ${count('notice')} notices`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
