import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { runExample } from '../__tests__/rules/run-example.ts';
import type { SharedShadow } from '../__tests__/shadow/with-shadow.ts';
import { rules } from '../src/rules/index.ts';
import type { Rule, RuleExample } from '../src/rules/rule.ts';
import { startShadow } from '../src/shadow/index.ts';
import { loadParser, parseFile } from '../src/sql/parse.ts';
import { isToolName } from '../src/tools/index.ts';
import { historiesSection, type Repository } from './compare-histories.ts';

// `npm run comparison [-- --history NAME=CLONE,TOOL,PATH …]`: squawk and the gate over every example of every rule, on
// PostgreSQL 17; writes docs/comparison.md. NAME is the repository's on GitHub, CLONE a clone of it. Without --history
// the page keeps its part about real histories as it is.

const major = 17;
const page = fileURLToPath(new URL('../docs/comparison.md', import.meta.url));
const squawk = fileURLToPath(new URL('../node_modules/.bin/squawk', import.meta.url));

/** On by default, and about style or timeouts: they do not tell a harmful statement from a harmless one. */
const general = [
  'require-lock-timeout',
  'require-statement-timeout',
  'prefer-robust-stmts',
  'prefer-bigint-over-int',
  'prefer-bigint-over-smallint',
  'prefer-text-field',
  'prefer-timestamp-tz',
  'prefer-identity',
  'ban-char-field',
  'require-enum-value-ordering',
];

const aboutLockTimeout = ['missing-lock-timeout', 'lock-timeout-after-ddl'];

interface Example extends RuleExample {
  readonly rule: Rule;
  readonly kind: 'bad' | 'good';
  readonly migration: string;
}

interface Seen extends Example {
  /** `rule:line` of the gate's findings. */
  readonly gate: readonly string[];
  /** squawk's rules at the statement that the example is about; of good examples, in the whole file. */
  readonly squawk: readonly string[];
}

await loadParser();
// What needs base's files (history) or is about the gate's own comments is nothing that squawk looks at.
const examples = rules
  .filter(({ about }) => about === 'failure' || about === 'statement')
  .flatMap((rule) =>
    (['bad', 'good'] as const).flatMap((kind) =>
      rule[kind].flatMap((example): Example[] =>
        typeof example.migration !== 'string' ||
        typeof example.base !== 'string' ||
        (example.since ?? 0) > major
          ? []
          : [{ ...example, migration: example.migration, rule, kind }],
      ),
    ),
  );
const linted = lint(examples);
const ran = await runAll(examples);
const seen = examples.map(
  (example, at): Seen => ({ ...example, gate: ran.found[at] ?? [], squawk: linted.found[at] ?? [] }),
);
const { values } = parseArgs({ options: { history: { type: 'string', multiple: true, default: [] } } });
const written = readFileSync(page, 'utf8');
const histories =
  values.history.length > 0
    ? await historiesSection(values.history.map(repositoryOf), general, run)
    : written.slice(written.indexOf('## On real histories'), written.indexOf('## Missed by squawk'));
writeFileSync(page, text());

function repositoryOf(given: string): Repository {
  const [, name, clone, tool = '', path = ''] = /^([^=]+)=([^,]+),([^,]+),(.*)$/.exec(given) ?? [];
  if (name === undefined || clone === undefined || !isToolName(tool)) {
    throw new Error(`--history NAME=CLONE,TOOL,PATH, not ${given}`);
  }
  return { name, clone, tool, path };
}

