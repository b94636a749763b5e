import type { Catalog } from '../catalog/model.ts';
import type { Hook, Migration, MigrationTool } from '../tools/tool.ts';
import type { Trial } from './rehearsal.ts';
import { snapshotOf } from './snapshot-of.ts';
import { traceMigrations } from './trace-migrations.ts';
import type { Untouched } from './untouched.ts';

/** Runs of other migrations in place of the new ones, each on a copy of base. */
export interface Trials extends AsyncDisposable {
  run(migrations: readonly Migration[]): Promise<Trial>;
}

/**
 * Nobody waits for a copy to go: closing this does.
 *
 * @param before the catalog of base
 * @param hooks run around the migrations
 */
export function trialsOn(
  base: Pick<Untouched, 'copy'>,
  before: Catalog,
  tool: MigrationTool,
  hooks: readonly Hook[],
): Trials {
  const going: PromiseLike<void>[] = [];
  return {
    async run(migrations) {
      const { database: copy, sameFiles } = await base.copy();
      try {
        // The parts of a split migration would be recorded twice under one version.
        const bookkeeping = { ...tool.bookkeeping, before: () => '', after: () => '' };
        const traced = await traceMigrations({ connection: copy.connection, bookkeeping, migrations, hooks });
        return { traced, after: await snapshotOf(copy.admin, tool, sameFiles ? before : null) };
      } finally {
        going.push(copy[Symbol.asyncDispose]());
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(going);
    },
  };
}
