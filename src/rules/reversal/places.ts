import type { SchemaChange } from '../../catalog/model.ts';
import type { ServerError } from '../../run/trace.ts';
import { parseFile } from '../../sql/parse.ts';
import type { Down, Migration } from '../../tools/tool.ts';
import { caret } from '../failures/server-error.ts';
import type { FindingDraft } from '../rule.ts';
import { listed } from '../wording.ts';

/** What findings of these rules have in common: they are about no lock. */
const nothingSeen = { object: null, evidence: null, fix: null } satisfies Partial<FindingDraft>;

/** A place in the text of a migration: the statement that names the object, else the first one. */
export function inMigration({ version, file, sql }: Migration, name: string | null) {
  const { index, line, endLine } = statementAbout(sql, name);
  return {
    ...nothingSeen,
    migration: version,
    file,
    line,
    endLine,
    ...(index === null ? {} : { statement: index }),
  };
}

/** The statement of a migration that an error points into. */
export const atError = (migration: Migration, { line }: ServerError) => atLine(migration, line);

/** The statement of a migration that stands on a line. */
export function atLine({ version, file, sql }: Migration, line: number) {
  const { statements } = parseFile(sql);
  const index = statements.findIndex((statement) => statement.line <= line && line <= statement.endLine);
  return {
    ...nothingSeen,
    migration: version,
    file,
    line,
    endLine: statements[index]?.endLine ?? line,
    ...(index === -1 ? {} : { statement: index }),
  };
}

/** A place in a down. Its statements are counted apart from the migration's, so that only a file's comments accept it. */
export function inDown({ version }: Migration, { file, sql }: Down, name: string | null) {
  const { line, endLine } = statementAbout(sql, name);
  return { ...nothingSeen, migration: version, file, line, endLine };
}

function statementAbout(sql: string, name: string | null) {
  const { statements } = parseFile(sql);
  const local = name?.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const naming =
    local === undefined ? -1 : statements.findIndex((each) => each.sql.toLowerCase().includes(local));
  const index = naming === -1 ? (statements.length > 0 ? 0 : null) : naming;
  const statement = index === null ? undefined : statements[index];
  return { index, line: statement?.line ?? 1, endLine: statement?.endLine ?? 1 };
}

export const errorDetail = (sql: string, error: ServerError): FindingDraft['detail'] & object => ({
  language: 'text',
  text: caret(sql, error),
});

/** Changes as lines, for the part of a finding that is shown open. */
export function changesDetail(changes: readonly SchemaChange[]): FindingDraft['detail'] & object {
  const lines = changes
    .slice(0, mostChanges)
    .flatMap(({ change, type, name, before, after }) => [
      `${change} ${type.replaceAll('-', ' ')} ${name}`,
      ...(before === null ? [] : prefixed('- ', before)),
      ...(after === null ? [] : prefixed('+ ', after)),
    ]);
  const more = changes.length - mostChanges;
  return { language: 'diff', text: [...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n') };
}

const mostChanges = 20;

const prefixed = (sign: string, text: string): string[] => text.split('\n').map((line) => `${sign}${line}`);

/** `table public.users is there, index public.i is gone`: what is different from how it was before. */
export const inWords = (changes: readonly SchemaChange[]): string => listed(changes.map(oneInWords));

function oneInWords({ change, type, name, previousName }: SchemaChange): string {
  const object = `${type.replaceAll('-', ' ')} ${name}`;
  switch (change) {
    case 'added':
      return `${object} stays`;
    case 'removed':
      return `${object} does not come back`;
    case 'renamed':
      return `${previousName} stays renamed to ${object}`;
    case 'altered':
      return `${object} is another one`;
  }
}
