import { Undecided } from '../errors.ts';
import type { Tree } from '../git/tree.ts';
import { loadParser, parseFile } from '../sql/parse.ts';
import { order, plainFiles } from './plain/files.ts';
import { decodeMigration, refuseLink } from './reading/decode.ts';
import { otherDialect } from './reading/dialect.ts';
import {
  andAbove,
  basename,
  byDirectory,
  dirname,
  exclusion,
  treePath,
  within,
} from './reading/directories.ts';
import { hasStatementOutsideTransaction } from './reading/outside-transaction.ts';
import { futureOnes } from './reading/timestamps.ts';
import type {
  DetectedDatabase,
  History,
  Migration,
  MigrationTool,
  ToolSettings,
  TransactionRule,
} from './tool.ts';

const detect: MigrationTool['detect'] = async (tree) => {
  const strong: DetectedDatabase[] = [];
  const weak: DetectedDatabase[] = [];
  const notes: string[] = [];
  for (const [directory, entries] of byDirectory(tree.entries)) {
    const { files } = plainFiles(entries.filter((entry) => entry.mode !== '160000'));
    if (files.length === 0) continue;
    const named = namedForMigrations(directory);
    if (files.length === 1 && !named) continue;
    if (exclusion(directory) === 'copied' || isOfSqitch(tree, directory)) continue;
    const dialect = await otherDialect(
      tree,
      directory,
      files.map((file) => file.entry),
    );
    if (dialect !== null) {
      notes.push(`${shown(directory)} was passed over: ${dialect}.`);
      continue;
    }
    const because = `${files.length} numbered SQL ${files.length === 1 ? 'file' : 'files'} (${basename(files[0]?.entry.path ?? '')}${files.length === 1 ? '' : ', …'}), order assumed from the numbers`;
    (named ? strong : weak).push({ path: directory, tool: 'plain', because });
  }
  if (strong.length > 0) {
    for (const { path } of weak) {
      notes.push(
        `${shown(path)} holds numbered SQL files too, but its name does not say migrations; it was passed over. Name it under databases: in the config if it should be checked.`,
      );
    }
  }
  return { databases: strong.length > 0 ? strong : weak, notes };
};

/** Scripts of a Sqitch project, which lie beside its plan. */
const isOfSqitch = (tree: Tree, directory: string): boolean =>
  andAbove(directory).some(
    (above) =>
      ['deploy', 'revert', 'verify'].includes(basename(above)) &&
      tree.get(within(dirname(above), 'sqitch.plan')) !== undefined,
  );

const namedForMigrations = (directory: string): boolean =>
  directory.split('/').some((segment) => /migrat|^(?:db|database|schema|ddl|sql)$/i.test(segment));

async function history(tree: Tree, path: string, placeholders: Placeholders): Promise<History> {
  await loadParser();
  const directory = treePath(path);
  const inside = byDirectory(tree.under(directory)).get(directory) ?? [];
  const { files, notes, oddities } = plainFiles(inside);
  for (const { entry } of files) refuseLink(entry);
  const contents = await tree.read(files.map((file) => file.entry.path));
  const migrations = files.map(({ entry, version, name }): Migration => {
    const bytes = contents.get(entry.path);
    if (bytes === undefined) {
      throw new Undecided('internal-error', `git has no contents for ${entry.path}.`, {
        place: { file: entry.path },
      });
    }
    const { text, encoding } = decodeMigration(entry.path, bytes);
    if (encoding !== 'utf-8') {
      throw new Undecided(
        'invalid-configuration',
        `${entry.path} is ${encoding.toUpperCase()}, which psql and most scripts send to the server as garbage. Save it as UTF-8; PowerShell's > writes UTF-16.`,
        { place: { file: entry.path } },
      );
    }
    const sql = filledIn(entry.path, text, placeholders);
    return {
      version,
      name,
      identity: basename(entry.path),
      file: entry.path,
      bytes,
      sql,
      transaction: transactionRule(sql),
    };
  });
  migrations.sort(order);
  return {
    migrations,
    notes,
    oddities: [...oddities, ...futureOnes('A script that runs plain SQL files', migrations)],
  };
}

type Placeholders = ToolSettings['placeholders'];

const template = /\{\{-?\s*\.?([\w.]+)\s*-?\}\}|\$\{\s*([\w.]+)\s*\}/g;

/**
 * Puts in what the config says for `{{ name }}`, `{{ .Name }}` and `${name}`.
 *
 * @throws Undecided where such a name is left and makes the text none that PostgreSQL reads
 */
function filledIn(file: string, text: string, placeholders: Placeholders): string {
  const filled = text.replace(template, (whole, braces: string | undefined, dollar: string | undefined) => {
    const name = braces ?? dollar ?? '';
    return Object.hasOwn(placeholders, name) ? (placeholders[name] ?? '') : whole;
  });
  const left = [...filled.matchAll(template)];
  const [first] = left;
  if (first === undefined || parseFile(filled).error === null) return filled;
  const name = first[1] ?? first[2] ?? '';
  throw new Undecided(
    'invalid-configuration',
    `${file} is a template: nothing says what stands for ${first[0].slice(0, 60)}. Give it in .github/migration-gate.yml, for this database:\n\n    placeholders:\n      ${name}: …\n`,
    { place: { file, line: filled.slice(0, first.index).split('\n').length } },
  );
}

/**
 * One transaction a file, as runners of this kind do, unless the file says otherwise or PostgreSQL would
 * refuse one of its statements there.
 */
function transactionRule(sql: string): TransactionRule {
  if (/^--[ \t]*no-transaction\b/i.test(sql)) return 'none';
  return hasStatementOutsideTransaction(sql) ? 'none' : 'single';
}

const shown = (directory: string): string => (directory === '' ? 'The root of the repository' : directory);

const toolWith = (placeholders: Placeholders): MigrationTool => ({
  name: 'plain',
  title: 'Plain SQL files',
  detect,
  configured: async (_tree, _path, settings) => toolWith(settings.placeholders),
  order,
  history: (tree, path) => history(tree, path, placeholders),
  bookkeeping: { setup: '', before: () => '', after: () => '', relations: [] },
  sessions: 'each',
  onHistoryChange: {
    edited: {
      does: 'ignores',
      says: 'Plain SQL files have no tool that compares contents: databases that ran the old text keep what it made, new ones get the new text.',
    },
    deleted: {
      does: 'ignores',
      says: 'Plain SQL files have no tool that misses a file: databases that ran it keep what it made, new ones never get it.',
    },
    renamed: {
      does: 'depends',
      says: 'Plain SQL files are remembered by name or by number, depending on the script that runs them: one that goes by the name runs a renamed file a second time.',
    },
    outOfOrder: {
      does: 'runs',
      says: 'Plain SQL files are usually each run once, so a late number still runs, after those that were meant to follow it; a script that only remembers the highest number never runs it.',
    },
    duplicateVersion: {
      does: 'runs',
      says: 'Plain SQL files with the same number run in the order of their names, and a script that remembers numbers runs only one of them.',
      legal: false,
    },
  },
  noTransaction: {
    directive: '-- no-transaction',
    advice:
      'Put the statement into a file of its own that begins with the line `-- no-transaction`, and have the script that runs your files send it without BEGIN.',
  },
});

/** Numbered SQL files that the project's own script runs. No tool is known, so its order is assumed. */
export const plain: MigrationTool = toolWith({});
