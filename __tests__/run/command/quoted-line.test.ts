import { beforeAll, describe, expect, test } from 'vitest';
import { OperationLines } from '../../../src/run/command/operation-line.ts';
import { loadParser, parseFile } from '../../../src/sql/parse.ts';

beforeAll(loadParser);

/** The line of each statement, told in the order in which they were sent. */
function linesOf(file: string, text: string, ...statements: string[]): number[] {
  const lines = new OperationLines(file, text);
  return statements.map((sql) =>
    lines.lineOf(
      parseFile(sql).statements.map(({ node }) => node),
      sql,
    ),
  );
}

describe('a statement that stands in the program as it was sent', () => {
  test('each of several in one string, on its own line', () => {
    const text = `exports.up = function up(knex) {
  return knex.raw(\`
    delete from opt_out
    where id > 7;

    alter table opt_out
      add constraint once unique (cell)
  \`);
};
exports.down = (knex) => knex.raw(\`
    delete from opt_out
    where id > 7;
\`);
`;
    const statements = [
      'delete from opt_out\n    where id > 7',
      'alter table opt_out\n      add constraint once unique (cell)',
    ];
    expect(linesOf('x.js', text, ...statements)).toEqual([3, 6]);
  });

  test('again further down, where it is sent twice', () => {
    const text = `def upgrade():
    op.execute("UPDATE users SET age = 1")
    op.execute("ALTER TABLE users ADD COLUMN size int")
    op.execute("UPDATE users SET age = 1")
`;
    const update = 'UPDATE users SET age = 1';
    expect(linesOf('x.py', text, update, 'ALTER TABLE users ADD COLUMN size int', update)).toEqual([2, 3, 4]);
  });

  test('not the beginning of a longer one', () => {
    const text = `def upgrade():
    op.execute("ALTER TABLE users ADD age int DEFAULT 7")
    op.execute("ALTER TABLE users ADD age int; UPDATE users SET age = 1")
`;
    expect(linesOf('x.py', text, 'ALTER TABLE users ADD age int')).toEqual([3]);
  });

  test('a word by itself is found in no string', () => {
    const text = `def upgrade():\n    op.execute("ANALYZE")\n    op.drop_table("users")\n`;
    expect(linesOf('x.py', text, 'DROP TABLE users')).toEqual([3]);
  });
});

describe('a statement that the program has filled in', () => {
  test.each<[string, string, string]>([
    [
      'JavaScript',
      'x.js',
      `const table = "team_domains";
const names = ["team_domains_user_fkey"];
module.exports = {
  up: async (queryInterface) => {
    for (const name of names) {
      await queryInterface.sequelize.query(
        \`alter table "\${table}" drop constraint "\${name}"\`
      );
      await queryInterface.sequelize.query(\`alter table "\${table}"
            add constraint "\${name}" foreign key("userId") references "users" ("id")\`);
    }
  },
};
`,
    ],
    [
      'Python',
      'x.py',
      `TABLE = "team_domains"
names = ["team_domains_user_fkey"]


def upgrade():
    for name in names:
        op.execute(f'alter table "{TABLE}" drop constraint "{name}"')

        op.execute('alter table "%s" add constraint "%s" '
                   'foreign key("userId") references "users" ("id")' % (TABLE, name))
`,
    ],
    [
      'Ruby',
      'x.rb',
      `TABLE = 'team_domains'

class X < ActiveRecord::Migration[7.0]
  def up
    %w[team_domains_user_fkey].each do |name|

      execute %(x) if "alter table \\"x\\""; execute 'select 1'; execute "alter table #{TABLE} drop constraint #{name}"
    end
  end
end
`,
    ],
  ])('%s', (language, file, text) => {
    const quote = language === 'Ruby' ? '' : '"';
    const named = (name: string) => `${quote}${name}${quote}`;
    const drop = `alter table ${named('team_domains')} drop constraint ${named('team_domains_user_fkey')}`;
    expect(linesOf(file, text, drop)).toEqual([7]);
    const add =
      'alter table "team_domains"\n            add constraint "team_domains_user_fkey" foreign key("userId") references "users" ("id")';
    if (language === 'JavaScript') expect(linesOf(file, text, drop, add)).toEqual([7, 9]);
  });

  test('nothing but places to fill is no statement', () => {
    const text =
      'exports.up = async (knex) => {\n  log(`${a} ${b}`);\n  await knex.raw(statements.users);\n};\n';
    expect(linesOf('x.js', text, 'ALTER TABLE users ADD age int')).toEqual([3]);
  });
});
