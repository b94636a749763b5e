import type { Tree } from '../git/tree.ts';
import type { ToolName } from '../tools/tool.ts';

/** A directory to check, before versions and extensions are known. */
export interface Found {
  readonly path: string;
  readonly tool: ToolName;
  /** Where base has it, when the pull request moved the directory. */
  readonly basePath?: string;
}

export interface Search {
  readonly head: Tree;
  readonly base: Tree;
}
