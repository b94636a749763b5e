import { differs, type ImpactCase, type ImpactRow, turnsOn } from './row.ts';

const type = { types: ['type'], change: 'altered' } as const;
const domain = { types: ['domain'], change: 'altered' } as const;

/** Enums, composite and range types, domains that are there with another definition. */
export const alteredTypeRows: readonly ImpactRow[] = [
  {
    ...type,
    kind: 'a type becomes one of another kind, or a range of something else',
    applies: (judged) => becomesAnother(judged),
    impact: 'breaking',
    reversible: false,
    why: 'Casts, literals and comparisons of the old type fail.',
  },
  {
    ...type,
    kind: 'a value of an enum is renamed',
    applies: (judged) => isEnum(judged) && renamesValue(judged),
    impact: 'breaking',
    why: 'Statements that use the old value fail.',
  },
  {
    ...type,
    kind: 'a value of an enum is removed',
    applies: (judged) => isEnum(judged) && !renamesValue(judged) && places(judged).includes(-1),
    impact: 'breaking',
    reversible: false,
    why: 'Statements that use the value fail, and rows that had it have another one now.',
  },
  {
    ...type,
    kind: 'values of an enum get another order',
    applies: (judged) => isEnum(judged) && !places(judged).includes(-1) && !inOrder(places(judged)),
    impact: 'behaviour',
    why: 'ORDER BY and comparisons of the values come out in another way.',
  },
  {
    ...type,
    kind: 'a value is added to an enum',
    applies: (judged) => isEnum(judged) && judged.now.members.length > judged.old.members.length,
    impact: 'none',
    reversible: false,
    why: 'The running version does not know the value and meets it only when somebody writes it; Postgres cannot remove it.',
  },
  {
    ...type,
    kind: 'an enum is made anew with the same values',
    applies: (judged) =>
      isEnum(judged) &&
      judged.now.members.length <= judged.old.members.length &&
      !places(judged).includes(-1) &&
      inOrder(places(judged)),
    impact: 'none',
    why: 'It has the same values in the same order.',
  },
  {
    ...type,
    kind: 'an attribute of a composite type is dropped',
    applies: (judged) => isComposite(judged) && dropsAttribute(judged),
    impact: 'breaking',
    dataLoss: true,
    why: 'Statements that name the attribute fail, and its values are gone.',
  },
  {
    ...type,
    kind: 'an attribute of a composite type is renamed or gets another type',
    applies: (judged) => isComposite(judged) && !dropsAttribute(judged) && changesAttribute(judged),
    impact: 'breaking',
    why: 'Statements that name the attribute, or write a value of its old type, fail.',
  },
  {
    ...type,
    kind: 'an attribute is added to a composite type',
    applies: (judged) => isComposite(judged) && !dropsAttribute(judged) && !changesAttribute(judged),
    impact: 'risky',
    why: 'Row values that the running version writes and reads have one part less.',
  },
  {
    ...domain,
    kind: 'a domain gets another base type',
    applies: (judged) => differs(judged, 'dataType'),
    impact: 'breaking',
    reversible: false,
    why: 'Statements write and compare values of the old base type.',
  },
  {
    ...domain,
    kind: 'a domain gets NOT NULL or another CHECK',
    applies: (judged) => !differs(judged, 'dataType') && tightens(judged),
    impact: 'risky',
    why: 'Values that were fine until now may be refused.',
  },
  {
    ...domain,
    kind: 'a domain loses a constraint or gets another default',
    applies: (judged) => !differs(judged, 'dataType') && !tightens(judged),
    impact: 'behaviour',
    why: 'Values that it refused may appear, and what is left out becomes something else.',
  },
];

const isEnum = ({ old, now }: ImpactCase): boolean => old.facts.kind === 'enum' && now.facts.kind === 'enum';
const isComposite = ({ old, now }: ImpactCase): boolean =>
  old.facts.kind === 'composite' && now.facts.kind === 'composite';
const becomesAnother = ({ old, now }: ImpactCase): boolean =>
  old.facts.kind !== now.facts.kind || (now.facts.kind !== 'enum' && now.facts.kind !== 'composite');

/** Where each of the old values stands now; -1: nowhere. */
function places({ old, now }: ImpactCase): number[] {
  const labels = now.members.map((value) => value.name);
  return old.members.map((value) => labels.indexOf(value.name));
}

const inOrder = (at: readonly number[]): boolean =>
  at.every((place, position) => position === 0 || place > (at[position - 1] ?? -1));

/** RENAME VALUE keeps the value and changes its label. */
const renamesValue = ({ old, now, pairing }: ImpactCase): boolean =>
  pairing.by === 'identity' &&
  old.members.some((value) => {
    const same = now.members.find(({ identity }) => identity === value.identity);
    return same !== undefined && same.name !== value.name;
  });

function dropsAttribute({ old, now }: ImpactCase): boolean {
  const names = new Set(now.members.map(({ name }) => name));
  const identities = new Set(now.members.map(({ identity }) => identity));
  return old.members.some(({ name, identity }) => !names.has(name) && !identities.has(identity));
}

function changesAttribute({ old, now }: ImpactCase): boolean {
  const definitions = new Map(now.members.map(({ name, definition }) => [name, definition]));
  return old.members.some(({ name, definition }) => definitions.get(name) !== definition);
}

function tightens({ old, now }: ImpactCase): boolean {
  const conditions = new Set(old.members.map((check) => check.definition));
  return now.members.some((check) => !conditions.has(check.definition)) || turnsOn({ old, now }, 'notNull');
}
