import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTrees } from '../src/git/trees.ts';
import type { Finding } from '../src/report/model.ts';
import { parseFile } from '../src/sql/parse.ts';
import { toolNamed } from '../src/tools/index.ts';
import type { ToolName } from '../src/tools/tool.ts';
import { type Disagreement, disagreements } from './disagreements.ts';

/** A clone (a bare one will do) and where its migrations lie. */
export interface Repository {
  /** `owner/name` on GitHub. */
  readonly name: string;
  readonly clone: string;
  readonly tool: ToolName;
  readonly path: string;
}

/** squawk over files. */
export type Linter = (
  parameters: readonly string[],
) => readonly { readonly file: string; readonly line: number; readonly rule_name: string }[];

/** A statement of a migration with what each says of it. */
interface Statement {
  readonly file: string;
  readonly line: number;
  readonly gate: readonly string[];
  readonly squawk: readonly string[];
}

interface Compared {
  readonly repository: Repository;
  readonly commit: string;
  readonly migrations: number;
  readonly failed: number;
  readonly statements: readonly Statement[];
}

/** Advice for the whole migration, not about one statement more than about another. */
const ofTheWhole = ['missing-lock-timeout'];

/**
 * The page's part about real histories: each migration as if it were the pull request on top of those before it.
 *
 * @param general squawk's rules about style and timeouts, which are not counted
 */
export async function historiesSection(
  repositories: readonly Repository[],
  general: readonly string[],
  lint: Linter,
): Promise<string> {
  const all: Compared[] = [];
  for (const repository of repositories) all.push(await compared(repository, general, lint));
  const statements = all.flatMap((each) => each.statements);
  return `## On real histories

Every migration of ${repositories.length} repositories as if it were the pull request on top of those before it. Counted are statements that one
of the two points at: the gate with an error or a warning, squawk with any rule but those about style and timeouts that are named above.
Notices of the gate are left out.

| repository | at | tool | migrations | that fail on the shadow | statements | both | only the gate | only squawk |
|:--|:--|:--|--:|--:|--:|--:|--:|--:|
${all.map(repositoryRow).join('\n')}

By rule of the gate: how many statements it points at, and at how many of them squawk does as well, for whatever reason.

| rule | statements | squawk too | squawk's rules there |
|:--|--:|--:|:--|
${byRule(statements, 'gate', 'squawk')}

By rule of squawk.

| rule | statements | the gate too | the gate's rules there |
|:--|--:|--:|:--|
${byRule(statements, 'squawk', 'gate')}

### Where they disagree

Some statements that one finds and the other does not, read by hand.

${disagreements.map((each) => explained(each, all)).join('\n')}
`;
}

async function compared(repository: Repository, general: readonly string[], lint: Linter): Promise<Compared> {
  const { clone, path } = repository;
  const tool = toolNamed(repository.tool);
  await using trees = await openTrees({ repo: clone, base: 'HEAD', head: 'HEAD' });
  const { migrations } = await tool.history(trees.head, path);
  const directory = mkdtempSync(join(tmpdir(), 'histories-'));
  try {
    const ours = replayed(repository, directory);
    const file = (at: number): string => join(directory, `${at}.sql`);
    migrations.forEach(({ sql }, at) => {
      writeFileSync(file(at), sql);
    });
    const reports = [true, false].flatMap((wrapped) => {
      // In a transaction squawk knows of the tables that the file has made: to its favour wherever that can be said.
      const files = migrations.flatMap(({ transaction, sql }, at) =>
        (transaction !== 'none' || !/\bconcurrently\b/i.test(sql)) === wrapped ? [file(at)] : [],
      );
      return files.length === 0 ? [] : lint([...(wrapped ? ['--assume-in-transaction'] : []), ...files]);
    });
    return {
      repository,
      commit: git(clone, 'rev-parse', '--short=10', 'HEAD'),
      migrations: migrations.length,
      failed: ours.filter(({ failed }) => failed !== null).length,
      statements: migrations.flatMap(({ sql, file: name }, at) =>
        parseFile(sql).statements.map(({ line, endLine }) => {
          const isHere = (found: number | null) => found !== null && line <= found && found <= endLine;
          const theirs = reports.filter((report) => report.file === file(at) && isHere(report.line + 1));
          return {
            file: name,
            line,
            gate: unique(
              (ours.find((each) => each.file === name)?.findings ?? [])
                .filter((finding) => finding.severity !== 'notice' && isHere(finding.line))
                .map(({ rule }) => rule)
                .filter((rule) => !ofTheWhole.includes(rule)),
            ),
            squawk: unique(
              theirs.map(({ rule_name }) => rule_name).filter((rule) => !general.includes(rule)),
            ),
          };
        }),
      ),
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

interface Replayed {
  readonly file: string;
  readonly failed: string | null;
  readonly findings: readonly Finding[];
}

function replayed({ clone, tool, path }: Repository, directory: string): readonly Replayed[] {
  const json = join(directory, 'replay.json');
  const script = fileURLToPath(new URL('./replay-history.ts', import.meta.url));
  const { status, stderr } = spawnSync(
    process.execPath,
    [script, clone, '--path', path, '--tool', tool, '--json', json],
    { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(readFileSync(json, 'utf8'));
}

const found = (statement: Statement, by: 'gate' | 'squawk'): boolean => statement[by].length > 0;

function repositoryRow({ repository, commit, migrations, failed, statements }: Compared): string {
  const both = statements.filter((each) => found(each, 'gate') && found(each, 'squawk')).length;
  const gate = statements.filter((each) => found(each, 'gate') && !found(each, 'squawk')).length;
  const squawk = statements.filter((each) => !found(each, 'gate') && found(each, 'squawk')).length;
  const { name, tool } = repository;
  const cells = [name, `\`${commit}\``, tool, migrations, failed, statements.length, both, gate, squawk];
  return `| ${cells.join(' | ')} |`;
}

function byRule(statements: readonly Statement[], by: 'gate' | 'squawk', other: 'gate' | 'squawk'): string {
  const rows = unique(statements.flatMap((each) => each[by])).map((rule) => {
    const those = statements.filter((each) => each[by].includes(rule));
    return { rule, those, too: those.filter((each) => found(each, other)) };
  });
  return rows
    .sort((a, b) => b.those.length - a.those.length)
    .map(
      ({ rule, those, too }) =>
        `| \`${rule}\` | ${those.length} | ${too.length} | ${code(unique(too.flatMap((each) => each[other])))} |`,
    )
    .join('\n');
}

/** @throws Error when they agree by now: then what is written about it is wrong */
function explained({ repository, file, line, why }: Disagreement, all: readonly Compared[]): string {
  const statement = all
    .find((each) => each.repository.name === repository)
    ?.statements.find((each) => each.file.endsWith(file) && each.line === line);
  if (statement === undefined || found(statement, 'gate') === found(statement, 'squawk')) {
    throw new Error(`no disagreement in ${repository}, ${file}:${line}`);
  }
  const said = found(statement, 'gate')
    ? `only the gate: ${code(statement.gate)}`
    : `only squawk: ${code(statement.squawk)}`;
  return `- ${repository}, \`${file}:${line}\` (${said}). ${why}`;
}

function git(clone: string, ...parameters: readonly string[]): string {
  const { stdout, status, stderr } = spawnSync('git', ['-C', clone, ...parameters], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

const unique = (those: readonly string[]): string[] => [...new Set(those)].sort();
const code = (those: readonly string[]): string => those.map((name) => `\`${name}\``).join(', ');
