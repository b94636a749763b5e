import { withoutComments } from '../sql/source-comments.ts';
import { languageOf } from '../sql/source-languages.ts';
import { javascriptSigns } from './javascript-signs.ts';
import { pythonSigns } from './python-signs.ts';

/**
 * What a program says, in a form that a formatter does not change: without comments, with one way to lay out lines, to
 * quote strings and to end lists. Where the language's rules are not known here, its lines without comments; where they
 * cannot tell what is meant, the text as it is.
 */
export function codeOf(file: string, text: string): string {
  const language = languageOf(file);
  const plain = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  if (language === 'javascript' || language === 'python') {
    const signs = language === 'python' ? pythonSigns(plain) : javascriptSigns(plain, file);
    return signs === null ? plain : JSON.stringify(signs);
  }
  if (language !== 'sql' && commentsMayAct.test(plain)) return plain;
  return (language === 'sql' ? plain : withoutComments(plain, language))
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n');
}

/** What ends a comment in some languages, in Java even where it is spelt out, and Go's comments to its compiler. */
const commentsMayAct =
  /[\r\u0085\u2028\u2029]|\\u+[0-9a-f]{4}|^\/\/(?:go:|\s*\+build)|^\s*\/?[/*].*\bexport\b/im;
