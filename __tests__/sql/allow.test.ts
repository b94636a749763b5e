import { beforeAll, describe, expect, test } from 'vitest';
import { allowComments } from '../../src/sql/allow.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { languageOf } from '../../src/sql/source-languages.ts';

beforeAll(loadParser);

const rules = ['drop-table', 'drop-column', 'set-not-null'];

/** `rule@line → scope: reason` of each, and `problem@line text` of what does not hold. */
const read = (sql: string) => {
  const { allows, problems } = allowComments(sql, rules);
  return [
    ...allows.map(
      ({ rule, line, scope, statementIndex, reason }) =>
        `${rule}@${line} → ${scope === 'file' ? 'file' : `#${statementIndex}`}: ${reason}`,
    ),
    ...problems.map(({ problem, line, text }) => `${problem}@${line} ${text}`),
  ];
};

const one = '-- migration-gate:allow drop-table: unused since March';

describe('where it belongs', () => {
  test.each<[string, string, string[]]>([
    ['nothing', 'DROP TABLE a;', []],
    ['above the statement', `SELECT 1;\n${one}\nDROP TABLE a;`, ['drop-table@2 → #1: unused since March']],
    ['above the first statement', `${one}\nDROP TABLE a;`, ['drop-table@1 → #0: unused since March']],
    [
      'above, with other comments between',
      `SELECT 1;\n${one}\n-- and so on\nDROP TABLE a;`,
      ['drop-table@2 → #1: unused since March'],
    ],
    [
      'above, with a blank line between',
      `SELECT 1;\n${one}\n\nDROP TABLE a;`,
      ['drop-table@2 → #1: unused since March'],
    ],
    [
      'at the top, a blank line below',
      `${one}\n\nDROP TABLE a;`,
      ['drop-table@1 → file: unused since March'],
    ],
    [
      'at the top, before another comment',
      `${one}\n\n-- the table\nDROP TABLE a;`,
      ['drop-table@1 → file: unused since March'],
    ],
    [
      'at the top, in the block of the first statement',
      `-- the table\n${one}\n-- goes\nDROP TABLE a;`,
      ['drop-table@2 → #0: unused since March'],
    ],
    [
      'two at the top, one of each kind',
      `${one}\n\n-- migration-gate:allow drop-column: b\nDROP TABLE a;`,
      ['drop-table@1 → file: unused since March', 'drop-column@3 → #0: b'],
    ],
    ['a blank line with spaces', `${one}\n  \t\nDROP TABLE a;`, ['drop-table@1 → file: unused since March']],
    ['CRLF', `${one}\r\n\r\nDROP TABLE a;\r\n`, ['drop-table@1 → file: unused since March']],
    [
      'on the line itself',
      `SELECT 1;\nDROP TABLE a; ${one}\nSELECT 2;`,
      ['drop-table@2 → #1: unused since March'],
    ],
    [
      'on the last line of a statement',
      `DROP TABLE\n  a; ${one}\nSELECT 2;`,
      ['drop-table@2 → #0: unused since March'],
    ],
    [
      'after the last of two on a line',
      `SELECT 1; DROP TABLE a; ${one}`,
      ['drop-table@1 → #1: unused since March'],
    ],
    [
      'inside a statement',
      `ALTER TABLE a\n  ${one}\n  DROP COLUMN b;`,
      ['drop-table@2 → #0: unused since March'],
    ],
    [
      'before the semicolon',
      `DROP TABLE a -- migration-gate:allow drop-table: x\n;`,
      ['drop-table@1 → #0: x'],
    ],
    [
      'in a block comment',
      'SELECT 1;\n/* migration-gate:allow drop-table: x */\nDROP TABLE a;',
      ['drop-table@2 → #1: x'],
    ],
    [
      'several in a block comment',
      'SELECT 1;\n/*\n * migration-gate:allow drop-table: x\n * migration-gate:allow drop-column: y\n */\nDROP TABLE a;',
      ['drop-table@3 → #1: x', 'drop-column@4 → #1: y'],
    ],
    ['in a file of comments only', one, ['drop-table@1 → file: unused since March']],
    [
      'in a file that nobody can parse',
      `SELECT 1;\n${one}\nDROP TABEL a;`,
      ['drop-table@2 → file: unused since March'],
    ],
    ['in a file that nobody can scan', `${one}\nSELECT 'open`, ['drop-table@1 → file: unused since March']],
    [
      'after characters of more than one byte',
      `SELECT 'é😀';\n${one}\nDROP TABLE a;`,
      ['drop-table@2 → #1: unused since March'],
    ],
  ])('%s', (_, sql, expected) => {
    expect(read(sql)).toEqual(expected);
  });
});

