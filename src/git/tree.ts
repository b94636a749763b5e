import type { Since } from './since.ts';

/** One file of a tree, as git records it. */
export interface TreeEntry {
  /** Path from the repository root, `/` between segments. */
  readonly path: string;
  /** git file mode: `100644`, `100755`, `120000` (symbolic link) or `160000` (submodule). */
  readonly mode: string;
  /** Object name of the blob. Two entries with equal `oid` have equal bytes. */
  readonly oid: string;
}

/**
 * The files of one side of the comparison. Both sides are git tree objects, the working tree too (it is
 * written to a temporary object directory), so that both are read the same way and symbolic links are
 * never followed.
 */
export interface Tree {
  /** What the user called it: `main`, `HEAD~2`, `working tree`. */
  readonly ref: string;
  /** Commit, or null for a working tree. For a merged head it is the PR's own commit. */
  readonly sha: string | null;
  /** Every entry, sorted by path bytewise. */
  readonly entries: readonly TreeEntry[];
  /** The entry at exactly this path. */
  get(path: string): TreeEntry | undefined;
  /** Entries below a directory ('' = all), not the directory itself. */
  under(directory: string): readonly TreeEntry[];
  /** Contents of the blobs at these paths (paths that do not exist are absent from the map). A symbolic
   * link's content is its target text. `largest`: blobs of more bytes are not read and are absent. Nobody may change
   * a buffer: equal files, of other trees too, are the same one. */
  read(paths: readonly string[], options?: { readonly largest?: number }): Promise<Map<string, Buffer>>;
}

/** Base and head, ready to be compared; closing removes the temporary object directory. */
export interface Trees extends AsyncDisposable {
  /** Top of the user's working tree; of a bare repository the repository itself. */
  readonly root: string;
  readonly base: Tree;
  /** The tree that would result from merging: base's tree merged with the PR's where the branch is behind. */
  readonly head: Tree;
  /** The PR's own tree before the merge. Equal to `head` when the branch is not behind. */
  readonly branch: Tree;
  /** The common ancestor's tree, or null where histories are unrelated or it was not needed (merge commit). */
  readonly mergeBase: Tree | null;
  /** Since when files of base are there, as far as the clone tells; those of which it does not are absent. */
  since(paths: readonly string[]): Promise<ReadonlyMap<string, Since>>;
  /** The newest release: a tag, a branch, or a glob of tags and branches. Null when nothing is called so. */
  release(ref: string): Promise<Tree | null>;
  /**
   * What another branch makes of base, and what both do together.
   *
   * @throws Undecided if it is not to be had, or conflicts with base; UserError for an unknown reference
   */
  beside(branch: OtherBranch): Promise<Beside>;
  /** Things the user should know, one sentence each ("fetched abc1234 from origin, which was missing"). */
  readonly notes: readonly string[];
}

/** A branch that may be merged before this one. */
export interface OtherBranch {
  /** A reference, or what people call the pull request. */
  readonly name: string;
  /** Of the pull request, whose head is then fetched; null: `name` is a reference. */
  readonly number: number | null;
}

/** Another branch beside the one that is checked. */
export interface Beside {
  /** The other one merged with base. */
  readonly other: Tree;
  /** Both merged into base; a file of `conflicts` holds git's conflict markers. */
  readonly both: Tree;
  /** Paths of the files that git cannot merge. */
  readonly conflicts: readonly string[];
}

/** What to compare. */
export interface OpenTreesOptions {
  /** Any directory inside the repository. */
  readonly repo: string;
  /** Branch, tag, commit; null: the remote's default branch, else main, else master. */
  readonly base: string | null;
  /** Branch, tag, commit; null: the working tree with its uncommitted and untracked files. */
  readonly head: string | null;
  /** Merge a branch that is behind with its base (default). False: take it as it is, and look for no ancestor. */
  readonly mergeHead?: boolean | undefined;
  /** Sent when something has to be fetched from this server, unless git's configuration has a token already. */
  readonly token?: { readonly serverUrl: string; readonly value: string } | null | undefined;
  /** Called with short sentences in the present ("fetching main from origin"). */
  readonly onProgress?: ((message: string) => void) | undefined;
}