/** One run for all files that a transaction wraps, one for the others. */
function lint(all: readonly Example[]): { readonly ms: number; readonly found: readonly string[][] } {
  const directory = mkdtempSync(join(tmpdir(), 'squawk-'));
  try {
    const file = (at: number): string => join(directory, `${at}.sql`);
    all.forEach(({ migration }, at) => {
      writeFileSync(file(at), migration);
    });
    const start = performance.now();
    const reports = (['single', 'none'] as const).flatMap((transaction) => {
      const files = all.flatMap((example, at) =>
        (example.transaction ?? 'single') === transaction ? [file(at)] : [],
      );
      return run([...(transaction === 'single' ? ['--assume-in-transaction'] : []), ...files]);
    });
    const ms = performance.now() - start;
    const found = all.map((example, at) => {
      const here = reports.filter((report) => report.file === file(at) && isThere(example, report.line + 1));
      return [...new Set(here.map(({ rule_name }) => rule_name))].sort();
    });
    return { ms, found };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function run(parameters: readonly string[]): { file: string; line: number; rule_name: string }[] {
  const { stdout, error } = spawnSync(
    squawk,
    ['--reporter', 'json', '--pg-version', `${major}.0`, ...parameters],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (error !== undefined) throw error;
  return JSON.parse(stdout);
}

/** Is this line part of the statement that a bad example is about? */
function isThere({ kind, migration, line = 1 }: Example, found: number): boolean {
  if (kind === 'good' || line === null) return true;
  const about = parseFile(migration).statements.find((statement) => statement.line === line);
  return about === undefined || (found >= about.line && found <= about.endLine);
}

async function runAll(all: readonly Example[]) {
  await using shadow = await startShadow({ shadow: 'embedded', major, extensions: [] });
  const shared: SharedShadow = {
    shadow,
    async database() {
      const database = `example_${randomBytes(6).toString('hex')}`;
      const admin = new pg.Client({ ...shadow.admin });
      await admin.connect();
      await admin.query(`CREATE DATABASE ${database} OWNER ${shadow.connection.user} TEMPLATE template0`);
      await admin.end();
      return {
        connection: { ...shadow.connection, database },
        admin: { ...shadow.admin, database },
        close: async () => {},
      };
    },
  };
  const start = performance.now();
  const found: string[][] = [];
  for (const example of all) {
    const { rule } = example;
    const { findings } = await runExample(shared, major, example, {
      ...(rule.byDefault === 'off' ? { rules: { [rule.name]: rule.severity } } : {}),
      // Nearly every example would get the one notice about lock_timeout as well.
      lockTimeout: aboutLockTimeout.includes(rule.name) ? 'in-migrations' : 'set-by-role',
    });
    found.push([...new Set(findings.map((finding) => `${finding.rule}:${finding.line}`))]);
  }
  return { found, ms: performance.now() - start, bootMs: shadow.bootMs, version: shadow.postgresVersion };
}

function text(): string {
  const version = spawnSync(squawk, ['--version'], { encoding: 'utf8' })
    .stdout.trim()
    .replace(/^squawk /, '');
  const bad = seen.filter(({ kind }) => kind === 'bad');
  const good = seen.filter(({ kind }) => kind === 'good');
  const missed = bad.filter((one) => hazards(one).length === 0);
  const none = missed.filter(({ rule }) => bad.every((one) => one.rule !== rule || missed.includes(one)));
  const alarmed = good.filter((one) => hazards(one).length > 0);
  const noisy = good.filter((one) => one.squawk.some((name) => general.includes(name)));
  const gateMissed = bad.filter(({ rule, gate }) => !gate.some((each) => each.startsWith(`${rule.name}:`)));
  const gateAlarmed = good.filter(({ gate }) => gate.length > 0);
  const judged = rules.filter((rule) => seen.some((one) => one.rule === rule));
  return `# migration-gate and squawk

Made by \`npm run comparison\` on ${new Date().toISOString().slice(0, 10)}, with [squawk](https://squawkhq.com) ${version} and PostgreSQL ${ran.version}.

Both looked at the same SQL: every example of the [rules](rules/README.md), ${bad.length} that should be found and ${good.length} that should not.
squawk got the migration alone, as it does in a pull request (\`--pg-version ${major}.0\`, \`--assume-in-transaction\` where the example runs in
one, its default rules otherwise); the gate ran it on a database that holds the example's base.

|  | squawk | migration-gate |
|:--|--:|--:|
| hazards found, of ${bad.length} | ${bad.length - missed.length} | ${bad.length - gateMissed.length} |
| false alarms, of ${good.length} harmless migrations | ${alarmed.length} | ${gateAlarmed.length} |
| time for all of them | ${(linted.ms / 1000).toFixed(1)} s | ${((ran.ms + ran.bootMs) / 1000).toFixed(0)} s, ${(ran.bootMs / 1000).toFixed(1)} s of them to start the server |

How to read it:

- **The examples are ours**, and the gate's tests demand that it finds each bad one and is silent about each good one. The
  column about the gate is therefore no achievement; the one about squawk says what of this a linter can see in the text.
- Squawk has found a hazard when one of its rules points at the statement, for whatever reason. Its rules about style and
  timeouts count only where a rule of ours is about the same, since they point at harmless and harmful statements alike
  (${names(general)}). With all of them, ${noisy.length} of the ${good.length} harmless migrations are warned about; a team that wants those conventions does not call that false.
- ${none.length} of the ${missed.length} that squawk missed belong to rules of which it found no example: it has no rule for such statements, though much of
  that could be seen in the text. All of them are listed below.
- Its false alarms are listed below under the titles of the examples, which say why they are harmless on that database.
- **Where squawk is better**: it is ${Math.round((ran.ms + ran.bootMs) / linted.ms)} times as fast here (the gate runs all the SQL, base included), needs no server and no history that applies from empty,
  looks at migrations of any tool as long as they are SQL, has a language server for editors, and points at the column. Its conventions are on by default and more in number.
- History is left out: edited, deleted, renamed and late migrations need base beside head, and squawk looks at one file at a time.

## By rule

How many of the bad examples each found, what squawk calls it, and squawk's false alarms on the good ones.

| rule | bad | gate | squawk | squawk's rules | good | gate's false alarms | squawk's false alarms |
|:--|--:|--:|--:|:--|--:|--:|--:|
${judged.map(row).join('\n')}

${histories.trim()}

## Missed by squawk

${missed.map((one) => `- \`${one.rule.name}\`: ${one.title}`).join('\n')}

## False alarms of squawk

${alarmed.map((one) => `- \`${one.rule.name}\`: ${one.title} (${names(hazards(one))})`).join('\n')}
${section('Missed by the gate', gateMissed)}${section('False alarms of the gate', gateAlarmed)}`;
}

function section(title: string, those: readonly Seen[]): string {
  const lines = those.map(
    ({ rule, title: example, gate }) => `- \`${rule.name}\`: ${example} (${names(gate)})\n`,
  );
  return those.length === 0 ? '' : `\n## ${title}\n\n${lines.join('')}`;
}

function row(rule: Rule): string {
  const [bad, good] = (['bad', 'good'] as const).map((kind) =>
    seen.filter((one) => one.rule === rule && one.kind === kind),
  ) as [Seen[], Seen[]];
  const called = [...new Set(bad.flatMap(hazards))].sort();
  const cells = [
    `[\`${rule.name}\`](rules/${rule.name}.md)`,
    bad.length,
    bad.filter(({ gate }) => gate.some((each) => each.startsWith(`${rule.name}:`))).length,
    bad.filter((one) => hazards(one).length > 0).length,
    names(called),
    good.length,
    good.filter(({ gate }) => gate.length > 0).length,
    good.filter((one) => hazards(one).length > 0).length,
  ];
  return `| ${cells.join(' | ')} |`;
}

function hazards({ rule, kind, squawk }: Seen): string[] {
  // Where a rule of ours is about the same, it counts.
  const same = (name: string): boolean => kind === 'bad' && rule.peers.includes(`squawk ${name}`);
  return squawk.filter((name) => !general.includes(name) || same(name));
}

function names(those: readonly string[]): string {
  return those.map((name) => `\`${name}\``).join(', ');
}
