import { describe, expect, test } from 'vitest';
import { sourceComments } from '../../src/sql/source-comments.ts';

type Language = Parameters<typeof sourceComments>[1];

const commentsIn = (text: string, language: Language): string[] =>
  sourceComments(text, language).comments.map((comment) => comment.text);

describe('what a slash begins', () => {
  test.each<[string, Language, string, string[]]>([
    ['a pattern with a hash', 'ruby', 'x = /a#b/ # c', ['# c']],
    ['a pattern with a slash in brackets', 'ruby', 'if /[/#]/ # c', ['# c']],
    ['a pattern with a slash of its own', 'ruby', 'x =~ /\\/#/ # c', ['# c']],
    ['a division', 'ruby', 'a/b # c/d', ['# c/d']],
    ['a division with blanks', 'ruby', 'a / b # c/d', ['# c/d']],
    ['a pattern behind a word', 'javascript', 'return/"/ // c', ['// c']],
    ['nothing that ends on its line', 'ruby', 'x = /[/ # c', ['# c']],
    ['a block of Ruby', 'ruby', 'x\n=begin\na\n=end\ny =begin # c', ['=begin\na\n=end', '# c']],
  ])('%s', (_, language, text, expected) => {
    expect(commentsIn(text, language)).toEqual(expected);
  });
});

// With a look at the line so far for every sign of it each of these would take hours.
describe('a line of hundreds of thousands of signs', () => {
  const count = 300_000;
  test.each<[string, Language, string]>([
    ['slashes', 'ruby', '/'.repeat(count)],
    ['patterns behind blanks', 'ruby', `${' '.repeat(count)}${'/a/'.repeat(count)}`],
    ['patterns that do not end', 'ruby', `x${' /a\\/'.repeat(count)}`],
    ['brackets that do not end', 'ruby', ' /['.repeat(count)],
    ['slashes in brackets', 'javascript', '/[/]['.repeat(count)],
    ['beginnings of a block', 'ruby', `x${' =begin'.repeat(count)}`],
    ['percent signs', 'ruby', 'a %q'.repeat(count)],
    ['blank lines', 'ruby', '\n '.repeat(count)],
  ])('%s', (_, language, line) => {
    const comment = language === 'ruby' ? '# c' : '// c';
    expect(commentsIn(`${line}\n${comment}`, language)).toEqual([comment]);
  });
});
