import { describe, expect, test } from 'vitest';
import { codeOf } from '../../src/history/program-code.ts';

const said = (file: string, ...texts: string[]): number =>
  new Set(texts.map((text) => codeOf(file, text))).size;

describe('what a formatter changes is the same program', () => {
  test.each<[string, string, string, string]>([
    [
      'JavaScript: lines, commas at the end, quotes, semicolons, comments',
      'x.js',
      `// adds it\nmodule.exports = {\n  up: async (query) => {\n    await query.addColumn('users', "age", { type: 'INT' })\n    await query.addIndex("users", ["age"])\n  }\n}`,
      `module.exports = {\n  up: async (query) => {\n    await query.addColumn("users", "age", {\n      type: "INT",\n    });\n\n    await query.addIndex("users", ["age"]); // for lists\n  },\n};\n`,
    ],
    [
      'JavaScript: a chain over lines',
      'x.ts',
      'exports.up = (knex) => knex.schema.alterTable("a", f).then(() => 1)\n',
      'exports.up = (knex) =>\n  knex.schema\n    .alterTable("a", f)\n    .then(() => 1);\n',
    ],
    [
      'JavaScript: brackets around one parameter, a statement behind its condition',
      'x.js',
      'if (a)\n  b(async query => 1)\n',
      'if (a) b(async (query) => 1);\n',
    ],
    [
      'Python: quotes, lines in brackets, commas at the end, empty lines',
      'x.py',
      `operations = [\n    migrations.AddField('check', u'slug', field=models.CharField(max_length=100)),\n    (1, 2),\n]\n`,
      `operations = [\n    migrations.AddField(\n        "check",\n        "slug",\n        field=models.CharField(max_length=100),\n    ),\n\n    (\n        1,\n        2,\n    )\n]\n\n\n`,
    ],
    ['Ruby: comments and empty lines', 'x.rb', 'def up\n  a # one\nend\n', 'def up\n\n  a\nend\n'],
  ])('%s', (_title, file, before, after) => {
    expect(said(file, before, after)).toBe(1);
  });
});

describe('what means something is another program', () => {
  test.each<[string, string, string, string]>([
    ['a name', 'x.js', 'f("a")', 'f("b")'],
    ['space in a string', 'x.js', 'f("a b")', 'f("a  b")'],
    ['space in a template', 'x.js', 'f(`a b`)', 'f(`a\nb`)'],
    ['a string instead of a name', 'x.js', 'f(a)', 'f("a")'],
    ['a line that ends the statement', 'x.js', 'return\nf()', 'return f()'],
    ['an empty place of a list', 'x.js', 'f([1, ,])', 'f([1])'],
    ['two words', 'x.js', 'new f()', 'newf()'],
    ['a template in a template', 'x.js', 'f(`${g(`a b`)}`)', 'f(`${g(`a  b`)}`)'],
    ['a semicolon inside of for', 'x.js', 'for (a; b; c) d()', 'for (a; b, c;) d()'],
    ['a condition of nothing', 'x.js', 'if (a)\nb()', 'if (a);\nb()'],
    ['an operator', 'x.js', 'f(a + +b)', 'f(a ++b)'],
    ['a tuple of one', 'x.py', 'x = (a,)\n', 'x = (a)\n'],
    ['indentation', 'x.py', 'if a:\n    b()\n    c()\n', 'if a:\n    b()\nc()\n'],
    ['a line', 'x.py', 'a\n(b)\n', 'a(b)\n'],
    ['bytes', 'x.py', "f(b'a')\n", "f('a')\n"],
    ['space in a docstring', 'x.py', 'f("""a b""")\n', 'f("""a\nb""")\n'],
    ['the order', 'x.py', 'f(a, b)\n', 'f(b, a)\n'],
  ])('%s', (_title, file, before, after) => {
    expect(said(file, before, after)).toBe(2);
  });
});
