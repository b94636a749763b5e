import { createHash } from 'node:crypto';
import { Undecided } from '../../errors.ts';

/** A change of sqitch.plan. */
export interface PlannedChange {
  readonly name: string;
  readonly note: string;
  readonly requires: readonly string[];
  readonly conflicts: readonly string[];
  /** `2024-01-31T12:00:00Z` */
  readonly date: string;
  readonly planner: { readonly name: string; readonly email: string };
  /** 1-based line of the plan. */
  readonly line: number;
  /** SHA-1 of all of it and of the change before: what the registry knows it by. */
  readonly id: string;
  /** `id` of the change before it, '' for the first. */
  readonly parent: string;
  readonly tags: readonly PlannedTag[];
  /** Tags that may stand in the file names of its scripts, since a later change has taken its own name. */
  readonly reworkedAt: readonly string[];
}

export interface PlannedTag {
  readonly name: string;
  readonly note: string;
  readonly date: string;
  readonly planner: PlannedChange['planner'];
  readonly id: string;
}

export interface Plan {
  readonly project: string;
  readonly uri: string | null;
  readonly changes: readonly PlannedChange[];
}

/** Plan.pm: `[:punct:]` without the underscore. */
const punctuation = '-!"#$%&\'()*+,./:;<=>?@[\\\\\\]^`{|}~';
const name = String.raw`(?![${punctuation}])(?:(?![~/=%^\[\]]\d+(?:$|[ \t]))[^ \t:@#\\])+(?<![${punctuation}])`;
const entry = new RegExp(
  String.raw`^[ \t]*(?:(@)|[+-][ \t]*)?(${name})(?:[ \t]+)?(?:\[([^\]]+)\][ \t]*)?(?:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)[ \t]*)?(?:([^<]+)[ \t]+<([^>]+)>)?$`,
  'u',
);
const dependency = new RegExp(
  `^(!?)(?:(${name}):)?(?:([0-9a-f]{40})|(${name})(?:@(${name}))?|@(${name}))$`,
  'u',
);

type Growing = PlannedChange & { readonly tags: PlannedTag[]; reworkedAt: string[] };

/**
 * Reads sqitch.plan.
 *
 * @throws Undecided with Sqitch's own words for what it stops at
 */
export function parsePlan(file: string, text: string): Plan {
  const stop = (line: number, what: string): Undecided =>
    new Undecided('invalid-configuration', `Sqitch stops: Syntax error in ${file} at line ${line}: ${what}`, {
      place: { file, line },
    });
  const lines = text.replace(/\n$/, '').split(/\r?\n/);
  const { pragmas, next } = pragmasOf(lines, stop);
  const project = pragmas.get('project');
  if (project === undefined) {
    throw new Undecided('invalid-configuration', `Sqitch stops: Missing %project pragma in ${file}.`, {
      place: { file, line: 1 },
    });
  }
  const uri = pragmas.get('uri') ?? null;
  const changes: Growing[] = [];
  const newest = new Map<string, Growing>();
  let sinceTag = new Map<string, number>();
  const tagged = new Map<string, number>();
  for (let at = next; at < lines.length; at += 1) {
    const number = at + 1;
    const [body, note] = withoutNote(lines[at] ?? '');
    if (body.trim() === '') continue;
    const match = entry.exec(body);
    const [, isTag, called, dependencies, date, plannerName, email] = match ?? [];
    if (called === undefined || (date === undefined && /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/.test(body))) {
      throw stop(
        number,
        'Invalid name; names must not begin with punctuation, contain "@", ":", "#", "\\", "[", "]", or blanks, or end in punctuation or digits following punctuation',
      );
    }
    if (date === undefined) throw stop(number, 'Missing timestamp');
    if (plannerName === undefined || email === undefined)
      throw stop(number, 'Missing planner name and email');
    if (called === 'ROOT' || called === 'HEAD') throw stop(number, `"${called}" is a reserved name`);
    const planner = { name: plannerName, email };
    const head = { project, uri };
    if (isTag !== undefined) {
      const last = changes.at(-1);
      if (last === undefined) throw stop(number, `Tag "${called}" declared without a preceding change`);
      const earlier = tagged.get(called);
      if (earlier !== undefined)
        throw stop(number, `Tag "${called}" duplicates earlier declaration on line ${earlier}`);
      tagged.set(called, number);
      sinceTag = new Map();
      const tag = { name: called, note, date, planner };
      last.tags.push({
        ...tag,
        id: idOf('tag', [...heading(head), `tag @${called}`, `change ${last.id}`, ...ending(tag)]),
      });
      continue;
    }
    const double = sinceTag.get(called);
    if (double !== undefined)
      throw stop(number, `Change "${called}" duplicates earlier declaration on line ${double}`);
    sinceTag.set(called, number);
    const wanted = dependenciesOf(dependencies ?? '', project, (what) => stop(number, what));
    const parent = changes.at(-1)?.id ?? '';
    const change = { name: called, note, date, planner, ...wanted };
    const made: Growing = {
      ...change,
      line: number,
      parent,
      id: idOf('change', [
        ...heading(head),
        `change ${called}`,
        ...(parent === '' ? [] : [`parent ${parent}`]),
        ...ending(change),
      ]),
      tags: [],
      reworkedAt: [],
    };
    const old = newest.get(called);
    // Tags between the two, from the latest on, then the old one's own.
    if (old !== undefined) {
      const between = changes.slice(changes.indexOf(old) + 1).reverse();
      old.reworkedAt = [...between, old].flatMap((one) => one.tags.map((tag) => tag.name));
    }
    newest.set(called, made);
    changes.push(made);
  }
  return { project, uri, changes };
}

