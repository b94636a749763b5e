import type { MigrationTrace } from './trace.ts';

/** One sentence for each thing that the trace of the new migrations could not see. */
export function notObserved(migrations: readonly MigrationTrace[]): string[] {
  return migrations.flatMap((migration) => [
    ...unknownLocks(migration),
    ...hushed(migration),
    ...notOneByOne(migration),
    ...notParsed(migration),
  ]);
}

function unknownLocks({ file, statements }: MigrationTrace): string[] {
  return statements
    .filter(({ source }) => source === 'unknown')
    .map(({ line }) => `The locks of ${file}:${line}, which commits by itself while it runs.`);
}

function hushed({ file, statements }: MigrationTrace): string[] {
  return statements
    .filter(({ source, deaf }) => deaf && source === 'observed')
    .map(
      ({ line }) =>
        `What the server says of the work of ${file}:${line}, whose code sets client_min_messages; locks, rewrites and scans were seen.`,
    );
}

function notOneByOne({ file, alike }: MigrationTrace): string[] {
  return alike.map(
    ({ kind, relation, count, firstLine, lastLine }) =>
      `Each of the ${count} statements ${kind} on ${relation} in lines ${firstLine} to ${lastLine} of ${file}: they ran; the first and the last of their kind were observed.`,
  );
}

function notParsed({ file, ran, error, statements }: MigrationTrace): string[] {
  if (!ran || error !== null || statements.every(({ node }) => node !== null)) return [];
  return [`The single statements of ${file}: the server accepts it, our parser does not; it was sent whole.`];
}
