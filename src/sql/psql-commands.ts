import { blank, type Reading, Unreadable } from './psql-reading.ts';
import { substitution } from './psql-variables.ts';

/** What is left to do after a meta-command: a file to put in, nothing, or no more reading at all. */
export type Commanded = { readonly path: string } | 'done' | 'quit';

/** Commands that show something or set how it is shown: nothing of them reaches the server's schema. */
const silent =
  /^(?:echo|qecho|warn|timing|pset|x|a|t|H|C|T|f|conninfo|encoding|restrict|unrestrict|errverbose|copyright|h|help|\?|p|print|d[A-Za-z]*[+S]*|l\+?|list|z|sf\+?|sv\+?)$/;

/** What a new session on the same database comes to. */
const newSession = 'DISCARD ALL;';

/** What to write instead of a command that cannot be followed. */
const instead: Readonly<Record<string, string>> = {
  gexec: 'A DO block with EXECUTE does the same inside the server',
  gset: 'A DO block can keep the value in a variable',
  copy: 'COPY … FROM STDIN with the data in the file, or INSERT, does the same',
  '!': 'Put what the shell does into a step before the migration',
  prompt: 'Give the value with \\set, or under placeholders: in the config',
  ';': 'Write a semicolon without the backslash',
};

/** Variables that change how psql runs a script, and the values that leave it as it is. */
const telling: Readonly<Record<string, RegExp>> = {
  ON_ERROR_STOP: /^(?:1|on|true|yes)$/i,
  AUTOCOMMIT: /^(?:1|on|true|yes)$/i,
  ON_ERROR_ROLLBACK: /^(?:0|off|false|no)$/i,
  SINGLELINE: /^(?:0|off|false|no)$/i,
};

/**
 * Does the meta-command at this place, and blanks it.
 * @param active false inside of a branch that is not taken, where only the ends of branches count
 */
export function command(reading: Reading, active: boolean): Commanded {
  const { text, at } = reading;
  const name = /^\\([A-Za-z_]+[+S]*|[!?;:\\.])?/.exec(text.slice(at, at + 80))?.[1] ?? '';
  const from = at + 1 + name.length;
  if (name === ':' || name === ';') {
    if (name === ';' && active) throw cannot(name);
    blank(reading, at + 1);
    reading.at = at + 2;
    return 'done';
  }
  const line = endOfLine(text, from);
  const end = name === '!' ? line : endOfArguments(text, from, line);
  const read = () => words(text.slice(from, end), reading.settings.variables);
  if (branch(reading, name, active, read)) {
    blank(reading, end);
    return 'done';
  }
  if (!active) {
    blank(reading, end);
    return 'done';
  }
  if (name === 'i' || name === 'include' || name === 'ir' || name === 'include_relative') {
    const path = pathOf(reading, read()[0] ?? '', name.startsWith('i') && name.includes('r'));
    blank(reading, end);
    return { path };
  }
  if (name === 'q' || name === 'quit') return 'quit';
  if (name === 'set') set(reading, text.slice(from, end));
  else if (name === 'unset') reading.settings.variables.delete(read()[0] ?? '');
  else if (name === 'connect' || name === 'c') {
    connect(reading, read());
    reading.text = text.slice(0, at) + newSession.padEnd(end - at) + text.slice(end);
    reading.at = at + Math.max(newSession.length, end - at);
    return 'done';
  } else if (name === 'o' || name === 'out') {
    if (/^\s*\|/.test(text.slice(from, end))) throw cannot(name);
  } else if (!silent.test(name) && name !== '\\') throw cannot(name);
  if (name === 'encoding' && !/^\s*(?:utf-?8|unicode)?\s*$/i.test(read().join(' '))) throw cannot(name);
  blank(reading, end);
  return 'done';
}

const cannot = (name: string): Unreadable =>
  new Unreadable(
    `runs the psql command \\${name}, which cannot be followed here${instead[name] === undefined ? '' : `. ${instead[name]}`}`,
  );

const endOfLine = (text: string, from: number): number => {
  const newline = text.indexOf('\n', from);
  const end = newline === -1 ? text.length : newline;
  return text[end - 1] === '\r' ? end - 1 : end;
};

/** Another backslash outside of quotes ends the arguments and begins the next command. */
function endOfArguments(text: string, from: number, line: number): number {
  const match = /^(?:'(?:[^'\\\n]|\\.|'')*'|"(?:[^"\n]|"")*"|[^\\'"\n])*/.exec(text.slice(from, line));
  return from + (match?.[0].length ?? 0);
}