describe('what is no acceptance', () => {
  test.each<[string, string, string[]]>([
    ['no reason', '-- migration-gate:allow drop-table\nDROP TABLE a;', ['no-reason@1 drop-table']],
    [
      'no reason after the colon',
      '-- migration-gate:allow drop-table:  \nDROP TABLE a;',
      ['no-reason@1 drop-table'],
    ],
    [
      'a reason without a colon',
      '-- migration-gate:allow drop-table we know\nDROP TABLE a;',
      ['no-reason@1 drop-table'],
    ],
    [
      'no reason in a block comment',
      '/* migration-gate:allow drop-table: */\nDROP TABLE a;',
      ['no-reason@1 drop-table'],
    ],
    [
      'an unknown rule',
      '-- migration-gate:allow drop-tabel: x\nDROP TABLE a;',
      ['unknown-rule@1 drop-tabel'],
    ],
    ['no rule', '-- migration-gate:allow\nDROP TABLE a;', ['unknown-rule@1 migration-gate:allow']],
    ['nothing below it', `DROP TABLE a;\n${one}\n`, ['no-statement@2 drop-table']],
    ['in a string', `SELECT '${one}';`, []],
    ['in a dollar-quoted body', `DO $$ BEGIN\n${one}\nDROP TABLE a; END $$;`, []],
    ['another word', '-- migration-gate:allowance drop-table: x\nDROP TABLE a;', []],
  ])('%s', (_, sql, expected) => {
    expect(read(sql)).toEqual(expected);
  });
});

