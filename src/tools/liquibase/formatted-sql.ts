import { atLine, type ChangeSet, checksumOf, expand, plainChangeSet } from './changeset.ts';

/** Is this a formatted SQL changelog? Its first line that is not empty says so. */
export const isFormattedSql = (text: string): boolean => /^\ufeff?\s*--\s*liquibase\s*formatted/i.test(text);

interface Building {
  readonly header: string;
  readonly id: string;
  readonly author: string;
  readonly line: number;
  readonly lines: string[];
  readonly rollback: Map<number, string>;
  comment: string;
  preconditions: boolean;
  refused: { line: number; says: string } | null;
}

const header = /^\s*--\s*changeset\s+("[^"]+"|[^:]+):\s*("[^"]+"|\S+).*$/i;
const anyHeader = /^(?:-\s*changeset\s.*|\s*--\s*changeset\s*.*)$/i;
/** One dash where two belong, which Liquibase takes for a slip and stops at. */
const slips: readonly (readonly [RegExp, string])[] = [
  [/^-\s*comment:? .*$/i, '--comment <comment>'],
  [/^\s*--\s*comments:? .*$/i, '--comment <comment>'],
  [/^\s*?-\s*rollback\s.*$/i, '--rollback <rollback SQL>'],
  [/^\s*?-\s*precondition.*$/i, '--preconditions <onFail>|<onError>|<onUpdate>'],
  [/^-\s*validCheckSum.*$/i, '--validChecksum <checksum>'],
];

/**
 * Reads a formatted SQL changelog line by line, as `AbstractFormattedChangeLogParser` does.
 * @param properties of the changelogs read before it; what it defines is added
 */
export function formattedChangeSets(
  file: string,
  path: string,
  text: string,
  properties: Map<string, string>,
): ChangeSet[] {
  const found: ChangeSet[] = [];
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  let own = path;
  let current: Building | null = null;
  const finish = () => {
    if (current !== null) found.push(changeSetOf(current, file, own, properties));
    current = null;
  };
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (/^\s*--\s*liquibase\s*formatted/i.test(line)) own = logicalPath(line) ?? own;
    const skipped = ignoredLines(lines, index);
    if (skipped !== null) {
      for (; index < skipped && current !== null; index += 1) current.lines.push('');
      index = skipped;
      current?.lines.push('');
      continue;
    }
    if (isProperty(line)) {
      define(line, properties);
      current?.lines.push('');
      continue;
    }
    const match = header.exec(line);
    if (match === null && anyHeader.test(line)) {
      finish();
      current = begin(line, `line ${index + 1}`, '', index + 1);
      current.refused = {
        line: index + 1,
        says: slipText(index + 1, '--changeset <authorname>:<changesetId>'),
      };
    } else if (match !== null) {
      finish();
      current = begin(line, unquoted(match[2] ?? ''), unquoted(match[1] ?? ''), index + 1);
    } else if (current !== null) {
      index = within(current, lines, index);
    }
  }
  finish();
  return found;
}

const begin = (line: string, id: string, author: string, number: number): Building => ({
  header: line,
  id,
  author,
  line: number,
  lines: [],
  rollback: new Map(),
  comment: '',
  preconditions: false,
  refused: null,
});

/** A line of a changeset: SQL, or one of the comments that mean something. Returns the index of the last line read. */
function within(current: Building, lines: readonly string[], index: number): number {
  const line = lines[index] ?? '';
  const comment = /^--\s*comment:? (.*)$/i.exec(line);
  const rollback = /^(\s*--\s*rollback )(.*)$/i.exec(line);
  const slip = slips.find(([pattern]) => pattern.test(line));
  if (comment !== null) current.comment = comment[1] ?? '';
  else if (slip !== undefined) {
    current.refused ??= { line: index + 1, says: slipText(index + 1, slip[1]) };
  } else if (rollback !== null) {
    current.rollback.set(index + 1, ' '.repeat((rollback[1] ?? '').length) + (rollback[2] ?? ''));
  } else if (/^\s*\/\*\s*liquibase\s*rollback\s*$/i.test(line)) {
    for (let at = index + 1; at < lines.length; at += 1) {
      const text = lines[at] ?? '';
      current.lines.push('');
      const last = /\*\/\s*$/.test(text);
      current.rollback.set(at + 1, last ? text.replace(/\*\/\s*$/, '') : text);
      if (last) {
        current.lines.push('');
        return at;
      }
    }
    const says = 'Liquibase stops: Liquibase rollback comment is not closed.';
    current.refused ??= { line: index + 1, says };
    return lines.length;
  } else if (/^\s*--\s*precondition(?:s.*|-[a-z0-9-]+(?: .*)?)$/i.test(line)) current.preconditions = true;
  else if (!/^--\s*validCheckSum:? .*$/i.test(line)) {
    current.lines.push(line);
    return index;
  }
  current.lines.push('');
  return index;
}

