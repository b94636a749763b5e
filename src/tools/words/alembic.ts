import { list, python } from './literals.ts';
import type { Operation, OperationOf } from './operation.ts';
import { keptCall, type Words } from './words.ts';

/** Alembic: calls of `op`; what refuses a transaction goes into an autocommit block. */
export const alembicWords: Words = {
  comment: '#',
  language: () => 'python',
  migration({ operations, outsideTransaction }) {
    const calls = operations.map(call);
    if (calls.includes(null)) return null;
    return outsideTransaction
      ? ['with op.get_context().autocommit_block():', ...calls.map((each) => `    ${each}`)].join('\n')
      : calls.join('\n');
  },
};

function call(operation: Operation): string | null {
  switch (operation.kind) {
    case 'kept':
      return `...  # ${keptCall}`;
    case 'create-index':
      return createIndex(operation);
    case 'drop-index': {
      const { schema, name } = operation.index;
      return `op.drop_index(${python(name)}${option('schema', schema)}, postgresql_concurrently=True)`;
    }
    case 'add-foreign-key':
      return operation.referencedColumns.length === 0 ? execute(operation) : createForeignKey(operation);
    case 'add-check': {
      const { table, name, condition } = operation;
      const text = asText(condition);
      return text === null
        ? null
        : `op.create_check_constraint(${python(name)}, ${python(table.name)}, ${python(text)}${option('schema', table.schema)}, postgresql_not_valid=True)`;
    }
    case 'set-not-null': {
      const { table, column } = operation;
      return `op.alter_column(${python(table.name)}, ${python(column)}${option('schema', table.schema)}, nullable=False)`;
    }
    default:
      return execute(operation);
  }
}

function createIndex({ table, name, columns, unique, method, where }: OperationOf<'create-index'>) {
  const condition = where === null ? null : asText(where);
  if (where !== null && condition === null) return null;
  return [
    `op.create_index(${python(name)}, ${python(table.name)}, ${list(columns, python)}`,
    option('schema', table.schema),
    unique ? ', unique=True' : '',
    option('postgresql_using', method === 'btree' ? null : method),
    condition === null ? '' : `, postgresql_where=sa.text(${python(condition)})`,
    ', postgresql_concurrently=True)',
  ].join('');
}

const createForeignKey = (key: OperationOf<'add-foreign-key'>): string =>
  [
    `op.create_foreign_key(${python(key.name)}, ${python(key.table.name)}, ${python(key.referenced.name)}`,
    `, ${list(key.columns, python)}, ${list(key.referencedColumns, python)}`,
    option('onupdate', key.onUpdate),
    option('ondelete', key.onDelete),
    option('source_schema', key.table.schema),
    option('referent_schema', key.referenced.schema),
    ', postgresql_not_valid=True)',
  ].join('');

const option = (name: string, value: string | null): string =>
  value === null ? '' : `, ${name}=${python(value)}`;

function execute({ sql }: Operation): string | null {
  const text = asText(sql);
  return text === null ? null : `op.execute(${python(text)})`;
}

/** SQLAlchemy takes `:name` in a text for a parameter, and `\:` for a colon. */
const asText = (sql: string): string | null =>
  sql.includes('\\:') ? null : sql.replace(/(?<![:\p{L}\p{N}_$\\]):(?=[\p{L}\p{N}_$])/gu, '\\:');
