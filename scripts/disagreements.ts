/** A statement of a real history that one of the two tools points at and the other does not. */
export interface Disagreement {
  /** `owner/name`. */
  readonly repository: string;
  /** End of the migration's path. */
  readonly file: string;
  /** First line of the statement. */
  readonly line: number;
  /** What the statement does, and who is right. */
  readonly why: string;
}

export const disagreements: readonly Disagreement[] = [
  {
    repository: 'umami-software/umami',
    file: '06_session_data/migration.sql',
    line: 2,
    why: 'DROP INDEX: ACCESS EXCLUSIVE for a moment. The gate calls that a notice, and says CONCURRENTLY as well; a matter of taste.',
  },
  {
    repository: 'documenso/documenso',
    file: '20230411134605_doc_208/migration.sql',
    line: 2,
    why: 'A foreign key is dropped, which locks the table that it refers to against reads; the statement does not name that table, and its text cannot tell.',
  },
  {
    repository: 'documenso/documenso',
    file: '20230621130930_add_width_and_height_for_fields/migration.sql',
    line: 2,
    why: 'The default is the constant −1, which is stored in the catalog (since 11). Squawk takes the minus for a function; the shadow saw no rewrite.',
  },
  {
    repository: 'documenso/documenso',
    file: '20230907080056_add_created_at_and_updated_at_columns/migration.sql',
    line: 8,
    why: 'An UPDATE of all rows while the transaction holds ACCESS EXCLUSIVE on the same table from the ALTER TABLE before: nobody reads the table until it is done. Squawk looks at one statement at a time.',
  },
  {
    repository: 'documenso/documenso',
    file: '20231221101005_add_templates/migration.sql',
    line: 14,
    why: 'DROP NOT NULL: what reads the column may meet a NULL. A notice of the gate, which is not counted here.',
  },
  {
    repository: 'documenso/documenso',
    file: '20250522054050_add_organisations/migration.sql',
    line: 797,
    why: 'The column belongs to a table that the same migration has made. Squawk knows new tables for locks, not for what is dropped.',
  },
  {
    repository: 'documenso/documenso',
    file: '20250918070645_add_envelopes/migration.sql',
    line: 437,
    why: 'The table is new, which is why squawk says nothing; but the migration has filled it from two old tables by then, and all of these rows are looked up while writes to "User" wait.',
  },
  {
    repository: 'atuinsh/atuin',
    file: '20220421174016_larger-commands.sql',
    line: 3,
    why: 'varchar(8192) becomes varchar(32768): only the catalog changes. The shadow saw no rewrite; squawk does not know the old type.',
  },
  {
    repository: 'langfuse/langfuse',
    file: '20230720164603_migrate_tokens/migration.sql',
    line: 2,
    why: 'An UPDATE of every row of a table that only grows, in one transaction.',
  },
  {
    repository: 'langfuse/langfuse',
    file: '20240512155020_rename_enum_membership_role_to_project_role/migration.sql',
    line: 37,
    why: 'DROP TYPE of an enum by whose name clients cast and bind parameters; squawk has no rule for types.',
  },
  {
    repository: 'langfuse/langfuse',
    file: '20250519093327_media_add_index_project_id_id/migration.sql',
    line: 3,
    why: 'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS: after a build that failed, the next try takes the INVALID index for the real one, and duplicates stay possible.',
  },
  {
    repository: 'langfuse/langfuse',
    file: '20250519093328_media_relax_id_uniqueness_to_project_only/migration.sql',
    line: 15,
    why: 'The primary key goes: logical replication loses the identity of the rows, and ON CONFLICT (id) fails.',
  },
  {
    repository: 'langfuse/langfuse',
    file: '20260821121500_backfill_evaluator_v2/migration.sql',
    line: 78,
    why: 'The index is on a temporary table that the statement before has made. Nobody else can see it; squawk asks for CONCURRENTLY, which the transaction would refuse.',
  },
];