function changeSetOf(
  { header: line, lines, refused, ...rest }: Building,
  file: string,
  path: string,
  properties: ReadonlyMap<string, string>,
): ChangeSet {
  const sql = expand(lines.join('\n'), properties);
  const body = sql.trim();
  const flag = (name: string, otherwise: boolean): boolean => {
    const value = attribute(line, name, '(\\w+)');
    return value === null ? otherwise : value.toLowerCase() === 'true';
  };
  const listed = (name: string): string | null => {
    const value = attribute(line, name, '(".*?"|\\S*)');
    return value === null || value === '' ? null : expand(unquoted(value), properties);
  };
  const contexts = listed('contextFilter') ?? listed('context');
  const labels = listed('labels');
  const runWith = attribute(line, 'runWith', '([\\w${}]+)');
  return {
    ...plainChangeSet,
    id: expand(rest.id, properties),
    author: expand(rest.author, properties),
    path: logicalPath(line) ?? path,
    file,
    line: rest.line,
    sql: atLine(rest.line + 1, sql),
    checksum: checksumOf(body),
    endDelimiter: attribute(line, '\\bendDelimiter', '(\\S*)') ?? (body.endsWith('\n/') ? '\n/' : null),
    splitStatements: flag('splitStatements', true),
    stripComments: flag('stripComments', true),
    runInTransaction: flag('runInTransaction', true),
    runOnChange: flag('runOnChange', false),
    runAlways: flag('runAlways', false),
    dbms: attribute(line, 'dbms', '([^,][\\w!,]+)'),
    contexts: contexts === null ? [] : [contexts],
    labels: labels === null ? [] : labels.split(',').map((label) => label.trim()),
    ignore: flag('\\bignore', false),
    comment: rest.comment.trim(),
    preconditions: rest.preconditions,
    rollback: rollbackOf(rest.rollback, properties),
    refused:
      refused ??
      (body === ''
        ? {
            line: rest.line,
            says: `Liquibase stops: No SQL for changeset ${path}::${rest.id}::${rest.author}.`,
          }
        : null),
    opaque:
      runWith === null
        ? null
        : `Liquibase runs the changeset ${rest.id} of ${file} with ${runWith.slice(0, 20)} (runWith), which cannot be done here.`,
  };
}

/** `not required` and `empty` are a way back in which there is nothing to do. */
function rollbackOf(
  parts: ReadonlyMap<number, string>,
  properties: ReadonlyMap<string, string>,
): string | null {
  const text = [...parts.values()].join('\n').trim();
  if (text === '' || /changesetid/i.test(text)) return null;
  if (/^(?:not required|empty)/i.test(text)) return '';
  const lines: string[] = [];
  for (const [line, part] of parts) lines[line - 1] = part;
  return expand(Array.from(lines, (line) => line ?? '').join('\n'), properties);
}

/** The last `name:value` of a line, as the greedy patterns of Liquibase find it. */
const attribute = (line: string, name: string, value: string): string | null =>
  new RegExp(`^.*${name}:${value}`, 'i').exec(line)?.[1] ?? null;

const logicalPath = (line: string): string | null => {
  const path = attribute(line, 'logicalFilePath', '(\\S*)');
  return path === null || path === '' ? null : path;
};

const unquoted = (text: string): string => text.replace(/^"(.*)"$/, '$1').trim();

/** `--property name:… value:…`: two colons with white space between them. */
function isProperty(line: string): boolean {
  if (!/^\s*--\s*property\s/i.test(line)) return false;
  return /\s/.test(line.slice(line.indexOf(':'), line.lastIndexOf(':')));
}

function define(line: string, properties: Map<string, string>): void {
  const name = attribute(line, 'name', '\\s*(\\S+)');
  const value = attribute(line, 'value', '\\s*(\\S+)');
  const dbms = attribute(line, 'dbms', '([^,][\\w!,]+)');
  if (name === null || value === null || (dbms !== null && !matchesDbms(dbms))) return;
  if (!properties.has(name)) properties.set(name, value);
}

/** `postgresql,h2`, `!mysql`, `all`: `DatabaseList.definitionMatches`. */
export function matchesDbms(dbms: string | null): boolean {
  if (dbms === null || dbms.trim() === '') return true;
  const names = dbms.split(',').map((name) => name.trim().toLowerCase());
  if (names.includes('all')) return true;
  if (names.includes('none') || names.includes('!postgresql')) return false;
  return names.includes('postgresql') || names.every((name) => name.startsWith('!'));
}

/** The index of the last line that `--ignoreLines:start` … `end` or `--ignoreLines:n` takes away, or null. */
function ignoredLines(lines: readonly string[], index: number): number | null {
  const what = /^--\s*ignoreLines:(\w+)$/i.exec(lines[index] ?? '')?.[1];
  if (what === undefined) return null;
  if (/^\d+$/.test(what)) return Math.min(lines.length - 1, index + Number(what));
  const end = lines.findIndex((line, at) => at > index && /^--\s*ignoreLines:end$/i.test(line));
  return end === -1 ? lines.length - 1 : end;
}

const slipText = (line: number, shape: string): string =>
  `Liquibase stops: Unexpected formatting in formatted changelog at line ${line}. Formatted SQL changelogs require known formats, such as '${shape}'.`;
