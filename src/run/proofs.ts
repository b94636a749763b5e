/** A server message that is no error. */
export interface Notice {
  readonly severity: string;
  readonly message: string;
}

/** Beginnings of the DEBUG1 messages by which Postgres says what ALTER TABLE and CREATE INDEX do
 * (src/backend/commands/tablecmds.c, src/backend/catalog/index.c). */
const proofBeginnings = [
  'rewriting table',
  'verifying table',
  'building index',
  'validating foreign key constraint',
  'existing constraints on column',
  'partition constraint for table',
  'updated partition constraint for default partition',
];

/** The index of what a table keeps beside its rows: made with every such table, and named by numbers that another run has not. */
const ofToast = /^building index "pg_toast_(\d+)_index" on table "pg_toast_\1" serially$/;

/** The server's own account of what a statement did. */
export function proofsIn(notices: readonly Notice[]): string[] {
  return notices
    .filter((notice) => isProof(notice) && !ofToast.test(notice.message))
    .map(({ message }) => message);
}

/** Is it about what the server does, and not for the author of the migration? */
export const isProof = ({ severity, message }: Notice): boolean =>
  severity.startsWith('DEBUG') && proofBeginnings.some((begin) => message.startsWith(begin));

/** What the migration's author would see: at most 20 texts of 1,000 characters. */
export function shownNotices(notices: readonly Notice[]): string[] {
  return notices
    .filter(({ severity }) => severity === 'NOTICE' || severity === 'WARNING')
    .slice(0, 20)
    .map(({ message }) => message.slice(0, 1_000));
}
