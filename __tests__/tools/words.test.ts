import { beforeAll, describe, expect, test } from 'vitest';
import { loadParser } from '../../src/sql/parse.ts';
import { toolNamed } from '../../src/tools/index.ts';
import type { ToolName } from '../../src/tools/tool.ts';
import { javascript } from '../../src/tools/words/literals.ts';
import { inToolWords, type Part } from '../../src/tools/words/words.ts';

beforeAll(loadParser);

const part = (sql: string | string[], more: Partial<Part> = {}): Part => ({
  title: 'do it',
  sql: [sql].flat(),
  outsideTransaction: false,
  fills: false,
  ...more,
});
const outside = { outsideTransaction: true };
const files: Partial<Record<ToolName, string>> = {
  alembic: 'migrations/versions/3c4d_email.py',
  django: 'shop/migrations/0002_email.py',
  rails: 'db/migrate/20240102000000_email.rb',
  knex: 'migrations/20240102000000_email.js',
  typeorm: 'src/migrations/1700000000000-email.ts',
  sequelize: 'migrations/20240102000000-email.js',
};

function said(tool: ToolName, parts: readonly Part[], options: { file?: string; kept?: string } = {}) {
  const { title, words } = toolNamed(tool);
  if (words === undefined) throw new Error(`${tool} has no words`);
  const file = options.file ?? files[tool] ?? '';
  return inToolWords({ title, words }, parts, { file, kept: options.kept ?? null });
}

describe('an index that is built while writes go on', () => {
  const index = part('CREATE INDEX CONCURRENTLY order_email ON shop_order (email);', outside);

  test.each<[ToolName, string]>([
    [
      'alembic',
      `with op.get_context().autocommit_block():
    op.create_index("order_email", "shop_order", ["email"], postgresql_concurrently=True)`,
    ],
    [
      'django',
      `from django.contrib.postgres.operations import AddIndexConcurrently

atomic = False

operations = [
    AddIndexConcurrently(
        model_name="order",
        index=models.Index(fields=["email"], name="order_email"),
    ),
]`,
    ],
    [
      'rails',
      `disable_ddl_transaction!

def change
  add_index :shop_order, :email, algorithm: :concurrently, name: "order_email"
end`,
    ],
    [
      'knex',
      `exports.config = { transaction: false };

exports.up = async (knex) => {
  await knex.raw('CREATE INDEX CONCURRENTLY order_email ON shop_order (email)');
};`,
    ],
    [
      'typeorm',
      `transaction = false;

public async up(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query('CREATE INDEX CONCURRENTLY order_email ON shop_order (email)');
}`,
    ],
    [
      'sequelize',
      `async up(queryInterface) {
  await queryInterface.addIndex('shop_order', ['email'], { name: 'order_email', concurrently: true });
}`,
    ],
  ])('%s', (tool, text) => {
    expect(said(tool, [index])).toMatchObject({ tool: toolNamed(tool).title, text });
  });

  test('what a call cannot say is said as SQL', () => {
    for (const sql of [
      'CREATE INDEX CONCURRENTLY i ON shop_order (lower(email))',
      'CREATE INDEX CONCURRENTLY i ON shop_order (email DESC)',
      'CREATE INDEX CONCURRENTLY i ON shop_order (email text_pattern_ops)',
      'CREATE INDEX CONCURRENTLY i ON shop_order (email) INCLUDE (total)',
      'CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON shop_order (email)',
      'CREATE INDEX CONCURRENTLY i ON ONLY shop_order (email)',
    ])
      for (const tool of ['alembic', 'django', 'rails'] as const)
        expect(said(tool, [part(`${sql};`, outside)])?.text).toContain(sql);
  });

  test('Django: a name of db_index, a unique index and a table of another name are no index of the model', () => {
    const sql = (text: string) => said('django', [part(text, outside)])?.text;
    expect(sql('CREATE INDEX CONCURRENTLY shop_order_email_1a2b3c4d ON shop_order (email);')).toContain(
      'migrations.RunSQL("CREATE INDEX CONCURRENTLY shop_order_email_1a2b3c4d',
    );
    expect(sql('CREATE UNIQUE INDEX CONCURRENTLY i ON shop_order (email);')).toContain('RunSQL');
    expect(sql('CREATE INDEX CONCURRENTLY i ON orders (email);')).toContain('RunSQL');
    expect(sql('CREATE INDEX CONCURRENTLY i ON shop_order_tags (email);')).toContain('RunSQL');
  });
});