function pragmasOf(
  lines: readonly string[],
  stop: (line: number, what: string) => Undecided,
): { pragmas: Map<string, string>; next: number } {
  const pragmas = new Map<string, string>();
  let at = 0;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (/^[ \t]*#/.test(line)) continue;
    if (line.trim() === '') {
      at += 1;
      break;
    }
    const match = /^[ \t]*%[ \t]*([^\s=]+)(?:[ \t]*=[ \t]*(.+))?$/.exec(withoutNote(line)[0]);
    if (match === null)
      throw stop(at + 1, 'Invalid pragma; a blank line must come between pragmas and changes');
    pragmas.set(match[1] ?? '', match[2] ?? '1');
  }
  return { pragmas, next: at };
}

/** A line without its note, and the note. */
function withoutNote(line: string): [string, string] {
  const at = line.indexOf('#');
  if (at === -1) return [line.trimEnd(), ''];
  const note = line
    .slice(at + 1)
    .trim()
    .replace(/\\([\\nr])/g, (_, letter: string) => ({ n: '\n', r: '\r' })[letter] ?? '\\');
  return [line.slice(0, at).trimEnd(), note];
}

function dependenciesOf(
  text: string,
  project: string,
  stop: (what: string) => Undecided,
): Pick<PlannedChange, 'requires' | 'conflicts'> {
  const requires: string[] = [];
  const conflicts: string[] = [];
  const seen = new Set<string>();
  for (const one of text.split(/[ \t]+/).filter((part) => part !== '')) {
    const match = dependency.exec(one);
    if (match === null) throw stop(`"${one}" is not a valid dependency specification`);
    if (seen.has(one)) throw stop(`Duplicate dependency "${one}"`);
    seen.add(one);
    const key = one.replace(/^!/, '');
    // The own project's name is left out where Sqitch writes it.
    const shown = match[2] === project ? key.slice(project.length + 1) : key;
    (match[1] === '!' ? conflicts : requires).push(shown);
  }
  return { requires, conflicts };
}

const heading = ({ project, uri }: { project: string; uri: string | null }): string[] => [
  `project ${project}`,
  ...(uri === null ? [] : [`uri ${canonical(uri)}`]),
];

function ending(one: {
  readonly planner: PlannedChange['planner'];
  readonly date: string;
  readonly note: string;
  readonly requires?: readonly string[];
  readonly conflicts?: readonly string[];
}): string[] {
  const list = (title: string, sign: string, names: readonly string[] = []) =>
    names.length === 0 ? [] : [title, ...names.map((each) => `  ${sign} ${each}`)];
  return [
    `planner ${one.planner.name} <${one.planner.email}>`,
    `date ${one.date}`,
    ...list('requires', '+', one.requires),
    ...list('conflicts', '-', one.conflicts),
    ...(one.note === '' ? [] : ['', one.note]),
  ];
}

/** Made as git makes the name of an object. */
function idOf(kind: 'change' | 'tag', lines: readonly string[]): string {
  const content = Buffer.from(lines.join('\n'));
  return createHash('sha1').update(`${kind} ${content.length}\0`).update(content).digest('hex');
}

function canonical(uri: string): string {
  try {
    return new URL(uri).href;
  } catch {
    return uri;
  }
}
