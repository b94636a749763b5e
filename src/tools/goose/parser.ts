import { goFields, goLines, goTrim, type Line } from '../reading/texts.ts';
import type { Span } from '../tool.ts';
import { interpolated } from './envsub.ts';

export interface GooseScript {
  /** The part of this direction with its comments, the rest blank; variables filled in. Lines are the file's. */
  readonly sql: string;
  /** What goose sends, one by one: spans of `sql`. */
  readonly statements: readonly Span[];
  readonly useTransaction: boolean;
  /** Variables of `ENVSUB` parts whose value nobody gave. */
  readonly unknownVariables: readonly string[];
}

/** goose's own words. */
export interface GooseError {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

type State = 'start' | 'up' | 'begin-up' | 'end-up' | 'down' | 'begin-down' | 'end-down';
const numbers: Readonly<Record<State, number>> = {
  start: 0,
  up: 1,
  'begin-up': 2,
  'end-up': 3,
  down: 4,
  'begin-down': 5,
  'end-down': 6,
};

const annotations = [
  'Up',
  'Down',
  'StatementBegin',
  'StatementEnd',
  'NO TRANSACTION',
  'ENVSUB ON',
  'ENVSUB OFF',
];
const see = 'see https://github.com/pressly/goose#sql-migrations';

/** Thrown inside of the parser only. */
class Refusal extends Error {}

/**
 * Reads a file as goose does (internal/sqlparser/parser.go, 3.27): line by line, a statement ends where the last word
 * of a line before any `--` ends with a semicolon, whatever that stands in.
 *
 * @param variables for ENVSUB; absent: none is known
 */
export function parseGoose(
  text: string,
  direction: 'up' | 'down',
  variables: Readonly<Record<string, string>> = {},
): GooseScript | GooseError {
  const parser = new Parser(direction, variables);
  const lines = goLines(text);
  let number = 0;
  try {
    for (const line of lines) {
      number += 1;
      parser.line(line.text, number);
    }
    return parser.end(lines);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { line: Math.max(1, parser.openedAt ?? number), message: error.message };
  }
}

class Parser {
  /** Line on which the statement began that is being read. */
  openedAt: number | undefined;
  readonly #direction: 'up' | 'down';
  readonly #variables: Readonly<Record<string, string>>;
  #state: State = 'start';
  #useTransaction = true;
  #envsub = false;
  /** Index of the first and the last line of each statement. */
  readonly #statements: { from: number; to: number }[] = [];
  readonly #replaced = new Map<number, string>();
  readonly #unknown = new Set<string>();
  #downFrom = Number.POSITIVE_INFINITY;
  #buffer = '';
  #from = 0;
  #to = 0;

  constructor(direction: 'up' | 'down', variables: Readonly<Record<string, string>>) {
    this.#direction = direction;
    this.#variables = variables;
  }

