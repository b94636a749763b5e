import type { CatalogObject } from '../model.ts';
import type { ImpactCase } from './row.ts';

export const relationNamed = (name: string, byName: ImpactCase['pairing']['after']['byName']): boolean =>
  (['table', 'view', 'materialized-view'] as const).some((type) => byName(type, name) !== undefined);

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
export const coversOnlyNewColumns = ({ now, pairing }: ImpactCase): boolean =>
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
