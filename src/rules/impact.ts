import type { ObjectType, SchemaChange } from '../catalog/model.ts';
import { hiddenIn, nameOf, type Place, places } from './observed.ts';
import type { RuleContext } from './rule.ts';

/** What the schema diff says of an object that base has; undefined where it says nothing, or nothing is known. */
export const changeOf = (
  { schemaChanges }: RuleContext,
  types: readonly ObjectType[],
  name: string,
): SchemaChange | undefined =>
  schemaChanges.find(
    (change) =>
      types.includes(change.type) &&
      change.change !== 'added' &&
      (change.previousName ?? change.name) === name,
  );

/** Does the old name of what was renamed or moved go on answering? By the impact that the schema diff gives it. */
export const oldNameAnswers = (context: RuleContext, types: readonly ObjectType[], name: string): boolean => {
  if (context.migrations.some(({ error }) => error !== null)) return false;
  const change = changeOf(context, types, name);
  return change?.change === 'renamed' && change.impact !== 'breaking';
};

/** A change of what base has, and the statement that hides it. */
export interface HiddenChange {
  readonly change: SchemaChange;
  /** Base's name. */
  readonly name: string;
  readonly place: Place;
  /** `a DO block`, `a function`. */
  readonly where: string;
}

/**
 * Changes that no statement's text tells of: they happened inside a DO block, a function or a procedure. What
 * went with its schema is the schema's matter.
 *
 * @param told base's names that a finding is about already
 */
export function hiddenChanges(
  context: RuleContext,
  types: readonly ObjectType[],
  changes: readonly SchemaChange['change'][],
  told: ReadonlySet<string | null>,
): HiddenChange[] {
  return context.schemaChanges.flatMap((change): HiddenChange[] => {
    const name = change.previousName ?? change.name;
    if (!types.includes(change.type) || !changes.includes(change.change) || told.has(name)) return [];
    const schema = name.slice(0, name.indexOf('.'));
    if (changeOf(context, ['schema'], schema) !== undefined && change.type !== 'schema') return [];
    for (const place of places(context)) {
      const where = hiddenIn(place.statement);
      if (where === null || !couldDoIt(place, change, name)) continue;
      return [{ change, name, place, where }];
    }
    return [];
  });
}

/** Relations are locked by what changes them; types and schemas leave no such trace. */
const couldDoIt = ({ statement }: Place, { type }: SchemaChange, name: string): boolean =>
  !['table', 'view', 'materialized-view'].includes(type) ||
  statement.locks.some((lock) => lock.new && lock.mode === 'AccessExclusiveLock' && nameOf(lock) === name);

export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
