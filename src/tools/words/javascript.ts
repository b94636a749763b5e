import { javascript, list } from './literals.ts';
import type { Operation } from './operation.ts';
import { type Code, keptCall, type Words } from './words.ts';

const isTypeScript = (file: string): boolean => /\.[cm]?ts$/.test(file);
const language = (file: string): Code['language'] => (isTypeScript(file) ? 'typescript' : 'javascript');

/** Calls that send SQL, one a line. */
const sent = (operations: readonly Operation[], call: (sql: string) => string): string[] =>
  operations.map((operation) =>
    operation.kind === 'kept' ? `  // ${keptCall}` : `  await ${call(operation.sql)};`,
  );

/** Knex: raw SQL, since its builder knows neither CONCURRENTLY nor NOT VALID. */
export const knexWords: Words = {
  comment: '//',
  language,
  migration({ operations, outsideTransaction, file }) {
    const modules = isTypeScript(file) || file.endsWith('.mjs');
    const type = isTypeScript(file) ? ': Knex' : '';
    // A question mark is a parameter to Knex.
    const lines = sent(operations, (sql) => `knex.raw(${javascript(sql.replaceAll('?', '\\?'))})`);
    return [
      ...(outsideTransaction
        ? [`${modules ? 'export const config' : 'exports.config'} = { transaction: false };`, '']
        : []),
      modules ? `export async function up(knex${type}) {` : 'exports.up = async (knex) => {',
      ...lines,
      modules ? '}' : '};',
    ].join('\n');
  },
};

/** TypeORM: queries, `transaction = false` of the class for what refuses a transaction. */
export const typeormWords: Words = {
  comment: '//',
  language,
  migration: ({ operations, outsideTransaction, file }) =>
    [
      ...(outsideTransaction ? ['transaction = false;', ''] : []),
      isTypeScript(file)
        ? 'public async up(queryRunner: QueryRunner): Promise<void> {'
        : 'async up(queryRunner) {',
      ...sent(operations, (sql) => `queryRunner.query(${javascript(sql)})`),
      '}',
    ].join('\n'),
};

/** Sequelize, which opens no transaction by itself, and sends each call over any connection of its pool. */
export const sequelizeWords: Words = {
  comment: '//',
  language,
  migration: ({ operations, outsideTransaction }) =>
    [
      'async up(queryInterface) {',
      ...(operations.length > 1 && !outsideTransaction
        ? inTransaction(operations)
        : operations.flatMap((operation) => {
            const call = addIndex(operation);
            return call === null
              ? sent([operation], (sql) => `queryInterface.sequelize.query(${javascript(sql)})`)
              : [`  await ${call};`];
          })),
      '}',
    ].join('\n'),
};

/** Statements that belong together: a setting for the next one, or a swap that nobody sees half of. */
const inTransaction = (operations: readonly Operation[]): string[] => [
  '  await queryInterface.sequelize.transaction(async (transaction) => {',
  ...operations
    .map(({ kind, sql }) => ({ kind, sql: sql.replace(/^SET (?!LOCAL )(?=\w+ =)/i, 'SET LOCAL ') }))
    .filter(({ sql }) => !/^RESET /i.test(sql))
    .map(({ kind, sql }) =>
      kind === 'kept'
        ? `    // ${keptCall}, with { transaction } among its options`
        : `    await queryInterface.sequelize.query(${javascript(sql)}, { transaction });`,
    ),
  '  });',
];

function addIndex(operation: Operation): string | null {
  if (operation.kind !== 'create-index' || operation.where !== null || operation.table.schema !== null)
    return null;
  const { table, name, columns, unique, method } = operation;
  const options = [
    `name: ${javascript(name)}`,
    'concurrently: true',
    ...(unique ? ['unique: true'] : []),
    ...(method === 'btree' ? [] : [`using: ${javascript(method)}`]),
  ];
  return `queryInterface.addIndex(${javascript(table.name)}, ${list(columns, javascript)}, { ${options.join(', ')} })`;
}

/** Kysely: raw SQL, since its builder knows neither CONCURRENTLY nor NOT VALID. */
export const kyselyWords: Words = {
  comment: '//',
  language,
  migration: ({ operations, file }) =>
    [
      isTypeScript(file)
        ? 'export async function up(db: Kysely<any>): Promise<void> {'
        : 'export async function up(db) {',
      ...sent(operations, (sql) => `sql\`${templated(sql)}\`.execute(db)`),
      '}',
    ].join('\n'),
};

/** Text between the signs of a tagged template. */
const templated = (sql: string): string =>
  sql.replace(/[\\`]|\$(?=\{)/g, (sign) => `\\${sign}`).replaceAll('\r', '\\r');

/** MikroORM: `addSql`, and what leaves the transaction of a class. */
export const mikroOrmWords: Words = {
  comment: '//',
  language,
  migration: ({ operations, outsideTransaction, file }) => {
    const [leaves, up] = isTypeScript(file)
      ? (['override isTransactional(): boolean', 'override async up(): Promise<void>'] as const)
      : (['isTransactional()', 'async up()'] as const);
    return [
      ...(outsideTransaction ? [`${leaves} {`, '  return false;', '}', ''] : []),
      `${up} {`,
      ...operations.map((operation) =>
        operation.kind === 'kept' ? `  // ${keptCall}` : `  this.addSql(${javascript(operation.sql)});`,
      ),
      '}',
    ].join('\n');
  },
  closing: (_, code) =>
    code.includes('isTransactional')
      ? 'The config says migrations: { allOrNothing: false }: without it one transaction stays open around all of them.'
      : null,
};