describe('in programs', () => {
  /** The file's text with all but the SQL in `«»` blanked, as a tool's reader hands it over; the marks go. */
  const readProgram = (file: string, marked: string) => {
    const sql = marked.replace(/«([^»]*)»|[^\n]/g, (_, inner?: string) =>
      inner === undefined ? ' ' : `${inner};`,
    );
    const text = marked.replaceAll(/[«»]/g, '');
    const { allows, problems } = allowComments(text, rules, languageOf(file), sql);
    return [
      ...allows.map(({ rule, line, scope, statementIndex }) =>
        scope === 'file' ? `${rule}@${line} → file` : `${rule}@${line} → #${statementIndex}`,
      ),
      ...problems.map(({ problem, line }) => `${problem}@${line}`),
    ];
  };
  const allow = 'migration-gate:allow drop-table: unused';

  test.each<[string, string, string, string[]]>([
    [
      'Python, above a call and behind one',
      '0001.py',
      `from alembic import op\n\ndef upgrade():\n    # ${allow}\n    op.execute("«DROP TABLE a»")\n    op.execute('«DROP TABLE b»')  # ${allow}\n`,
      ['drop-table@4 → #0', 'drop-table@6 → #1'],
    ],
    [
      'Python, at the top, a docstring before it',
      '0001.py',
      `#!/usr/bin/env python\n"""Drop a.\n\nRevises: 1\n"""\n# ${allow}\nfrom alembic import op\nop.execute("«DROP TABLE a»")\n`,
      ['drop-table@6 → file'],
    ],
    [
      'Python, in a docstring and in strings',
      '0001.py',
      `"""# ${allow}"""\nx = "# ${allow}"\ny = '\\'# ${allow}'\nz = r'''\n# ${allow}\n'''\nop.execute("«DROP TABLE a»")\n`,
      [],
    ],
    [
      'Python, SQL of its own comments',
      '0001.py',
      `op.execute("""\n«-- ${allow}\nDROP TABLE a»\n""")\n`,
      ['drop-table@2 → #0'],
    ],
    [
      'Ruby',
      '1_drop.rb',
      `# frozen_string_literal: true\n# ${allow}\nclass Drop < ActiveRecord::Migration[7.1]\n  def up\n    # ${allow}\n    execute "«DROP TABLE a»"\n  end\nend\n`,
      ['drop-table@2 → file', 'drop-table@5 → #0'],
    ],
    [
      'Ruby, in a here-document, a string with code in it, a pattern, a block',
      '1_drop.rb',
      `x = 1\n=begin\n${allow}\n=end\nexecute <<~SQL.squish, "#{y["# ${allow}"]} # ${allow}"\n  # ${allow}\n  «DROP TABLE a»\nSQL\nz = a =~ /# ${allow}/\nq = %q(# ${allow})\n`,
      ['drop-table@3 → #0'],
    ],
    [
      'JavaScript',
      '1.js',
      `'use strict';\n/* ${allow} */\nexports.up = (knex) => {\n  // ${allow}\n  await knex.raw(\`«DROP TABLE a»\`);\n  return knex.raw("«DROP TABLE b»"); // ${allow}\n};\n`,
      ['drop-table@2 → file', 'drop-table@4 → #0', 'drop-table@6 → #1'],
    ],
    [
      'TypeScript, in a template, in code inside of one, in a pattern, behind a division',
      '1.ts',
      `const a = \`// ${allow} \${b /* no rule */ + \`// ${allow}\`} // ${allow}\`;\nconst p = /\\/\\/ ${allow}/;\nconst q = 4 / 2; // ${allow}\nawait q.query('«DROP TABLE a»');\n`,
      ['drop-table@3 → #0'],
    ],
    [
      'Java, a text block and a character',
      'V1__Drop.java',
      `package db;\nclass V1 { String s = """\n// ${allow}\n"""; char c = '"'; // ${allow}\n  void migrate() { run("«DROP TABLE a»"); } }\n`,
      ['drop-table@4 → #0'],
    ],
    [
      'Go',
      '1_drop.go',
      `// ${allow}\npackage migrations\nvar s = \`// ${allow}\`\n// ${allow}\nvar t = "«DROP TABLE a»"\n`,
      ['drop-table@1 → file', 'drop-table@4 → #0'],
    ],
    [
      'Rust, a raw string and a lifetime',
      'V1__drop.rs',
      `fn a<'a>() { let s = r#"// ${allow} " "#; }\n// ${allow}\nlet t = "«DROP TABLE a»";\n`,
      ['drop-table@2 → #0'],
    ],
    [
      'Elixir',
      '1_drop.exs',
      `defmodule M do\n  @doc """\n  # ${allow}\n  """\n  # ${allow}\n  def up, do: execute("«DROP TABLE a»")\nend\n`,
      ['drop-table@5 → #0'],
    ],
    [
      'XML, at the top, above, and in CDATA',
      'changelog.xml',
      `<?xml version="1.0"?>\n<!-- ${allow} -->\n<databaseChangeLog>\n  <!--\n    ${allow}\n  -->\n  <sql>«DROP TABLE a»</sql>\n  <sql><![CDATA[ <!-- ${allow} --> ]]></sql>\n</databaseChangeLog>\n`,
      ['drop-table@2 → file', 'drop-table@5 → #0'],
    ],
    [
      'YAML, at the top, above, in a block and in quotes',
      'changelog.yaml',
      `# ${allow}\ndatabaseChangeLog:\n  - a: "# ${allow}"\n  - b: it's#${allow}\n  # ${allow}\n  - sql: |\n      # ${allow}\n      «DROP TABLE a»\n`,
      ['drop-table@1 → file', 'drop-table@5 → #0'],
    ],
    ['JSON has no comments', 'changelog.json', `{"sql": "«DROP TABLE a»", "x": "// ${allow}"}\n`, []],
    ['nothing below it', '1.js', `q('«DROP TABLE a»');\n// ${allow}\n`, ['no-statement@2']],
  ])('%s', (_, file, marked, expected) => {
    expect(readProgram(file, marked)).toEqual(expected);
  });
});

test('a file is SQL where its suffix says nothing else', () => {
  const files = ['a.sql', 'a.pgsql', 'a.up', 'a.sql.tmpl', 'a.PY', 'db/a.rb', 'a.b.ts', 'V1__a.java'];
  expect(files.map(languageOf)).toEqual([
    ...['sql', 'sql', 'sql', 'sql'],
    ...['python', 'ruby', 'javascript', 'java'],
  ]);
});
