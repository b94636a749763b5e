import type { Tree } from '../git/tree.ts';
import { ruleNames } from '../rules/index.ts';
import { allowComments } from '../sql/allow.ts';
import { languageOf } from '../sql/source-languages.ts';
import type { Migration, Oddity } from '../tools/tool.ts';

/**
 * By the comments of the file's own language; `bytes` are the file's, where we have them.
 *
 * @param program `sql` is what its tool has sent
 */
function allowsIn(
  file: string,
  sql: string,
  bytes: Buffer | null,
  program = false,
): ReturnType<typeof allowComments> {
  const language = languageOf(file);
  if (language === 'sql' && program && bytes !== null) {
    // Which of the file's statements the tool has sent as which is not known.
    const { allows, problems } = allowComments(bytes.toString('utf8'), ruleNames);
    const ofFile = allows.map((allow) => ({ ...allow, scope: 'file' as const, statementIndex: null }));
    return { allows: ofFile, problems };
  }
  if (language === 'sql' || bytes === null) return allowComments(sql, ruleNames);
  return allowComments(bytes.toString('utf8'), ruleNames, language, sql);
}

/** What the files of these migrations accept, by file; their downs' files too where those are tried. */
export function allowsOf(migrations: readonly Migration[], checkDown: boolean) {
  const found = new Map<string, ReturnType<typeof allowComments>>();
  const versions = new Map<string, Set<string>>();
  for (const { file, version } of migrations) {
    versions.set(file, (versions.get(file) ?? new Set()).add(version));
  }
  for (const { file, sql, bytes, version, program } of new Map(
    migrations.map((migration) => [`${migration.file}\0${migration.version}`, migration]),
  ).values()) {
    const { allows, problems } = allowsIn(file, sql, bytes, program === true);
    const shared = (versions.get(file)?.size ?? 0) > 1;
    const known = found.get(file) ?? { allows: [], problems: [] };
    found.set(file, {
      allows: [
        ...known.allows,
        ...allows.map((allow) => (shared ? { ...allow, migration: version } : allow)),
      ],
      problems: [...known.problems, ...problems],
    });
  }
  for (const { file, bytes, down, program } of checkDown ? migrations : []) {
    // A program's comments have been read already.
    if (down == null || program === true) continue;
    // Which statement of a down is meant is not asked: its comments speak for its file.
    const { allows, problems } = allowsIn(down.file, down.sql, down.file === file ? bytes : null);
    const known = found.get(down.file) ?? { allows: [], problems: [] };
    found.set(down.file, {
      allows: [
        ...known.allows,
        ...allows.map((allow) => ({ ...allow, scope: 'file' as const, statementIndex: null })),
      ],
      problems: [...known.problems, ...problems],
    });
  }
  return found;
}

/** A file that the tool passes over can say that this is meant. */
export async function allowsOfOddities(oddities: readonly Oddity[], head: Tree) {
  const contents = await head.read(oddities.map(({ file }) => file));
  return [...contents].map(([file, bytes]) => [file, allowsIn(file, bytes.toString('utf8'), bytes)] as const);
}
