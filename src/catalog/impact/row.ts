import type { CatalogObject, Impact, ObjectType, SchemaChange } from '../model.ts';
import type { Pairing } from '../pairing.ts';

/** What a change means for the version of the application that still runs when the migration is applied. */
export interface Judgement {
  readonly impact: Impact;
  /** Stored values are gone, or may have been changed by a conversion. */
  readonly dataLoss: boolean;
  /** One sentence about the strongest reason. */
  readonly why: string;
}

/** What the rows of the table look at. For added and removed objects `old` and `now` are the same one. */
export interface ImpactCase {
  readonly old: CatalogObject;
  readonly now: CatalogObject;
  readonly pairing: Pairing;
}

/**
 * One kind of change and what it does to the statements of the running version: `breaking` = they fail or
 * lose data, `risky` = they may, by data or by the way the application talks to the server, `behaviour` =
 * they work and do something else, `none`.
 */
export interface ImpactRow {
  readonly types: readonly ObjectType[];
  readonly change: SchemaChange['change'];
  /** Null where the row does not apply. */
  judge(judged: ImpactCase): Impact | { readonly impact: Impact; readonly dataLoss: boolean } | null;
  readonly why: string;
}

export const lost = { impact: 'breaking', dataLoss: true } as const;
export const when = (applies: boolean, impact: Impact): Impact | null => (applies ? impact : null);

export type Sides = Pick<ImpactCase, 'old' | 'now'>;
export const differs = ({ old, now }: Sides, fact: string): boolean => old.facts[fact] !== now.facts[fact];
export const turnsOn = ({ old, now }: Sides, fact: string): boolean =>
  old.facts[fact] !== true && now.facts[fact] === true;
export const turnsOff = ({ old, now }: Sides, fact: string): boolean =>
  old.facts[fact] === true && now.facts[fact] !== true;
