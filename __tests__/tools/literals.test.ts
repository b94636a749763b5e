import { describe, expect, test } from 'vitest';
import { literalsOf, parseJson5 } from '../../src/tools/reading/literals.ts';

describe('literals of a program', () => {
  test.each<[string, string, Record<string, string | boolean>]>([
    ['strings and booleans', 'x({ a: \'b\', "c": `d`, e: true })', { a: 'b', c: 'd', e: true }],
    ['by their path', 'export default { a: { b: "c" }, d: "e" }', { 'a.b': 'c', d: 'e' }],
    ['with a type behind', "({ a: 'b' as const, c: 'd' satisfies string })", { a: 'b', c: 'd' }],
    ['joined', "({ a: path.join(__dirname, 'b', 'c'), d: resolve('e') })", { a: 'b/c', d: 'e' }],
    ['escapes', "({ a: 'b\\'c\\u0041\\x42\\u{43}' })", { a: "b'cABC" }],
    ['not in comments', "({ /* a: 'b', */ // c: 'd',\n e: 'f' })", { e: 'f' }],
    ['not in strings', `({ a: "b: 'c'" })`, { a: "b: 'c'" }],
    ['not what is computed', `({ a: env.A ?? 'b', c: d ? 'e' : 'f', g: \`h\${i}\`, j: 'k' + l })`, {}],
    ['not what two say differently', "({ a: 'b' }); ({ a: 'c', d: 'e' }); ({ d: 'e' })", { d: 'e' }],
    ['behind a pattern', `({ a: /["'\`]/, b: 'c' })`, { b: 'c' }],
    ['broken', "({ a: 'b', c: 'd", { a: 'b' }],
  ])('%s', (_, source, expected) => {
    expect(Object.fromEntries(literalsOf(source))).toEqual(expected);
  });
});

describe('JSON5', () => {
  test.each<[string, unknown]>([
    ['{}', {}],
    [
      '{a: 1, \'b\': [-1.5e3, 0x1F,], "c": {d: null}, // e\n /* f */ g: true,}',
      { a: 1, b: [-1500, 31], c: { d: null }, g: true },
    ],
    ['"x"', 'x'],
    ['["//", "/*"]', ['//', '/*']],
  ])('%s', (source, expected) => {
    expect(parseJson5(source)).toEqual(expected);
  });

  test.each(['', '{', '{a}', '{a:}', '{a:1,,}', '[1 2]', '{a: b}', '{} {}'])('refuses %s', (source) => {
    expect(() => parseJson5(source)).toThrow(SyntaxError);
  });
});
