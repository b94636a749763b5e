import type { CatalogObject } from '../model.ts';
import type { ImpactCase } from './row.ts';

export const mustBeGiven = ({ facts }: CatalogObject): boolean =>
  facts.refusesNull === true &&
  facts.hasDefault !== true &&
  facts.identity === null &&
  facts.generated === null;

export const guardsUniqueness = ({ facts }: CatalogObject): boolean =>
  facts.kind === 'primary-key' || facts.kind === 'unique' || facts.kind === 'exclusion';

export const rowSecurity = ({ now, pairing }: ImpactCase): boolean =>
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
export const losesItsColumns = ({ old, pairing }: ImpactCase): boolean =>
  old.columns.length > 0 &&
  old.columns.every((identity) => {
    const column = pairing.before.byIdentity(identity);
    return column !== undefined && pairing.afterOf(column) === undefined;
  });

/** ADD CONSTRAINT … USING INDEX gives an index another owner and refuses nothing new. */
export const becameConstraint = ({ old, pairing }: ImpactCase): boolean =>
  pairing.by === 'identity' &&
  pairing.after.objects.some((object) => object.type === 'constraint' && object.facts.index === old.identity);

export const wasUniqueIndex = ({ now, pairing }: ImpactCase): boolean => {
  if (pairing.by === 'name' || typeof now.facts.index !== 'string') return false;
  return pairing.before.byIdentity(now.facts.index)?.facts.unique === true;
};

/** ALTER COLUMN TYPE makes constraints and indexes anew, with casts to the new type in their text. */
export const isRebuiltForItsColumn = ({ old, now, pairing }: ImpactCase): boolean =>
  old.identity !== now.identity &&
  old.columns.length === now.columns.length &&
  old.columns.some((identity) => {
    const before = pairing.before.byIdentity(identity);
    const after = before && pairing.afterOf(before);
    return after !== undefined && before?.facts.dataType !== after.facts.dataType;
  });

/** Can what the running version leaves in columns that it does not know never be refused? */
export function acceptsDefaults(judged: ImpactCase): boolean {
  if (!coversOnlyNewColumns(judged)) return false;
  const { now, pairing } = judged;
  const columns = now.columns.flatMap((identity) => pairing.after.byIdentity(identity) ?? []);
  const clause = String(now.facts.clause ?? now.definition);
  if (now.type === 'index' || guardsUniqueness(now)) {
    // One NULL, or a value that is another one each time, and no two rows are equal.
    return columns.some((column) =>
      isNull(column) ? !clause.includes('NULLS NOT DISTINCT') : isNewEachTime(column),
    );
  }
  // NULL satisfies every CHECK that does not ask for it, and every foreign key.
  return columns.every(isNull) && !/ IS NOT NULL|num_n|IS DISTINCT|COALESCE/i.test(clause);
}

const isNull = ({ facts }: CatalogObject): boolean =>
  facts.hasDefault !== true && facts.identity === null && facts.generated === null;

const isNewEachTime = ({ facts }: CatalogObject): boolean =>
  facts.identity !== null ||
  /\b(?:nextval|gen_random_uuid|uuid_generate_v\w+|uuidv[47])\(/.test(String(facts.default));

/** Row level security that lets nobody see anything: no policy allows it. */
export const hasPermissivePolicy = ({ now, pairing }: ImpactCase): boolean =>
  pairing.after.objects.some(
    ({ type, containerIdentity, facts }) =>
      type === 'policy' && containerIdentity === now.identity && facts.permissive === true,
  );
