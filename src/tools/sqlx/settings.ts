import { parse } from 'smol-toml';
import { UserError } from '../../errors.ts';
import type { Tree } from '../../git/tree.ts';
import { andAbove, within } from '../reading/directories.ts';

/** `[migrate]` of sqlx.toml. */
export interface SqlxSettings {
  /** As it stands in SQL, quotes and schema included. */
  readonly table: string;
  readonly createSchemas: readonly string[];
  /** Characters that the checksum leaves out. */
  readonly ignoredChars: readonly string[];
}

export const sqlxDefaults: SqlxSettings = {
  table: '_sqlx_migrations',
  createSchemas: [],
  ignoredChars: [],
};

/** What may stand as a name in SQL, so that nothing of the file becomes SQL of ours. */
const name = /^(?:"(?:[^"]|"")+"|[A-Za-z_][\w$]*)(?:\.(?:"(?:[^"]|"")+"|[A-Za-z_][\w$]*))?$/;

/** The nearest sqlx.toml at or above the directory. */
export async function sqlxSettings(tree: Tree, directory: string): Promise<SqlxSettings> {
  for (const above of andAbove(directory)) {
    const path = within(above, 'sqlx.toml');
    const text = (await tree.read([path])).get(path)?.toString('utf8');
    if (text !== undefined) return settingsIn(path, text);
  }
  return sqlxDefaults;
}

function settingsIn(path: string, text: string): SqlxSettings {
  let migrate: unknown;
  try {
    migrate = parse(text).migrate ?? {};
  } catch (error) {
    throw new UserError(`${path} cannot be read: ${(error as Error).message}`, {
      place: { file: path },
      cause: error,
    });
  }
  const settings = migrate as Record<string, unknown>;
  const table = settings['table-name'] ?? sqlxDefaults.table;
  const schemas = strings(settings['create-schemas']);
  const wrong = [table, ...schemas].find((one) => typeof one !== 'string' || !name.test(one));
  if (wrong !== undefined)
    throw new UserError(`${path}: ${JSON.stringify(wrong)} is no name of a table or schema.`, {
      place: { file: path },
    });
  return {
    table: String(table),
    createSchemas: schemas,
    ignoredChars: strings(settings['ignored-chars']),
  };
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
