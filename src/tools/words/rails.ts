import { list, ruby, symbol } from './literals.ts';
import type { Operation, OperationOf, TableName } from './operation.ts';
import { keptCall, type Words } from './words.ts';

/** Rails: calls of a migration, `disable_ddl_transaction!` for what refuses a transaction. */
export const railsWords: Words = {
  comment: '#',
  language: () => 'ruby',
  migration({ operations, outsideTransaction, before }) {
    const calls = operations.map((operation) => call(operation, [...before, ...operations]));
    if (calls.includes(null)) return null;
    const lines = (calls as readonly string[]).join('\n').split('\n');
    // What `execute` sends has no way back that Rails could find.
    const method = lines.some((line) => line.startsWith('execute')) ? 'up' : 'change';
    return [
      ...(outsideTransaction ? ['disable_ddl_transaction!', ''] : []),
      `def ${method}`,
      ...lines.map((line) => (line === '' ? line : `  ${line}`)),
      'end',
    ].join('\n');
  },
};

function call(operation: Operation, all: readonly Operation[]): string | null {
  switch (operation.kind) {
    case 'kept':
      return `# ${keptCall}`;
    case 'create-index':
      return isPlain(operation.table) ? addIndex(operation) : execute(operation);
    case 'add-foreign-key':
      return addForeignKey(operation) ?? execute(operation);
    case 'add-check': {
      const { table, name, condition } = operation;
      return isPlain(table)
        ? `add_check_constraint ${tableName(table)}, ${ruby(condition)}, name: ${ruby(name)}, validate: false`
        : execute(operation);
    }
    case 'validate': {
      const { table, name } = operation;
      const added = all.find(
        (each) => 'name' in each && each.kind !== 'validate' && each.name === name,
      )?.kind;
      const method =
        added === 'add-foreign-key'
          ? 'validate_foreign_key'
          : added === 'add-check'
            ? 'validate_check_constraint'
            : null;
      return method !== null && isPlain(table)
        ? `${method} ${tableName(table)}, name: ${ruby(name)}`
        : execute(operation);
    }
    case 'set-not-null': {
      const { table, column } = operation;
      return isPlain(table)
        ? `change_column_null ${tableName(table)}, ${symbol(column)}, false`
        : execute(operation);
    }
    default:
      return execute(operation);
  }
}

function addIndex({ table, name, columns, unique, method, where }: OperationOf<'create-index'>): string {
  const [only = '', ...more] = columns;
  return [
    `add_index ${tableName(table)}, ${more.length === 0 ? symbol(only) : list(columns, symbol)}`,
    'algorithm: :concurrently',
    `name: ${ruby(name)}`,
    ...(unique ? ['unique: true'] : []),
    ...(method === 'btree' ? [] : [`using: ${symbol(method)}`]),
    ...(where === null ? [] : [`where: ${ruby(where)}`]),
  ].join(', ');
}

function addForeignKey(key: OperationOf<'add-foreign-key'>): string | null {
  const [column, ...more] = key.columns;
  const [primary = 'id', ...others] = key.referencedColumns;
  const tables = isPlain(key.table) && isPlain(key.referenced);
  if (column === undefined || more.length > 0 || others.length > 0 || !tables) return null;
  if (key.onDelete === 'SET DEFAULT' || key.onUpdate === 'SET DEFAULT') return null;
  return [
    `add_foreign_key ${tableName(key.table)}, ${tableName(key.referenced)}`,
    `column: ${symbol(column)}`,
    ...(primary === 'id' ? [] : [`primary_key: ${symbol(primary)}`]),
    `name: ${ruby(key.name)}`,
    ...(key.onDelete === null ? [] : [`on_delete: ${actions[key.onDelete]}`]),
    ...(key.onUpdate === null ? [] : [`on_update: ${actions[key.onUpdate]}`]),
    'validate: false',
  ].join(', ');
}

const actions = { RESTRICT: ':restrict', CASCADE: ':cascade', 'SET NULL': ':nullify' } as const;

/** Rails reads a dot as the end of the schema, and quotes as quotes. */
const isPlain = ({ schema, name }: TableName): boolean => !/[."]/.test(`${schema ?? ''}${name}`);

const tableName = ({ schema, name }: TableName): string =>
  schema === null ? symbol(name) : ruby(`${schema}.${name}`);

/** Null where a line of the statement would end the heredoc. */
const execute = ({ sql }: Operation): string | null =>
  /^\s*SQL\s*$/m.test(sql)
    ? null
    : ["execute <<~'SQL'", ...sql.split('\n').map((line) => (line === '' ? line : `  ${line}`)), 'SQL'].join(
        '\n',
      );
