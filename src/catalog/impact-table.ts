import { judgeTypeChange } from './column-types.ts';
import type { ImpactCase, Judgement } from './impact.ts';
import type { CatalogObject, Impact, ObjectType, SchemaChange } from './model.ts';
import { keepsColumns, onlyAppendsColumns } from './view-columns.ts';

/**
 * One kind of change and what it does to the statements of the running version: `breaking` = they fail or
 * lose data, `risky` = they may, by data or by the way the application talks to the server, `behaviour` =
 * they work and do something else, `none`.
 */
interface ImpactRow {
  readonly types: readonly ObjectType[];
  readonly change: SchemaChange['change'];
  /** Null where the row does not apply. */
  judge(judged: ImpactCase): Impact | { readonly impact: Impact; readonly dataLoss: boolean } | null;
  readonly why: string;
}

const lost = { impact: 'breaking', dataLoss: true } as const;
const when = (applies: boolean, impact: Impact): Impact | null => (applies ? impact : null);

export const impactRows: readonly ImpactRow[] = [
  // Removed
  {
    types: ['schema'],
    change: 'removed',
    judge: ({ old, pairing }) =>
      pairing.before.objects.some((object) => object.type === 'table' && object.scope === old.identity)
        ? lost
        : 'breaking',
    why: 'Everything in the schema is gone.',
  },
  {
    types: ['table'],
    change: 'removed',
    judge: () => lost,
    why: 'Every statement that names the table fails, and its rows are gone.',
  },
  {
    types: ['column'],
    change: 'removed',
    // The values of a generated column can be computed again.
    judge: ({ old }) => (old.facts.generated === null ? lost : 'breaking'),
    why: 'Statements that name the column fail, and its values are gone.',
  },
  {
    types: ['sequence'],
    change: 'removed',
    judge: () => lost,
    why: 'nextval() fails, and the position is gone.',
  },
  {
    types: ['view', 'materialized-view'],
    change: 'removed',
    judge: ({ old, pairing }) => (relationNamed(old.name, pairing.after.byName) ? 'risky' : 'breaking'),
    why: 'Every statement that names the view fails.',
  },
  {
    types: ['constraint'],
    change: 'removed',
    judge: (judged) => {
      if (losesItsColumns(judged)) return 'none';
      return guardsUniqueness(judged.old) ? 'risky' : 'behaviour';
    },
    why: 'The database no longer refuses what the constraint refused; ON CONFLICT needs a unique one.',
  },
  {
    types: ['index'],
    change: 'removed',
    judge: (judged) => {
      if (losesItsColumns(judged) || judged.old.facts.valid === false) return 'none';
      if (becameConstraint(judged)) return 'none';
      return judged.old.facts.unique === true ? 'risky' : 'behaviour';
    },
    why: 'Queries that used the index get slower; ON CONFLICT needs a unique one.',
  },
  {
    types: ['policy'],
    change: 'removed',
    judge: (judged) => {
      if (!rowSecurity(judged)) return 'none';
      return judged.old.facts.permissive === true ? 'risky' : 'behaviour';
    },
    why: 'Other rows are visible than before.',
  },
  {
    types: ['trigger'],
    change: 'removed',
    judge: () => 'behaviour',
    why: 'Writes no longer do what the trigger did.',
  },

  // Renamed
  {
    types: ['table', 'view', 'materialized-view'],
    change: 'renamed',
    judge: ({ old, pairing }) => (relationNamed(old.name, pairing.after.byName) ? 'risky' : 'breaking'),
    why: 'Statements that use the old name fail.',
  },
  {
    types: ['column'],
    change: 'renamed',
    judge: ({ old, now, pairing }) =>
      pairing.after.byName('column', `${now.container}.${old.local}`) === undefined ? 'breaking' : 'risky',
    why: 'Statements that use the old name fail.',
  },
  {
    types: ['function', 'procedure'],
    change: 'renamed',
    judge: ({ old, pairing }) =>
      pairing.after.byName(old.type, old.name) === undefined ? 'breaking' : 'risky',
    why: 'Calls by the old name fail.',
  },
  {
    types: ['constraint'],
    change: 'renamed',
    judge: () => 'behaviour',
    why: 'ON CONFLICT ON CONSTRAINT and code that reads the name from an error notice it.',
  },
  { types: ['index', 'policy'], change: 'renamed', judge: () => 'none', why: 'Statements do not name it.' },
  {
    types: ['trigger'],
    change: 'renamed',
    judge: () => 'behaviour',
    why: 'Triggers fire in the order of their names.',
  },

  // Added
  {
    types: ['column'],
    change: 'added',
    judge: ({ now: { facts } }) =>
      when(
        facts.refusesNull === true &&
          facts.hasDefault !== true &&
          facts.identity === null &&
          facts.generated === null,
        'breaking',
      ),
    why: 'INSERTs of the running version do not give the column a value, and it refuses NULL.',
  },
  {
    types: ['constraint'],
    change: 'added',
    judge: (judged) => (coversOnlyNewColumns(judged) || wasUniqueIndex(judged) ? 'none' : 'risky'),
    why: 'Writes that were fine until now may be refused.',
  },
  {
    types: ['index'],
    change: 'added',
    judge: (judged) => when(judged.now.facts.unique === true && !coversOnlyNewColumns(judged), 'risky'),
    why: 'Duplicates that were fine until now are refused.',
  },
  { types: ['trigger'], change: 'added', judge: () => 'behaviour', why: 'Writes do more than before.' },
  {
    types: ['policy'],
    change: 'added',
    judge: (judged) => {
      if (!rowSecurity(judged)) return 'none';
      return judged.now.facts.permissive === true ? 'behaviour' : 'risky';
    },
    why: 'Other rows are visible than before.',
  },
  {
    types: ['function', 'procedure'],
    change: 'added',
    judge: ({ now, pairing }) =>
      when(
        pairing.before.objects.some(
          (object) =>
            object.type === now.type &&
            object.ownName === now.ownName &&
            pairing.afterOf(object) !== undefined &&
            pairing.afterOf(object)?.scope === now.scope,
        ),
        'behaviour',
      ),
    why: 'A second function of that name can make calls ambiguous.',
  },

  // Altered: tables
  {
    types: ['table'],
    change: 'altered',
    judge: (judged) =>
      when(turnsOn(judged, 'rowSecurity') || turnsOn(judged, 'forceRowSecurity'), 'breaking'),
    why: 'Roles that row level security applies to see only what a policy lets them see.',
  },
  {
    types: ['table'],
    change: 'altered',
    judge: (judged) =>
      when(turnsOff(judged, 'rowSecurity') || turnsOff(judged, 'forceRowSecurity'), 'behaviour'),
    why: 'Rows that policies hid are visible.',
  },
  {
    types: ['table'],
    change: 'altered',
    judge: ({ old, now }) =>
      when(
        old.facts.partitionOf !== null &&
          (now.facts.partitionOf === null || differs({ old, now }, 'partitionBound')),
        'breaking',
      ),
    why: 'The rows are no longer part of the partitioned table, or of another part of it.',
  },
  {
    types: ['table'],
    change: 'altered',
    judge: (judged) => when(differs(judged, 'inherits'), 'behaviour'),
    why: 'Queries of the parent table read other rows.',
  },
  {
    types: ['table'],
    change: 'altered',
    judge: (judged) => when(turnsOn(judged, 'unlogged'), 'risky'),
    why: 'An unlogged table is emptied after a crash and is not on replicas.',
  },
  {
    types: ['table'],
    change: 'altered',
    judge: (judged) =>
      when(differs(judged, 'replicaIdentity') && judged.now.facts.replicaIdentity === 'nothing', 'breaking'),
    why: 'UPDATE and DELETE fail on a published table without replica identity.',
  },

  // Altered: columns
  {
    types: ['column'],
    change: 'altered',
    judge: (judged) =>
      differs(judged, 'dataType') ? judgeTypeChange(judged.old.facts, judged.now.facts) : null,
    why: 'The column has another type.',
  },
  {
    types: ['column'],
    change: 'altered',
    judge: (judged) => when(differs(judged, 'collation'), 'behaviour'),
    why: 'Order and equality of the values change.',
  },
  {
    types: ['column'],
    change: 'altered',
    judge: (judged) => when(turnsOn(judged, 'refusesNull'), 'risky'),
    why: 'Writes of NULL, until now allowed, fail.',
  },
  {
    types: ['column'],
    change: 'altered',
    judge: (judged) => when(turnsOff(judged, 'refusesNull'), 'behaviour'),
    why: 'Readers may meet NULL.',
  },
  {
    types: ['column'],
    change: 'altered',
    judge: (judged) => {
      if (!differs(judged, 'default')) return null;
      return judged.now.facts.default === null && mustBeGiven(judged.now) ? 'breaking' : 'behaviour';
    },
    why: 'INSERTs that leave the column out store something else, or fail.',
  },
  {
    types: ['column'],
    change: 'altered',
    judge: (judged) => {
      if (!differs(judged, 'identity')) return null;
      if (judged.now.facts.identity === 'always') return 'breaking';
      if (judged.now.facts.identity === null) return mustBeGiven(judged.now) ? 'breaking' : 'behaviour';
      return judged.old.facts.identity === 'always' ? 'none' : 'behaviour';
    },
    why: 'INSERTs that give the identity column a value, or that do not, fail.',
  },
  {
    types: ['column'],
    change: 'altered',
    judge: (judged) => when(differs(judged, 'identityOptions'), 'behaviour'),
    why: 'The identity column counts in another way.',
  },
  {
    types: ['column'],
    change: 'altered',
    judge: ({ old, now }) => {
      if (old.facts.generated === null) return now.facts.generated === null ? null : lost;
      if (now.facts.generated === null) return 'breaking';
      return when(differs({ old, now }, 'generationExpression'), 'risky');
    },
    why: 'A generated column cannot be written, and one that is no longer generated has to be.',
  },

  // Altered: the rest
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

/** What holds where no row speaks. */
export function otherwise(change: SchemaChange['change'], type: ObjectType): Judgement {
  const plain = (impact: Impact, why: string): Judgement => ({ impact, dataLoss: false, why });
  if (change === 'added') return plain('none', 'The running version does not know it.');
  if (change === 'removed') return plain('breaking', 'Statements that name it fail.');
  if (change === 'renamed') return plain('breaking', 'Statements that use the old name fail.');
  if (type === 'table' || type === 'column' || type === 'constraint') {
    return plain('none', 'It is stored or planned differently; statements do the same.');
  }
  return plain('behaviour', 'It does something else than before.');
}

type Sides = Pick<ImpactCase, 'old' | 'now'>;
const differs = ({ old, now }: Sides, fact: string): boolean => old.facts[fact] !== now.facts[fact];
const turnsOn = ({ old, now }: Sides, fact: string): boolean =>
  old.facts[fact] !== true && now.facts[fact] === true;
const turnsOff = ({ old, now }: Sides, fact: string): boolean =>
  old.facts[fact] === true && now.facts[fact] !== true;

const relationNamed = (name: string, byName: ImpactCase['pairing']['after']['byName']): boolean =>
  (['table', 'view', 'materialized-view'] as const).some((type) => byName(type, name) !== undefined);

const mustBeGiven = ({ facts }: CatalogObject): boolean =>
  facts.refusesNull === true &&
  facts.hasDefault !== true &&
  facts.identity === null &&
  facts.generated === null;

const guardsUniqueness = ({ facts }: CatalogObject): boolean =>
  facts.kind === 'primary-key' || facts.kind === 'unique' || facts.kind === 'exclusion';

const rowSecurity = ({ now, pairing }: ImpactCase): boolean =>
  [pairing.before, pairing.after].some(
    (catalog) => catalog.byIdentity(now.containerIdentity)?.facts.rowSecurity === true,
  );

/** The running version does not write columns that it does not know: only their defaults go there. */
const coversOnlyNewColumns = ({ now, pairing }: ImpactCase): boolean =>
  now.columns.length > 0 &&
  now.columns.every((identity) => {
    const column = pairing.after.byIdentity(identity);
    return column !== undefined && pairing.beforeOf(column) === undefined;
  });

/** It went with its last column, whose own line says what that means. */
const losesItsColumns = ({ old, pairing }: ImpactCase): boolean =>
  old.columns.length > 0 &&
  old.columns.every((identity) => {
    const column = pairing.before.byIdentity(identity);
    return column !== undefined && pairing.afterOf(column) === undefined;
  });

/** ADD CONSTRAINT … USING INDEX gives an index another owner and refuses nothing new. */
const becameConstraint = ({ old, pairing }: ImpactCase): boolean =>
  pairing.by === 'identity' &&
  pairing.after.objects.some((object) => object.type === 'constraint' && object.facts.index === old.identity);

const wasUniqueIndex = ({ now, pairing }: ImpactCase): boolean => {
  if (pairing.by === 'name' || typeof now.facts.index !== 'string') return false;
  return pairing.before.byIdentity(now.facts.index)?.facts.unique === true;
};

/** ALTER COLUMN TYPE makes constraints and indexes anew, with casts to the new type in their text. */
const isRebuiltForItsColumn = ({ old, now, pairing }: ImpactCase): boolean =>
  old.identity !== now.identity &&
  old.columns.length === now.columns.length &&
  old.columns.some((identity) => {
    const before = pairing.before.byIdentity(identity);
    const after = before && pairing.afterOf(before);
    return after !== undefined && before?.facts.dataType !== after.facts.dataType;
  });

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
