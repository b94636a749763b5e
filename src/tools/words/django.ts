import { identifier, qualified } from '../../sql/names.ts';
import { basename, dirname } from '../reading/directories.ts';
import { list, python } from './literals.ts';
import type { Operation, OperationOf, TableName } from './operation.ts';
import { keptCall, type Words } from './words.ts';

/** An entry of `operations`, and what it takes from django.contrib.postgres.operations. */
interface Entry {
  readonly code: string;
  readonly imports?: string;
}

/** A default of the database, which the models' state does not know. */
const dropsDefault = /^ALTER TABLE .+ ALTER COLUMN .+ DROP DEFAULT$/is;

/** Django: operations of a migration, `atomic = False` for what refuses a transaction. */
export const djangoWords: Words = {
  comment: '#',
  language: () => 'python',
  migration({ operations, outsideTransaction, file }) {
    const entries = operations.map((operation) => entry(operation, file));
    const imports = [...new Set(entries.flatMap((each) => each.imports ?? []))].sort();
    return [
      ...(imports.length === 0
        ? []
        : [`from django.contrib.postgres.operations import ${imports.join(', ')}`, '']),
      ...(outsideTransaction ? ['atomic = False', ''] : []),
      'operations = [',
      ...entries.map(({ code }) => `    ${code}`),
      ']',
    ].join('\n');
  },
  closing(operations, code) {
    if (operations.every(({ sql }) => dropsDefault.test(sql)))
      return 'This is for the later release. Django itself drops the default behind AddField; the database keeps one by db_default=… of the field (Django 5.0 and newer), or by migrations.RunSQL("ALTER TABLE … ALTER COLUMN … SET DEFAULT …") behind AddField.';
    // It compares the models with the operations, and would make once more what only SQL has made.
    // A setting is nothing that a model has.
    const changes = operations.some(({ sql }) => !/^(?:re)?set\s/i.test(sql));
    return changes && code.includes('migrations.RunSQL(') && !operations.some(({ kind }) => kind === 'kept')
      ? 'The last RunSQL takes state_operations=[…] with the operation that is here now: it keeps the models’ state.'
      : null;
  },
};

function entry(operation: Operation, file: string): Entry {
  switch (operation.kind) {
    case 'kept':
      return { code: `# ${keptCall}` };
    case 'create-index': {
      const { table, name, columns } = operation;
      const model = isIndexOfModel(operation) ? modelOf(file, table) : null;
      return model === null
        ? runSql(operation, `DROP INDEX CONCURRENTLY IF EXISTS ${qualified(table.schema ?? undefined, name)}`)
        : {
            imports: 'AddIndexConcurrently',
            code: [
              'AddIndexConcurrently(',
              `        model_name=${python(model)},`,
              `        index=models.Index(fields=${list(columns, python)}, name=${python(name)}),`,
              '    ),',
            ].join('\n'),
          };
    }
    case 'add-foreign-key':
    case 'add-check': {
      const { table, name } = operation;
      const from = qualified(table.schema ?? undefined, table.name);
      return runSql(operation, `ALTER TABLE ${from} DROP CONSTRAINT ${identifier(name)}`);
    }
    case 'validate':
      return runSql(operation, '');
    default:
      return runSql(operation, null);
  }
}

/** @param back SQL that takes it back; '' where nothing has to be, null where nobody can say */
function runSql({ sql }: Operation, back: string | null): Entry {
  const reverse =
    back === null ? '' : `, reverse_sql=${back === '' ? 'migrations.RunSQL.noop' : python(back)}`;
  return { code: `migrations.RunSQL(${python(sql)}${reverse}),` };
}

/** A B-tree with a name that Django takes, and none that `db_index` or a foreign key has made. */
const isIndexOfModel = ({ name, unique, method, where }: OperationOf<'create-index'>): boolean =>
  !unique &&
  method === 'btree' &&
  where === null &&
  /^[a-z]\w{0,29}$/i.test(name) &&
  !/_[0-9a-f]{8}(?:_like)?$/.test(name);

/** `order` for the table `shop_order` of a migration of the application `shop`. Null for a table of any other name. */
function modelOf(file: string, { schema, name }: TableName): string | null {
  const application = basename(dirname(dirname(file)));
  const model = name.slice(application.length + 1);
  return schema === null && name === `${application}_${model}` && /^[a-z][a-z0-9]*$/.test(model)
    ? model
    : null;
}
