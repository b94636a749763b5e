import type { History, Migration, MigrationTool } from '../tools/tool.ts';
import { compareHistories } from './compare.ts';
import { type Pair, sameVersions } from './same-version.ts';

/** How two pull requests are in each other's way, before any SQL runs. */
export type CollisionKind =
  /** Both add a file of that name, with other content. */
  | 'same-file'
  /** Two files of one version, which the tool does not tell apart. */
  | 'same-version'
  /** Two files of one running number, which the tool tells apart by the rest of the name. */
  | 'same-number'
  /** Two newest migrations, each of which follows the same one. */
  | 'two-heads'
  /** The tool skips or refuses one of them when the other was deployed first. */
  | 'late'
  /** Git cannot merge a file of the migration directory: a journal, a changelog, a plan. */
  | 'conflict'
  /** The tool refuses to read the directory that both make. */
  | 'refused';

export interface Collision {
  readonly kind: CollisionKind;
  /** The file of the pull request that is checked, the one that both have, or (`late`) the one that comes too late. */
  readonly file: string;
  /** The other one's; null: it has none of its own. */
  readonly otherFile: string | null;
  /** What comes of it. */
  readonly says: string;
}

export interface CollisionInput {
  readonly tool: MigrationTool;
  readonly base: History;
  readonly mine: History;
  readonly theirs: History;
  /** What both make together; a text is why the tool does not read it. */
  readonly both: History | string;
  /** Files of the migration directories that git cannot merge. */
  readonly conflicts: readonly string[];
  /** What people call the other one. */
  readonly name: string;
}

/** What the tool would stumble over when both are merged. */
export function collisionsOf(input: CollisionInput): Collision[] {
  const { tool, base, mine, theirs, both, conflicts, name } = input;
  const [added, others] = [addedTo(base, mine), addedTo(base, theirs)];
  const byFile = new Map(others.map((other) => [other.file, other]));
  const sameFile = added.flatMap((one) => {
    const other = byFile.get(one.file);
    return other === undefined || other.bytes.equals(one.bytes)
      ? []
      : [
          {
            kind: 'same-file' as const,
            file: one.file,
            otherFile: one.file,
            says: 'Both add a file of this name, with other content.',
          },
        ];
  });
  const told = new Set(sameFile.map(({ file }) => file));
  return [
    ...sameFile,
    ...sameVersions(tool, added, others).map((pair) => sameVersion(tool, pair, name)),
    ...conflicts
      .filter((file) => !told.has(file))
      .map((file) => ({
        kind: 'conflict' as const,
        file,
        otherFile: file,
        says: 'Git cannot merge what both write there: whoever is merged second has to put it in order.',
      })),
    ...(typeof both === 'string' ? refused(both, added, conflicts) : twoHeads(input, both)),
    ...late(input, typeof both === 'string' ? putTogether(tool, mine, others) : both),
  ];
}

/** Files that base does not have, of those that run once. */
const addedTo = (base: History, { migrations }: History): readonly Migration[] => {
  const known = new Set(base.migrations.map(({ file }) => file));
  return migrations.filter(({ file, repeatable }) => repeatable === undefined && !known.has(file));
};

function sameVersion(tool: MigrationTool, { mine, theirs, equal, number }: Pair, name: string): Collision {
  const found = { file: mine.file, otherFile: theirs.file };
  if (equal === 'version') {
    const { says } = tool.onHistoryChange.duplicateVersion;
    return { ...found, kind: 'same-version', says: `Both have the version ${mine.version}. ${says}` };
  }
  return {
    ...found,
    kind: 'same-number',
    says: `Both are number ${number}; ${name} and this pull request have to agree who is first.`,
  };
}

/** The tool's own words, where it is not git's conflict markers that it could not read. */
function refused(why: string, added: readonly Migration[], conflicts: readonly string[]): Collision[] {
  const [first] = added;
  if (first === undefined || conflicts.length > 0) return [];
  return [{ kind: 'refused', file: first.file, otherFile: null, says: why }];
}

/** Newest migrations that are several only in the history that both make. */
function twoHeads({ base, mine, theirs }: CollisionInput, both: History): Collision[] {
  const key = ({ kind, file }: NonNullable<History['oddities']>[number]): string => `${kind} ${file}`;
  const single = new Set([base, mine, theirs].flatMap(({ oddities = [] }) => oddities.map(key)));
  const ofMine = new Set(mine.migrations.map(({ file }) => file));
  const heads = (both.oddities ?? []).filter((odd) => odd.kind === 'multiple-heads' && !single.has(key(odd)));
  const head = heads.find(({ file }) => ofMine.has(file)) ?? heads[0];
  const other = heads.find(({ file }) => !ofMine.has(file));
  if (head === undefined) return [];
  return [{ kind: 'two-heads', file: head.file, otherFile: other?.file ?? null, says: head.says }];
}

/** For the order alone, where the tool cannot read what git could not merge. */
const putTogether = (tool: MigrationTool, mine: History, others: readonly Migration[]): History => ({
  ...mine,
  migrations: [...mine.migrations, ...others].sort((a, b) => tool.order(a, b)),
});

function late({ tool, base, mine, theirs, name }: CollisionInput, both: History): Collision[] {
  const { says } = tool.onHistoryChange.outOfOrder;
  return [
    ...lateAfter(tool, theirs, both, base).map((file) => ({
      kind: 'late' as const,
      file,
      otherFile: null,
      says: `It comes too late if ${name} is deployed first. ${says}`,
    })),
    ...lateAfter(tool, mine, both, base).map((file) => ({
      kind: 'late' as const,
      file,
      otherFile: file,
      says: `It comes too late if this pull request is deployed first. ${says}`,
    })),
  ];
}

/** Files that the tool would skip or refuse on a database that has `first`, and that are not late on base already. */
function lateAfter(tool: MigrationTool, first: History, both: History, base: History): string[] {
  const { does } = tool.onHistoryChange.outOfOrder;
  if (does !== 'skips' && does !== 'refuses') return [];
  const found = (before: History): string[] =>
    compareHistories({ tool, base: before, branch: both, head: both, mergeBase: null }).changes.flatMap(
      ({ kind, file }) => (kind === 'out-of-order' ? [file] : []),
    );
  const already = new Set(base.migrations.length === 0 ? [] : found(base));
  return found(first).filter((file) => !already.has(file));
}
