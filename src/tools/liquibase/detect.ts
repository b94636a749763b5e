import type { Tree } from '../../git/tree.ts';
import { otherDialect } from '../reading/dialect.ts';
import { byDirectory, dirname, exclusion, isWithin } from '../reading/directories.ts';
import type { DetectedDatabase, MigrationTool } from '../tool.ts';
import { readChangelog } from './changelog.ts';
import { isFormattedSql, matchesDbms } from './formatted-sql.ts';
import { changelogs, rootOf, topmost } from './roots.ts';
import { settingsFor } from './settings.ts';

export const detect: MigrationTool['detect'] = async (tree) => {
  const databases: DetectedDatabase[] = [];
  const notes: string[] = [];
  const read = new Set<string>();
  const roots = topmost(await changelogs(tree)).sort((a, b) => a.length - b.length);
  for (const file of roots) {
    const path = dirname(file);
    if (databases.some((one) => isWithin(path, one.path))) continue;
    const settings = await settingsFor(tree, path);
    const { root } = await rootOf(tree, path, settings);
    if (root === null) continue;
    const changelog = await readChangelog(tree, root.file, root.path, root.roots, settings.parameters);
    if (changelog.changeSets.length === 0) continue;
    for (const one of changelog.files) read.add(one);
    const ours = changelog.changeSets.filter((one) => matchesDbms(one.dbms));
    if (ours.length === 0) {
      notes.push(`${path} was passed over: none of its changesets is for PostgreSQL (dbms).`);
      continue;
    }
    const sql = ours.flatMap((one) => tree.get(one.file) ?? []).filter((entry) => /\.sql$/i.test(entry.path));
    const dialect = sql.length === 0 ? null : await otherDialect(tree, path, [...new Set(sql)]);
    if (dialect !== null) notes.push(`${path} was passed over: ${dialect}.`);
    else {
      databases.push({
        path,
        tool: 'liquibase',
        because: `${root.file} is its root changelog (${root.because})`,
      });
    }
  }
  const rest = await withoutChangelog(tree, read);
  for (const path of rest) {
    if (databases.some((one) => isWithin(path, one.path) || isWithin(one.path, path))) continue;
    const dialect = await otherDialect(
      tree,
      path,
      tree.under(path).filter((entry) => /\.sql$/i.test(entry.path)),
    );
    if (dialect !== null) notes.push(`${path} was passed over: ${dialect}.`);
    else
      databases.push({ path, tool: 'liquibase', because: 'its files begin with --liquibase formatted sql' });
  }
  return { databases, notes };
};

/** Topmost directories of formatted SQL that no changelog includes. The first and the last file of each are opened. */
async function withoutChangelog(tree: Tree, read: ReadonlySet<string>): Promise<string[]> {
  const directories = byDirectory(
    tree.entries.filter(
      ({ path, mode }) =>
        mode.startsWith('100') &&
        /\.sql$/i.test(path) &&
        !read.has(path) &&
        exclusion(dirname(path)) !== 'copied',
    ),
  );
  const wanted = new Map(
    [...directories].map(([directory, entries]) => [
      directory,
      [entries[0], entries.at(-1)].flatMap((entry) => entry?.path ?? []),
    ]),
  );
  const contents = await tree.read([...wanted.values()].flat());
  const found = [...wanted]
    .filter(([, paths]) => paths.some((path) => isFormattedSql(contents.get(path)?.toString('utf8') ?? '')))
    .map(([directory]) => directory)
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return found.filter((path, index) => !found.slice(0, index).some((above) => isWithin(path, above)));
}
