import { beforeAll, expect, test } from 'vitest';
import { loadParser, parseFile, sameStatements } from '../../src/sql/parse.ts';
import { toolNamed } from '../../src/tools/index.ts';
import type { ToolName } from '../../src/tools/tool.ts';
import { inToolWords, type Part } from '../../src/tools/words/words.ts';
import { applicationOf, checked, projectOf, systemPrograms } from './applications.ts';

// The code that a fix shows is run by the real tool, and must send the fix's SQL.

beforeAll(async () => {
  await systemPrograms();
  await loadParser();
});

/** A fix with something of everything, hard to quote. */
function fix(table: string, key: string): Part[] {
  const part = (outsideTransaction: boolean, ...sql: string[]): Part => ({
    title: 'x',
    sql,
    outsideTransaction,
    fills: false,
  });
  return [
    part(
      true,
      `CREATE INDEX CONCURRENTLY word_email ON ${table} (email);`,
      `CREATE INDEX CONCURRENTLY word_some ON ${table} (email) WHERE email <> ':x%';`,
      `CREATE UNIQUE INDEX CONCURRENTLY word_both ON ${table} (email, id);`,
    ),
    part(
      false,
      `ALTER TABLE ${table} ADD COLUMN parent ${key};`,
      `COMMENT ON TABLE ${table} IS 'it''s ":x?" %s
\\ #{1} \${2} \`"""\`';`,
      `ALTER TABLE ${table} ADD CONSTRAINT word_parent FOREIGN KEY (parent) REFERENCES ${table} (id) ON DELETE CASCADE NOT VALID;`,
      `ALTER TABLE ${table} ADD CONSTRAINT word_set CHECK (parent IS NOT NULL) NOT VALID;`,
      `ALTER TABLE ${table} ADD CONSTRAINT word_colon CHECK (email <> ':y?') NOT VALID;`,
    ),
    part(
      false,
      `ALTER TABLE ${table} VALIDATE CONSTRAINT word_parent;`,
      `ALTER TABLE ${table} VALIDATE CONSTRAINT word_set;`,
      `ALTER TABLE ${table} ALTER COLUMN parent SET NOT NULL;`,
      `ALTER TABLE ${table} DROP CONSTRAINT word_set;`,
    ),
    part(true, 'DROP INDEX CONCURRENTLY word_some;'),
    part(
      true,
      `DO $$
BEGIN
  UPDATE ${table} SET email = '%:x' || email WHERE email <> '?';
  COMMIT;
END $$;`,
    ),
  ];
}

interface Trial {
  readonly table: string;
  /** Type of its `id`. */
  readonly key: string;
  /** Path and text of the migration, of the code and its number from 2 on. */
  file(code: string, number: number): readonly [string, string];
  readonly base?: Readonly<Record<string, string>>;
}

const data = 'src/data-source.ts';
const indented = (code: string, lines: RegExp): string =>
  code.replace(new RegExp(`^(?=${lines.source})`, 'gm'), '    ');

const trials: Partial<Record<ToolName, Trial>> = {
  alembic: {
    table: 'users',
    key: 'bigint',
    file: (code, number) => [
      `migrations/versions/${number}_x.py`,
      `from alembic import op\nimport sqlalchemy as sa\n\nrevision = "r${number}"\ndown_revision = "${number === 2 ? '1a2b' : `r${number - 1}`}"\n\n\ndef upgrade():\n${indented(code, /(?: {4})?(?:op\.|with )/)}\n\n\ndef downgrade():\n    pass\n`,
    ],
  },
  django: {
    table: 'shop_order',
    key: 'bigint',
    file: (code, number) => {
      const imports = /^from .*\n\n?/.exec(code)?.[0] ?? '';
      const body = indented(code.slice(imports.length), /(?:atomic|operations|\]| {4}|# )/);
      return [
        `shop/migrations/000${number}_x.py`,
        `from django.db import migrations, models\n${imports}\n\nclass Migration(migrations.Migration):\n    dependencies = [("shop", "000${number - 1}_${number === 2 ? 'initial' : 'x'}")]\n\n${body}\n`,
      ];
    },
  },
  rails: {
    table: 'users',
    key: 'bigint',
    file: (code, number) => [
      `db/migrate/2024010${number}000000_x${number}.rb`,
      `class X${number} < ActiveRecord::Migration[6.1]\n${code}\nend\n`,
    ],
  },
  knex: {
    table: 'users',
    key: 'integer',
    file: (code, number) => [
      `migrations/2024010${number}000000_x.js`,
      `${code}\nexports.down = async () => {};\n`,
    ],
  },
  typeorm: {
    table: '"user"',
    key: 'integer',
    base: {
      [data]: (projectOf('typeorm').base[data] ?? '').replace(
        "type: 'postgres',",
        "type: 'postgres',\n  migrationsTransactionMode: 'each',",
      ),
    },
    file: (code, number) => [
      `src/migrations/170000000000${number}-x.ts`,
      `import { MigrationInterface, QueryRunner } from 'typeorm';\n\nexport class X170000000000${number} implements MigrationInterface {\n${code}\n  async down(): Promise<void> {}\n}\n`,
    ],
  },
  sequelize: {
    table: '"Users"',
    key: 'integer',
    file: (code, number) => [
      `migrations/2024010${number}000000-x.js`,
      `module.exports = {\n${code},\n  async down() {},\n};\n`,
    ],
  },
};

test.each(Object.entries(trials) as [ToolName, Trial][])('%s', async (tool, { table, key, file, base }) => {
  const { title, words } = toolNamed(tool);
  if (words === undefined) throw new Error(`${tool} has no words`);
  const parts = fix(table, key);
  const [name] = Object.keys(projectOf(tool).change);
  // Rails calls a method for what it has added, so that each migration is written with those before it in view.
  const whole = inToolWords({ title, words }, parts, { file: name ?? '', kept: null })?.text ?? '';
  const codes = whole.split(/^(?:#|\/\/) Migration \d of \d: x\n/m).slice(1);
  expect(codes).toHaveLength(parts.length);
  const files = Object.fromEntries(codes.map((code, at) => file(code.trimEnd(), at + 2)));
  const report = await checked(await applicationOf(tool, { ...projectOf(tool).base, ...base }), files);
  expect(report.undecided).toBeNull();
  for (const [at, { sql }] of parts.entries()) {
    const wanted = sql.flatMap((text) => parseFile(text).statements.map((one) => one.sql));
    const sent = (report.databases[0]?.migrations[at]?.statements ?? []).map((one) => one.sql);
    // Among what the tool asks for itself.
    const meant = sent.flatMap((text) => wanted.filter((each) => sameStatements(text, each)));
    expect(meant, sent.join('\n')).toEqual(wanted);
  }
});
