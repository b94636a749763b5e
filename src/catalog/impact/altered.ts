import type { CatalogObject, Impact } from '../model.ts';
import { isRebuiltForItsColumn, rowSecurity } from './circumstances.ts';
import { differs, type ImpactRow, lost, turnsOff, turnsOn, when } from './row.ts';
import { keepsColumns, onlyAppendsColumns } from './view-columns.ts';

/** Everything but tables and columns that is there with another definition. */
export const alteredRows: readonly ImpactRow[] = [
  {
    types: ['constraint'],
    change: 'altered',
    judge: (judged) => {
      if (isRebuiltForItsColumn(judged)) return 'none';
      if (condition(judged.old) !== condition(judged.now)) {
        return judged.now.facts.enforced === false ? 'behaviour' : 'risky';
      }
      if (turnsOn(judged, 'validated')) return 'none';
      return when(differs(judged, 'triggersDisabled') || turnsOff(judged, 'validated'), 'behaviour');
    },
    why: 'Other writes are refused than before.',
  },
  {
    types: ['index'],
    change: 'altered',
    judge: (judged) => {
      if (isRebuiltForItsColumn(judged)) return 'none';
      return judged.old.facts.unique === true || judged.now.facts.unique === true ? 'risky' : 'behaviour';
    },
    why: 'Other queries can use it; a unique one refuses other rows.',
  },
  {
    types: ['type'],
    change: 'altered',
    judge: ({ old, now }) => {
      if (old.facts.kind !== now.facts.kind || now.facts.kind === 'range') return 'breaking';
      return now.facts.kind === 'enum' ? judgeEnum(old, now) : judgeComposite(old, now);
    },
    why: 'Values or attributes that statements name are others.',
  },
  {
    types: ['domain'],
    change: 'altered',
    judge: (judged) => when(differs(judged, 'dataType'), 'breaking'),
    why: 'The domain has another base type.',
  },
  {
    types: ['domain'],
    change: 'altered',
    judge: ({ old, now }) => {
      const conditions = new Set(old.members.map((check) => check.definition));
      const tighter = now.members.some((check) => !conditions.has(check.definition));
      return when(tighter || turnsOn({ old, now }, 'notNull'), 'risky');
    },
    why: 'Values that were fine until now may be refused.',
  },
  {
    types: ['view', 'materialized-view'],
    change: 'altered',
    judge: ({ old, now }) => {
      if (!keepsColumns(old, now)) return 'breaking';
      if (differs({ old, now }, 'securityInvoker')) return 'risky';
      return onlyAppendsColumns(old, now) ? 'none' : 'behaviour';
    },
    why: 'The view has other columns or rows.',
  },
  {
    types: ['function', 'procedure'],
    change: 'altered',
    judge: ({ old, now }) =>
      when(
        differs({ old, now }, 'returns') ||
          (old.facts.argumentNames !== null && differs({ old, now }, 'argumentNames')) ||
          Number(now.facts.defaults) < Number(old.facts.defaults),
        'breaking',
      ),
    why: 'Calls get another result type, or name or leave out an argument that is not there.',
  },
  {
    types: ['policy'],
    change: 'altered',
    judge: (judged) => (rowSecurity(judged) ? 'risky' : 'none'),
    why: 'Other rows are visible or accepted than before.',
  },
  {
    types: ['extension'],
    change: 'altered',
    judge: (judged) => when(differs(judged, 'schema'), 'breaking'),
    why: 'Its functions and types are in another schema.',
  },
];

/** A constraint's clause without the part that says whether old rows were checked. */
const condition = ({ facts }: CatalogObject): string => {
  const clause = String(facts.clause);
  return clause.endsWith(' NOT VALID') ? clause.slice(0, -' NOT VALID'.length) : clause;
};

function judgeEnum(old: CatalogObject, now: CatalogObject): Impact {
  const labels = now.members.map((value) => value.name);
  const kept = old.members.map((value) => labels.indexOf(value.name));
  if (kept.includes(-1)) return 'breaking';
  return kept.every((place, position) => position === 0 || place > (kept[position - 1] ?? -1))
    ? 'none'
    : 'behaviour';
}

function judgeComposite(old: CatalogObject, now: CatalogObject): ReturnType<ImpactRow['judge']> {
  const attributes = new Map(now.members.map((attribute) => [attribute.name, attribute.definition]));
  const identities = new Set(now.members.map((attribute) => attribute.identity));
  if (old.members.some(({ name, identity }) => !attributes.has(name) && !identities.has(identity)))
    return lost;
  if (old.members.some(({ name, definition }) => attributes.get(name) !== definition)) return 'breaking';
  return 'risky';
}
