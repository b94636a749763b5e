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
    [
      'JavaScript: semicolons in loops, after else and behind patterns',
      'x.js',
      `for (let a = 0; a < 1; a++) {\n  if (b) c(/\\s'/g, "'")\n  else d()\n}\nreturn\n`,
      `for (\n  let a = 0;\n  a < 1;\n  a++ // one\n) {\n  if (b) c(/\\s'/g, "'");\n  else d();\n}\nreturn;`,
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
    ['a semicolon before a bracket', 'x.js', 'f\n(b)', 'f;\n(b)'],
    ['a semicolon before a list', 'x.js', 'a = b\n;[1].map(f)', 'a = b\n[1].map(f)'],
    ['a semicolon before a template', 'x.js', 'a = b;\n`c`', 'a = b\n`c`'],
    ['a semicolon before a sign', 'x.js', 'a = b;\n-c', 'a = b\n-c'],
    ['a value on the next line', 'x.js', 'return (\na)', 'return\n(a)'],
    ['else nothing', 'x.js', 'if (a) b()\nelse\n  c()', 'if (a) b()\nelse;\n  c()'],
    ['for await, and nothing', 'x.js', 'for await (a of b)\n  c()', 'for await (a of b);\n  c()'],
    ['no end of a loop', 'x.js', 'for (; f();) g()', 'for (;; f()) g()'],
    ['no semicolon at the end of a loop', 'x.js', 'for (a; b();) g()', 'for (a;; b()) g()'],
    ['a field before a method', 'x.js', 'class A { static *up() {} }', 'class A { static; *up() {} }'],
    [
      'a line between a field and a method',
      'x.js',
      'class A { static\nup() {} }',
      'class A { static;\nup() {} }',
    ],
    ['a directive', 'x.js', '"use strict"; f()', ';"use strict"; f()'],
    ['space in a pattern', 'x.js', 'f(/a b/)', 'f(/ab/)'],
    ['space after a pattern with a quote', 'x.js', "a.replace(/'/g, '  b')", "a.replace(/'/g, ' b')"],
    [
      'a string after a pattern with a template',
      'x.js',
      'if (a) /`/.test(b); f("`//c")',
      'if (a) /`/.test(b); f("`//d")',
    ],
    ['a comment that another sign ends', 'x.js', 'f() // a', 'f() // a\u2028g()'],
    ['a comment that a carriage return ends', 'x.js', 'f() // a', 'f() // a\rg()'],
    ['a comment of HTML', 'x.js', 'f() <!-- `\nf(" a")\n// `', 'f() <!-- `\nf("a")\n// `'],
    ['text between tags', 'x.tsx', 'f(<a>b  c</a>)', 'f(<a>b c</a>)'],
    ['a comment that a carriage return ends, in Python', 'x.py', 'f() # a\n', 'f() # a\rg()\n'],
    ['an encoding', 'x.py', '# a +AAo-g()\nf()\n', '# coding: utf-7 +AAo-g()\nf()\n'],
    [
      'a comment in another encoding',
      'x.py',
      '# coding: unicode_escape\n# a\n',
      '# coding: unicode_escape\n# \\u000ag()\n',
    ],
    ['a form feed before the indentation', 'x.py', 'if a:\n    b()\nc()\n', 'if a:\n    b()\n\f    c()\n'],
    ['a tuple that is returned', 'x.py', 'return (a,)\n', 'return (a)\n'],
    ['a tuple to look in', 'x.py', 'f(a in ("bc",))\n', 'f(a in ("bc"))\n'],
    ['a tuple as a key', 'x.py', 'a[b,]\n', 'a[b]\n'],
    ['a tuple of a function', 'x.py', 'a = (lambda b, c: d,)\n', 'a = (lambda b, c: d)\n'],
    ['a string within a string', 'x.py', 'f(f"{g("a  b")}")\n', 'f(f"{g("a b")}")\n'],
    ['a comment of Go for its compiler', 'x.go', 'package a\n', '//go:build ignore\n\npackage a\n'],
    ['a comment that Java ends', 'x.java', 'f(); // a\n', 'f(); // \\u000a g();\n'],
    ['text in Ruby', 'x.rb', 'execute <<~sql\n  a #>> b\nsql\n', 'execute <<~sql\n  a #>> c\nsql\n'],
  ])('%s', (_title, file, before, after) => {
    expect(said(file, before, after)).toBe(2);
  });
});

test.each([
  ['x.rb', '"#{'],
  ['x.exs', '"#{'],
  ['x.js', '`${'],
  ['x.py', ',)'],
])('what nobody can read ends well: %s %s', (file, text) => {
  expect(codeOf(file, text.repeat(100_000))).toContain(text);
});
