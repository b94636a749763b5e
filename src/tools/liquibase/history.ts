import { Undecided } from '../../errors.ts';
import type { Tree } from '../../git/tree.ts';
import { decodeMigration, refuseLink } from '../reading/decode.ts';
import { dirname, treePath } from '../reading/directories.ts';
import type { Down, History, Migration, TransactionRule } from '../tool.ts';
import { readChangelog } from './changelog.ts';
import type { ChangeSet } from './changeset.ts';
import { expressionHolds, namesOf } from './filter.ts';
import { formattedChangeSets, matchesDbms } from './formatted-sql.ts';
import { formattedFiles, rootOf } from './roots.ts';
import type { LiquibaseSettings } from './settings.ts';
import { commentSpans, statementSpans } from './split.ts';

/** The changesets that run on PostgreSQL, in the order of the changelog. */
export async function historyOf(tree: Tree, path: string, settings: LiquibaseSettings): Promise<History> {
  const { root, notes } = await rootOf(tree, path, settings);
  const read =
    root === null
      ? await byName(tree, path, settings)
      : await readChangelog(tree, root.file, root.path, root.roots, settings.parameters);
  await readable(tree, read.files);
  const runs = read.changeSets.filter((one) => !one.ignore && matchesDbms(one.dbms) && chosen(one, settings));
  const contexts = new Set(runs.flatMap((one) => one.contexts));
  const all = [...settings.notes, ...notes, ...read.notes];
  if (contexts.size > 0 && settings.contexts === null) {
    all.push(
      `Changesets with a context (${[...contexts].slice(0, 3).join(', ').slice(0, 120)}) are all run, as Liquibase does when it is called without contexts.`,
    );
  }
  const conditional = runs.filter((one) => one.preconditions);
  if (conditional.length > 0) {
    all.push(
      `Preconditions are taken as met (${conditional
        .slice(0, 3)
        .map(({ id, file }) => `${id.slice(0, 40)} of ${file}`)
        .join(', ')}${conditional.length > 3 ? ` and ${conditional.length - 3} more` : ''}).`,
    );
  }
  return {
    migrations: runs.map(migrationOf),
    notes: all,
    paths: [...new Set([treePath(path), ...read.files.map(dirname)])],
  };
}

/** Without a root changelog: formatted SQL files by their names, which `includeAll` would do. */
async function byName(tree: Tree, path: string, settings: LiquibaseSettings) {
  const changeSets: ChangeSet[] = [];
  const parameters = new Map(settings.parameters);
  const files = await formattedFiles(tree, path);
  for (const [file, text] of files) {
    // Settings apply to the files that follow one another, properties too.
    changeSets.push(...formattedChangeSets(file, file, text, parameters));
  }
  return {
    changeSets,
    files: [...files.keys()],
    notes: [
      'No root changelog was found: the files are taken in the order of their names, as includeAll would. Name it in liquibase.properties (changeLogFile) if it is another.',
    ],
  };
}

async function readable(tree: Tree, files: readonly string[]): Promise<void> {
  const contents = await tree.read(files);
  for (const file of files) {
    const entry = tree.get(file);
    if (entry !== undefined) refuseLink(entry);
    const bytes = contents.get(file);
    if (bytes === undefined) continue;
    const { encoding } = decodeMigration(file, bytes);
    if (encoding === 'utf-8') continue;
    throw new Undecided(
      'invalid-configuration',
      `${file} is ${encoding.toUpperCase()}, and Liquibase reads changelogs as UTF-8. Save it as UTF-8; PowerShell's > writes UTF-16.`,
      { place: { file } },
    );
  }
}

/** `--contexts` and `--label-filter`, where the settings have them. */
function chosen(
  { contexts, labels }: ChangeSet,
  { contexts: given, labelFilter }: LiquibaseSettings,
): boolean {
  if (given !== null) {
    const names = namesOf(given);
    if (!contexts.every((expression) => expressionHolds(expression, names))) return false;
  }
  if (labelFilter === null || labels.length === 0) return true;
  return expressionHolds(labelFilter, new Set(labels.map((label) => label.toLowerCase())));
}

function migrationOf(one: ChangeSet, position: number): Migration {
  const version = `${one.path}::${one.id}::${one.author}`;
  const sql = sentText(one.sql, one.stripComments);
  const rule: TransactionRule = one.runInTransaction ? 'single' : 'none';
  return {
    version,
    name: '',
    identity: version.toLowerCase(),
    file: one.file,
    // What the tool compares: an edit of white space, of the attributes or of the way back is none.
    bytes: Buffer.from(one.opaque === null ? one.sql.replace(/[ \n\r\t]/g, '') : one.checksum),
    sql,
    transaction: rule,
    messages: statementSpans(one.sql, one),
    ...(one.runAlways
      ? { repeatable: 'always' as const }
      : one.runOnChange && { repeatable: 'on-change' as const }),
    down: downOf(one, rule),
    ...(one.refused !== null && { refused: one.refused }),
    ...(one.opaque !== null && { opaque: one.opaque }),
    extra: {
      position,
      id: one.id,
      author: one.author,
      path: one.path,
      checksum: one.checksum,
      comment: one.comment,
      description: one.description,
      contexts: one.contexts
        .map((context) =>
          one.contexts.length > 1 || /\s(?:and|or)\s|,/i.test(context) ? `(${context})` : context,
        )
        .join(' AND '),
      labels: one.labels.join(','),
    },
  };
}

const downOf = ({ file, rollback, stripComments }: ChangeSet, transaction: TransactionRule): Down | null =>
  rollback === null ? null : { file, sql: sentText(rollback, stripComments), transaction };

/** Comments are not sent; those that speak to this check stay, since the server does not mind them. */
function sentText(sql: string, stripComments: boolean): string {
  if (!stripComments) return sql;
  let text = '';
  let done = 0;
  for (const { start, end } of commentSpans(sql)) {
    const comment = sql.slice(start, end);
    if (comment.includes('migration-gate:')) continue;
    text += sql.slice(done, start) + comment.replace(/[^\r\n]/g, ' ');
    done = end;
  }
  return text + sql.slice(done);
}

/** New changesets that stand before one that base has. */
export function late(added: readonly Migration[], base: readonly Migration[]): readonly Migration[] {
  const positions = added.map(({ extra }) => Number(extra?.position)).sort((a, b) => a - b);
  return added.filter(({ extra }) => {
    const position = Number(extra?.position);
    return position - positions.filter((other) => other < position).length < base.length;
  });
}
