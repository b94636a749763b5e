import { withoutComments } from '../sql/source-comments.ts';
import { languageOf } from '../sql/source-languages.ts';
import type { Down, TransactionRule } from './tool.ts';

/** How each language begins the part that goes back, and one that goes both ways. */
const beginnings = {
  python: { down: /^def downgrade\b[^\n]*:/m, both: /^class Migration\b/m },
  ruby: { down: /^\s*def (?:self\.)?down\b[^\n]*/m, both: /^\s*def change\b/m },
  elixir: { down: /^\s*def down\b[^\n]*/m, both: /^\s*def change\b/m },
  javascript: {
    down: /(?:exports\.down\b|\bexport\s+(?:async\s+)?(?:const|function)\s+down\b|^\s*(?:public\s+)?(?:override\s+)?(?:async\s+)?down\s*[:(=])[^\n]*/m,
    both: /(?!)/,
  },
} as const;

/** What says that there is no way, at the start of the part that goes back. */
const refusals =
  /^\s*(?:raise\b|throw\b|return Promise\.reject|.*\bIrreversible|.*\bNotImplemented|await Promise\.reject)/m;
/** What a part without a statement is made of. */
const nothing =
  /^(?:\s|pass\b|end\b|nil\b|:ok\b|return\b|null\b|undefined\b|Promise\.resolve\(\)|"""[\s\S]*?"""|'''[\s\S]*?'''|[{}();,=>]|\.\.\.)*$/;

/**
 * The way back of a migration that is a program: null where it has none, says that it has none, or does nothing there.
 *
 * @param transaction of the way forth
 */
export function wayBackIn(file: string, text: string, transaction: TransactionRule): Down | null {
  const language = languageOf(file);
  if (!(language in beginnings)) return null;
  const { down, both } = beginnings[language as keyof typeof beginnings];
  const plain = withoutComments(text, language as keyof typeof beginnings);
  const back: Down = { file, sql: '', transaction };
  if (both.test(plain)) return isOneWay(plain) ? null : back;
  const found = down.exec(plain);
  if (found === null) return null;
  const body = bodyAfter(plain, found, language);
  return nothing.test(body) || refusals.test(body.trimStart().replace(/^\{\s*/, '')) ? null : back;
}

/** A step of Django's or Rails' that its makers cannot turn round, and that says nothing of how to. */
function isOneWay(text: string): boolean {
  if (/ActiveRecord::IrreversibleMigration|Ecto\.MigrationError/.test(text)) return true;
  return [...text.matchAll(/\bRun(?:Python|SQL)\(/g)].some(({ index, 0: call }) => {
    const inside = argumentsAt(text, index + call.length);
    return inside.length < 2 && !inside.some((each) => /^\s*reverse_/.test(each));
  });
}

/** Arguments of a call, cut at the commas between them; a last one that is empty is none. */
function argumentsAt(text: string, from: number): string[] {
  const found = [''];
  let depth = 0;
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (quote !== '') {
      if (text.startsWith(quote, at)) {
        at += quote.length - 1;
        quote = '';
      }
    } else if (sign === '"' || sign === "'") {
      quote = text.startsWith(sign.repeat(3), at) ? sign.repeat(3) : sign;
      at += quote.length - 1;
    } else if ('([{'.includes(sign)) depth += 1;
    else if (')]}'.includes(sign)) {
      if (depth === 0) break;
      depth -= 1;
    } else if (sign === ',' && depth === 0) {
      found.push('');
      continue;
    }
    found[found.length - 1] += quote === '' || found.at(-1) !== '' ? sign : 'x';
  }
  return found.filter((each) => each.trim() !== '');
}

/** What stands between the beginning of a function and its end, roughly: to the next line that is as far left, or its brace. */
function bodyAfter(text: string, { 0: head, index }: RegExpExecArray, language: string): string {
  const from = index + head.length;
  if (language === 'javascript') {
    const open = text.indexOf('{', index);
    const arrow = text.indexOf('=>', index);
    if (open === -1 || (arrow !== -1 && arrow < open && text.slice(arrow + 2, open).trim() !== ''))
      return text.slice(Math.max(arrow + 2, index), from + 200);
    return argumentsAt(text, open + 1).join(',');
  }
  const indent = /^[ \t]*/.exec(head.replace(/^\n+/, ''))?.[0].length ?? 0;
  const lines = text.slice(from).split('\n').slice(1);
  const end = lines.findIndex(
    (line) => line.trim() !== '' && (/^[ \t]*/.exec(line)?.[0].length ?? 0) <= indent,
  );
  return lines.slice(0, end === -1 ? lines.length : end).join('\n');
}