  line(original: string, number: number): void {
    const trimmed = goTrim(original);
    if (this.#state === 'start' && trimmed === '') return;
    if (trimmed.startsWith('--') && original.includes('+goose') && !this.#annotation(original, number))
      return;
    if (this.#buffer === '' && (trimmed.startsWith('--') || original === '')) return;
    let line = original;
    if (this.#state !== 'end-up' && this.#state !== 'end-down') {
      if (this.#envsub) line = this.#filled(original, number);
      if (this.#buffer === '') this.#from = number;
      this.openedAt ??= number;
      this.#buffer += `${line}\n`;
      this.#to = number;
    }
    if (this.#state === 'start') {
      throw new Refusal(`failed to parse migration: unexpected state 0 on line ${quoted(line)}, ${see}`);
    }
    const here = this.#state.endsWith('up') ? 'up' : 'down';
    if (here !== this.#direction) this.#reset();
    else if (this.#state === here) {
      if (endsWithSemicolon(line)) this.#store();
    } else if (this.#state === `end-${here}`) {
      this.#store();
      this.#state = here;
    }
  }

  end(lines: readonly Line[]): GooseScript {
    if (this.#state === 'start') {
      throw new Refusal(`failed to parse migration: must start with '-- +goose Up' annotation, ${see}`);
    }
    if (this.#state.startsWith('begin')) {
      throw new Refusal("failed to parse migration: missing '-- +goose StatementEnd' annotation");
    }
    this.#finished();
    const mine = (index: number) => (this.#direction === 'up') === index + 1 < this.#downFrom;
    const texts = lines.map(({ text }, index) =>
      mine(index) ? (this.#replaced.get(index + 1) ?? text) : ' '.repeat(text.length),
    );
    const starts: number[] = [];
    let at = 0;
    for (const text of texts) {
      starts.push(at);
      at += text.length + 1;
    }
    const sql = texts.map((text) => `${text}\n`).join('');
    const statements = this.#statements.map(({ from, to }): Span => {
      const start = starts[from - 1] ?? 0;
      const text = sql.slice(start, (starts[to - 1] ?? 0) + (texts[to - 1]?.length ?? 0));
      const trimmed = goTrim(text);
      const before = text.indexOf(trimmed);
      return { start: start + before, end: start + before + trimmed.length };
    });
    return {
      sql,
      statements: statements.filter(({ start, end }) => end > start),
      useTransaction: this.#useTransaction,
      unknownVariables: [...this.#unknown],
    };
  }

  /** False: the line is done with. */
  #annotation(line: string, number: number): boolean {
    const name = nameOf(line);
    const state = this.#state;
    switch (name) {
      case 'Up':
        if (state !== 'start') {
          throw new Refusal(`duplicate '-- +goose Up' annotations; stateMachine=${numbers[state]}, ${see}`);
        }
        this.#state = 'up';
        return false;
      case 'Down':
        if (state !== 'up' && state !== 'end-up') {
          throw new Refusal(
            `must start with '-- +goose Up' annotation, stateMachine=${numbers[state]}, ${see}`,
          );
        }
        this.#finished();
        this.#state = 'down';
        this.#downFrom = number;
        return false;
      case 'StatementBegin':
        if (state === 'up' || state === 'end-up') this.#state = 'begin-up';
        else if (state === 'down' || state === 'end-down') this.#state = 'begin-down';
        else {
          throw new Refusal(
            `'-- +goose StatementBegin' must be defined after '-- +goose Up' or '-- +goose Down' annotation, stateMachine=${numbers[state]}, ${see}`,
          );
        }
        return false;
      case 'StatementEnd':
        if (state === 'begin-up') this.#state = 'end-up';
        else if (state === 'begin-down') this.#state = 'end-down';
        else {
          throw new Refusal(
            `'-- +goose StatementEnd' must be defined after '-- +goose StatementBegin', ${see}`,
          );
        }
        return true;
      case 'NO TRANSACTION':
        this.#useTransaction = false;
        return false;
      default:
        this.#envsub = name === 'ENVSUB ON';
        return false;
    }
  }

  #filled(line: string, number: number): string {
    const result = interpolated(line, this.#variables);
    if ('error' in result) throw new Refusal(`variable substitution failed: ${result.error}`);
    // The other direction's variables are not sent.
    if (this.#state.endsWith(this.#direction)) for (const name of result.unknown) this.#unknown.add(name);
    this.#replaced.set(number, result.text);
    return result.text;
  }

  #finished(): void {
    const rest = goTrim(this.#buffer);
    if (rest === '') return;
    throw new Refusal(
      `failed to parse migration: state ${numbers[this.#state]}, direction: ${this.#direction}: unexpected unfinished SQL query: ${quoted(rest)}: missing semicolon?`,
    );
  }

  #store(): void {
    if (this.#buffer !== '') this.#statements.push({ from: this.#from, to: this.#to });
    this.#reset();
  }

  #reset(): void {
    this.#buffer = '';
    this.openedAt = undefined;
  }
}

function nameOf(line: string): string {
  const wrong = (what: string): never => {
    throw new Refusal(`failed to parse annotation line ${quoted(line)}: ${what}`);
  };
  if (/^[ \t]/.test(line)) wrong(`${quoted(line)} contains leading whitespace: invalid annotation`);
  const name = line.replaceAll('--', '').replace('+goose', '');
  if (name.includes('+goose')) {
    wrong(`${quoted(name)} contains multiple '+goose' annotations: invalid annotation`);
  }
  const word = goTrim(name);
  if (word === '') wrong('empty annotation');
  const known = annotations.find((each) => each.toLowerCase() === word.toLowerCase());
  return known ?? wrong(`${quoted(word)} not supported: invalid annotation`);
}

function endsWithSemicolon(line: string): boolean {
  let last = '';
  for (const word of goFields(line)) {
    if (word.startsWith('--')) break;
    last = word;
  }
  return last.endsWith(';');
}

/** Long statements are cut: the message is for people. */
const quoted = (text: string): string => JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