describe('a constraint that is added NOT VALID and validated later', () => {
  const parts = [
    part([
      'ALTER TABLE orders ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID;',
      'ALTER TABLE orders ADD CONSTRAINT total_set CHECK (total IS NOT NULL) NOT VALID;',
    ]),
    part([
      'ALTER TABLE orders VALIDATE CONSTRAINT orders_user;',
      'ALTER TABLE orders VALIDATE CONSTRAINT total_set;',
      'ALTER TABLE orders ALTER COLUMN total SET NOT NULL;',
    ]),
  ];

  test('Alembic', () => {
    expect(said('alembic', parts)?.text).toBe(`# Migration 1 of 2: do it
op.create_foreign_key("orders_user", "orders", "users", ["user_id"], ["id"], ondelete="CASCADE", postgresql_not_valid=True)
op.create_check_constraint("total_set", "orders", "total IS NOT NULL", postgresql_not_valid=True)

# Migration 2 of 2: do it
op.execute("ALTER TABLE orders VALIDATE CONSTRAINT orders_user")
op.execute("ALTER TABLE orders VALIDATE CONSTRAINT total_set")
op.alter_column("orders", "total", nullable=False)`);
  });

  test('Rails: what is validated is known from where it was added', () => {
    expect(said('rails', parts)?.text).toBe(`# Migration 1 of 2: do it
def change
  add_foreign_key :orders, :users, column: :user_id, name: "orders_user", on_delete: :cascade, validate: false
  add_check_constraint :orders, "total IS NOT NULL", name: "total_set", validate: false
end

# Migration 2 of 2: do it
def change
  validate_foreign_key :orders, name: "orders_user"
  validate_check_constraint :orders, name: "total_set"
  change_column_null :orders, :total, false
end`);
    expect(said('rails', parts.slice(1))?.text).toContain('VALIDATE CONSTRAINT orders_user');
  });

  test('Django: SQL, and the way back', () => {
    expect(said('django', parts)?.text).toContain(
      'migrations.RunSQL("ALTER TABLE orders VALIDATE CONSTRAINT orders_user", reverse_sql=migrations.RunSQL.noop),',
    );
    expect(said('django', parts)?.text).toMatch(/\n\n# The last RunSQL takes state_operations=.*$/);
  });
});

test('the call that is there stays, and what is to be done between migrations is told', () => {
  const parts = [
    part(["SET LOCAL lock_timeout = '2s';", 'alter table users drop age;'], { fills: true }),
    part([], { title: 'wait\nfor it' }),
  ];
  expect(
    said('knex', parts, { kept: 'alter table users drop age' })?.text,
  ).toBe(`exports.up = async (knex) => {
  await knex.raw("SET LOCAL lock_timeout = '2s'");
  // the call that is here now
};
// Then the rows, in batches, as the SQL tells.

// wait
// for it`);
});

test('nothing to say where only the call itself moves', () => {
  expect(said('knex', [part('SELECT 1;')], { kept: 'SELECT 1' })).toBeNull();
  expect(said('rails', [part('VACUUM;', outside)], { kept: 'VACUUM' })?.text).toContain(
    'disable_ddl_transaction!',
  );
  expect(said('knex', [part('SELECT FROM FROM;')])).toBeNull();
});

test('modules and TypeScript export', () => {
  const sql = [part('SELECT 1;', outside)];
  expect(said('knex', sql, { file: 'migrations/1_x.ts' })).toMatchObject({
    language: 'typescript',
    text: `export const config = { transaction: false };

export async function up(knex: Knex) {
  await knex.raw('SELECT 1');
}`,
  });
});

test('a setting for the transaction alone, in the calls of each tool', () => {
  const sql = 'SET LOCAL search_path TO app;';
  expect(said('django', [part(sql)])?.text).toBe(
    'operations = [\n    migrations.RunSQL("SET LOCAL search_path TO app"),\n]',
  );
  expect(said('alembic', [part(sql)])?.text).toBe('op.execute("SET LOCAL search_path TO app")');
  expect(said('rails', [part(sql)])?.text).toContain('  SET LOCAL search_path TO app');
  expect(said('knex', [part(sql)])?.text).toContain("await knex.raw('SET LOCAL search_path TO app');");
});

test('Django: a default that is dropped later has to be kept first, which Django does not do', () => {
  const text = said('django', [part('ALTER TABLE shop_order ALTER COLUMN total DROP DEFAULT;')])?.text;
  expect(text).toContain('migrations.RunSQL("ALTER TABLE shop_order ALTER COLUMN total DROP DEFAULT")');
  expect(text).toContain('db_default');
  expect(text).not.toContain('state_operations');
});

describe('statements that belong together, where the tool opens no transaction', () => {
  test('Sequelize: one transaction, and every call in it', () => {
    const parts = [
      part(["SET LOCAL lock_timeout = '2s';", 'ALTER TABLE orders ADD COLUMN age int;'], {
        title: 'give up after two seconds',
      }),
    ];
    expect(
      said('sequelize', parts, { kept: 'ALTER TABLE orders ADD COLUMN age int' })?.text,
    ).toBe(`async up(queryInterface) {
  await queryInterface.sequelize.transaction(async (transaction) => {
    await queryInterface.sequelize.query("SET LOCAL lock_timeout = '2s'", { transaction });
    // the call that is here now, with { transaction } among its options
  });
}`);
  });

  test('Sequelize: a setting of the session lasts for the transaction, and need not be taken back', () => {
    const sql = ["SET lock_timeout = '2s';", 'ALTER TABLE orders ADD COLUMN age int;', 'RESET lock_timeout;'];
    const text = said('sequelize', [part(sql)])?.text;
    expect(text).toContain(`"SET LOCAL lock_timeout = '2s'", { transaction }`);
    expect(text).not.toContain('RESET');
  });

  test('Sequelize: none for one statement, and none for what refuses it', () => {
    expect(said('sequelize', [part('ALTER TABLE orders VALIDATE CONSTRAINT c;')])?.text).not.toContain(
      'transaction',
    );
    const both = part(['DROP INDEX CONCURRENTLY IF EXISTS i;', 'REINDEX INDEX CONCURRENTLY j;'], outside);
    expect(said('sequelize', [both])?.text).not.toContain('transaction');
  });
});

describe('text that is code somewhere', () => {
  const hostile = 'a\'b"c`d\\e${f}#{g}\n"""\n  SQL \r$$h"';

  test('a string of JavaScript is the text again', () => {
    for (const text of [hostile, hostile.replaceAll('\n', ' '), `it's`, `it's "it"`, '\\', '`\n`'])
      expect(new Function(`return ${javascript(text)}`)()).toBe(text);
  });

  test('parameters of Knex and of SQLAlchemy are none', () => {
    const sql = [part("SELECT '{}'::jsonb ? ':x';")];
    expect(said('knex', sql)?.text).toContain(`knex.raw("SELECT '{}'::jsonb \\\\? ':x'")`);
    expect(said('alembic', sql)?.text).toContain(`op.execute("SELECT '{}'::jsonb ? '\\\\:x'")`);
    expect(said('alembic', [part("SELECT '\\:x';")])).toBeNull();
  });

  test('a line that would end the heredoc: no code at all', () => {
    expect(said('rails', [part("SELECT '\nSQL\nsystem(1)';")])).toBeNull();
    expect(said('rails', [part('ALTER TABLE t ALTER COLUMN "a#{b}" SET NOT NULL;')])?.text).toContain(
      'change_column_null :t, :"a\\#{b}", false',
    );
  });
});
