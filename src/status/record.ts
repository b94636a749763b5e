import type { Migration, MigrationTool } from '../tools/tool.ts';

/** What a tool's own table says of one migration. */
export interface RecordedMigration {
  /** `Migration.identity` of the one that it means; for those that no checkout knows what the table calls it. */
  readonly identity: string;
  /** As people know it: a version, a name. */
  readonly name: string;
  readonly state: 'applied' | 'failed';
  /** What the tool compares with the file, null where it keeps nothing. */
  readonly checksum: string | null;
  /** What is wrong with it, where the table says more than that it failed. */
  readonly says?: string;
}

/** Asks the database, read-only. Values come as text, null for NULL. */
export type Ask = (
  sql: string,
  values?: readonly string[],
) => Promise<readonly Readonly<Record<string, string | null>>[]>;

/** How a tool's table is read. */
export interface Reader {
  /**
   * What is recorded, in the order in which it was applied as far as the table tells.
   *
   * @param table quoted and qualified
   * @param known the checkout's migrations, for tables that hold less than one row for each
   */
  read(
    ask: Ask,
    table: string,
    known: readonly Migration[],
    tool: MigrationTool,
  ): Promise<RecordedMigration[]>;
  /** What the table should hold for a migration as the checkout has it; null: the tool does not compare it. */
  checksum?(migration: Migration): string | null;
  /** The tables do not come in the order of application. */
  readonly unordered?: true;
  /** Where the tool's bookkeeping names schemas only. */
  table?(tool: MigrationTool): { readonly schema: string; readonly relation: string } | null;
}
