import { Undecided } from '../../errors.ts';
import { lineFinder } from '../../sql/parse.ts';
import { decodeMigration } from '../reading/decode.ts';
import { basename } from '../reading/directories.ts';
import { properties } from '../reading/java-config.ts';
import type { Migration, TransactionRule } from '../tool.ts';
import { checksumOf } from './checksum.ts';
import { type FlywayStatement, parseScript } from './parser.ts';
import { builtIn, replacePlaceholders } from './placeholders.ts';
import type { FlywaySettings } from './settings.ts';

/** What Flyway makes of one script before it sends anything. */
export type Script = Pick<Migration, 'sql' | 'transaction' | 'messages' | 'copyData' | 'refused'> & {
  /** CRC-32 of the text, for repeatable ones with placeholders replaced. */
  readonly checksum: number;
  /** False: its `.conf` says `shouldExecute=false`. */
  readonly runs: boolean;
};

/** Reads a script and its `<file>.conf`. @throws Undecided for bytes that are not of the configured encoding */
export function readScript(
  file: string,
  bytes: Buffer,
  sidecar: Buffer | undefined,
  settings: FlywaySettings,
  repeatable: boolean,
): Script {
  const own = new Map(sidecar === undefined ? [] : properties(sidecar.toString('utf8')));
  const flag = (key: string, otherwise: boolean) =>
    own.has(key) ? String(own.get(key)).toLowerCase() === 'true' : otherwise;
  const raw = decoded(file, bytes, String(own.get('encoding') ?? settings.encoding));
  const runs = String(own.get('shouldExecute') ?? 'true').toLowerCase() !== 'false';
  const values = { ...settings.placeholders, ...builtIn(settings, basename(file)) };
  const replaced = flag('placeholderReplacement', settings.placeholderReplacement)
    ? replacePlaceholders(raw, values, settings)
    : { text: raw };
  const as = (transaction: TransactionRule) => ({ sql: raw, transaction, checksum: checksumOf(raw), runs });
  if ('missing' in replaced) {
    const says = `Flyway stops: No value provided for placeholder: ${replaced.missing}. Nothing in the repository gives one; where the deployment does, put it under placeholders: in .github/migration-gate.yml.`;
    return { ...as('single'), refused: { line: lineFinder(raw)(replaced.at).line, says } };
  }
  const { text } = replaced;
  const checksum = checksumOf(repeatable ? text : raw);
  const script = parseScript(text);
  const refuse = (at: number, says: string): Script => ({
    ...as('single'),
    checksum,
    refused: { line: lineFinder(text)(at).line, says },
  });
  if (script.error !== null) {
    return refuse(script.error.at, `Flyway stops: Unable to parse statement: ${script.error.says}.`);
  }
  const { statements } = script;
  const forbids = statements.find(({ transactional }) => !transactional);
  const asked = own.has('executeInTransaction') ? flag('executeInTransaction', true) : null;
  if (forbids !== undefined && asked === null && settings.executeInTransaction && !settings.mixed) {
    const first = statements[0]?.transactional ?? true;
    const offending = statements.find(({ transactional }) => transactional !== first);
    if (offending !== undefined) return refuse(offending.code, mixedText(forbids, text));
  }
  const inTransaction = asked ?? (forbids === undefined && settings.executeInTransaction);
  return {
    ...as(inTransaction ? (settings.group ? 'shared' : 'single') : 'none'),
    sql: withoutData(text, statements),
    checksum,
    messages: statements.map(({ start, end }) => ({ start, end })),
    copyData: statements.flatMap(({ end, copy }) =>
      copy === null ? [] : [{ at: Math.min(end + 1, copy.from), data: copy.data }],
    ),
  };
}

const mixedText = ({ start, end }: FlywayStatement, text: string): string =>
  `Flyway stops: Detected both transactional and non-transactional statements within the same migration (even though mixed is false). ${summary(text.slice(start, end))} must be alone in a file, with others of its kind at most; or set mixed=true.`;

const summary = (sql: string): string => {
  const one = sql
    .replace(/^(?:\s|--.*\n)+/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return one.length <= 60 ? one : `${one.slice(0, 60)}…`;
};

/** The data of COPY is no SQL: spaces in its place, line ends kept. */
function withoutData(text: string, statements: readonly FlywayStatement[]): string {
  let sql = '';
  let done = 0;
  for (const { copy } of statements) {
    if (copy === null) continue;
    sql += text.slice(done, copy.from) + text.slice(copy.from, copy.to).replace(/[^\r\n]/g, ' ');
    done = copy.to;
  }
  return sql + text.slice(done);
}

const labels: Readonly<Record<string, string>> = {
  'iso-8859-1': 'latin1',
  'iso8859-1': 'latin1',
  cp1252: 'windows-1252',
};

function decoded(file: string, bytes: Buffer, encoding: string): string {
  const name = encoding.toLowerCase();
  if (name === 'utf-8' || name === 'utf8' || name === 'us-ascii') {
    const { text, encoding: found } = decodeMigration(file, bytes);
    if (found === 'utf-8') return text;
    throw new Undecided(
      'invalid-configuration',
      `${file} is ${found.toUpperCase()}, and Flyway reads it as ${encoding} (flyway.encoding) and stops. Save it as UTF-8; PowerShell's > writes UTF-16.`,
      { place: { file } },
    );
  }
  // Latin-1 has a character for every byte, and the decoder of that name has those of Windows for 80 to 9F.
  if (labels[name] === 'latin1') return bytes.toString('latin1');
  try {
    return new TextDecoder(labels[name] ?? name, { fatal: true }).decode(bytes).replace(/^\ufeff/, '');
  } catch (error) {
    throw new Undecided(
      'invalid-configuration',
      `${file} cannot be read as ${encoding}, which Flyway's settings name (flyway.encoding).`,
      { place: { file }, cause: error },
    );
  }
}