/** The arguments of a command, quotes taken off and variables put in. */
function words(text: string, variables: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  const parts = /\s+|'((?:[^'\\]|\\.|'')*)'|"((?:[^"]|"")*)"|`|:|[^\s'"`:]+/y;
  let open: string | null = null;
  for (let at = 0; at < text.length; ) {
    parts.lastIndex = at;
    const match = parts.exec(text);
    if (match === null) throw new Unreadable('cannot read the quotes of a psql command');
    at += match[0].length;
    if (/^\s/.test(match[0])) {
      if (open !== null) found.push(open);
      open = null;
    } else if (match[0] === '`') {
      throw new Unreadable('runs a program in backquotes, which cannot be followed here');
    } else if (match[0] === ':') {
      const { value, end } = substitution(text, at - 1, variables, false);
      open = (open ?? '') + value;
      at = end;
    } else {
      const quoted = match[1]?.replace(/''|\\(.)/g, (pair, letter: string | undefined) =>
        letter === undefined ? pair.slice(1) : (escapes[letter] ?? letter),
      );
      // Double quotes stay, which only names of tables and the like want off.
      open = (open ?? '') + (quoted ?? match[0]);
    }
  }
  if (open !== null) found.push(open);
  return found;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** What a program would print is known only where the settings say it: they then go before the program. */
function set(reading: Reading, args: string): void {
  const { variables, given } = reading.settings;
  const called = /^\s*([\w\u0080-\uffff]+)/.exec(args)?.[1];
  if (called !== undefined && args.includes('`')) {
    if (given.has(called)) return;
    throw new Unreadable(
      `sets ${called} to what a program prints, which is not run here: give ${called} under placeholders: in the config`,
    );
  }
  const [name, ...values] = words(args, variables);
  if (name === undefined) return;
  if (!/^[\w\u0080-\uffff]+$/.test(name))
    throw new Unreadable(`stops: invalid variable name: "${name}"`, true);
  const value = values.join('');
  if (telling[name] !== undefined && !telling[name].test(value === '' ? 'on' : value)) {
    throw new Unreadable(
      `sets ${name} to ${value}, after which a failing statement no longer stops the script`,
    );
  }
  variables.set(name, value);
}

/** A new session on the same database; everything else is another place than the one that is checked. */
function connect(reading: Reading, args: readonly string[]): void {
  const [database = '-', ...others] = args;
  const same = database === '-' || database === reading.settings.variables.get('DBNAME');
  if (!same || others.some((other) => other !== '-'))
    throw new Unreadable(
      `connects to another place (\\connect ${args.join(' ')}), which is not the database that is checked`,
    );
}

function pathOf(reading: Reading, name: string, relative: boolean): string {
  if (name === '') throw new Unreadable('stops: \\i: missing required argument', true);
  if (name.startsWith('/') || name.startsWith('~') || name.startsWith('|'))
    throw new Unreadable(`reads ${name}, which is not in the repository`);
  const { file, directory } = reading.settings;
  const from = relative ? file.slice(0, Math.max(0, file.lastIndexOf('/'))) : directory;
  const path: string[] = [];
  for (const segment of [...from.split('/'), ...name.split('/')]) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') path.push(segment);
    else if (path.pop() === undefined) throw new Unreadable(`reads ${name}, which is not in the repository`);
  }
  return path.join('/');
}

/** Follows \if … \endif. @returns whether the command was one of them */
function branch(reading: Reading, name: string, active: boolean, read: () => string[]): boolean {
  const { branches } = reading;
  const current = branches.at(-1);
  if (name === 'if') {
    const taken = active && truth(read());
    branches.push({ active: taken, taken: taken || !active, parent: active });
    return true;
  }
  if (name !== 'elif' && name !== 'else' && name !== 'endif') return false;
  if (current === undefined) throw new Unreadable(`stops: \\${name}: no matching \\if`, true);
  if (name === 'endif') branches.pop();
  else {
    current.active = current.parent && !current.taken && (name === 'else' || truth(read()));
    current.taken ||= current.active;
  }
  return true;
}

function truth(args: readonly string[]): boolean {
  const text = args.join(' ').toLowerCase();
  const is = (word: string, least: number) => text.length >= least && word.startsWith(text);
  if (text === '1' || is('true', 1) || is('yes', 1) || text === 'on') return true;
  if (text === '0' || is('false', 1) || is('no', 1) || is('off', 2)) return false;
  throw new Unreadable(`decides by \\if ${args.join(' ')}, which is neither true nor false`);
}
