import { loadConfig } from '../../src/config/load.ts';
import { noOptions, type Options } from '../../src/config/options.ts';
import { type Content, treeOf } from '../tools/memory-tree.ts';

export type Files = Readonly<Record<string, Content>>;

export const table = 'CREATE TABLE t (id bigint PRIMARY KEY);\n';
export const plainFiles: Files = { 'db/migrations/1_a.sql': table, 'db/migrations/2_b.sql': table };
export const prismaFiles: Files = {
  'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  'prisma/migrations/1_a/migration.sql': table,
};
/** Of a tool that cannot be read. */
export const unreadableFiles: Files = {
  'api/migrations/1_a.sql': `-- +migrate Up\n${table}-- +migrate Down\nDROP TABLE t;\n`,
};

/** The config that head has, with these options. */
export const load = (files: Files, options: Partial<Options> = {}, base: Files = files) =>
  loadConfig({
    options: { ...noOptions, ...options },
    head: treeOf(files, 'head'),
    base: treeOf(base, 'main'),
    ruleDefaults: { 'drop-column': 'warning', 'drop-table': 'warning', 'set-not-null': 'error' },
  });

/** These files and a config file. */
export const withConfig = (text: string, files: Files = { ...plainFiles, ...prismaFiles }): Files => ({
  ...files,
  '.github/migration-gate.yml': text,
});
