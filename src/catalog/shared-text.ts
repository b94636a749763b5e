import { compareText } from './catalog.ts';
import { type Difference, subject } from './differences.ts';
import type { CatalogObject } from './model.ts';
import { fill } from './template.ts';

/** More objects of one statement than this are counted. */
const mostNamed = 12;

/**
 * Privileges and owners that are changed on several objects in the same way, of which nothing else changed: one
 * statement each for all of them, as lines of a diff. `together` are the differences that it tells.
 */
export function sharedText(all: readonly Difference[]): {
  readonly together: ReadonlySet<Difference>;
  readonly diff: string;
} {
  const groups = new Map<string, Holder[]>();
  for (const holder of holders(all)) {
    const key = holder.lines.join('\n');
    groups.set(key, [...(groups.get(key) ?? []), holder]);
  }
  const several = [...groups.values()].filter((members) => members.length > 1);
  return {
    together: new Set(several.flat().flatMap(({ differences }) => differences)),
    diff: several
      .flatMap((members) => {
        const names = members.map(({ name }) => name).sort(compareText);
        const left = names.length - mostNamed;
        const list = left > 1 ? `${names.slice(0, mostNamed).join(', ')} and ${left} more` : names.join(', ');
        return members[0]?.lines.map((line) => line.replace(place, () => list)) ?? [];
      })
      .join('\n'),
  };
}

/** A table, function … with all that changed about it. */
interface Holder {
  readonly differences: readonly Difference[];
  /** Its quoted name, as it stands in the statements. */
  readonly name: string;
  /** Statements with their sign, and a token for the name. */
  readonly lines: readonly string[];
}

// NUL is in no text of Postgres.
const place = '\0s';

/** Those of which privileges and owners changed, and nothing else. */
function holders(all: readonly Difference[]): Holder[] {
  const found = new Map<string, Difference[]>();
  for (const difference of all) {
    const { containerIdentity } = subject(difference);
    const list = found.get(containerIdentity);
    if (list === undefined) found.set(containerIdentity, [difference]);
    else list.push(difference);
  }
  return [...found.values()]
    .filter((differences) => differences.every(isShareable))
    .map((differences) => ({
      differences,
      name: nameIn(subject(differences[0] as Difference)).name,
      lines: differences.flatMap(changedLines),
    }));
}

const isShareable = (difference: Difference): boolean => {
  const { type, facts } = subject(difference);
  return (type === 'privilege' || type === 'owner') && typeof facts.subject === 'string';
};

/** `TABLE public.t` in two: the words that stay in the statement, and the name. */
function nameIn({ facts, text, containerSqlName }: CatalogObject): { words: string; name: string } {
  const whole = fill(String(facts.subject), { own: text.sqlName, container: containerSqlName });
  const [, words = '', name = whole] = /^((?:[A-Z]+ )*)(.*)$/s.exec(whole) ?? [];
  return { words, name };
}

/** The statements that one side has and the other lacks. */
function changedLines({ before, after }: Difference): string[] {
  const [old, now] = [statements(before), statements(after)];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}

function statements(object: CatalogObject | undefined): string[] {
  if (object === undefined) return [];
  const { words, name } = nameIn(object);
  return object.definition
    .split('\n')
    .map((line) => line.replace(` ${words}${name} `, () => ` ${words}${place} `));
}
