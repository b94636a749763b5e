import type { CatalogObject, Impact, ObjectType, SchemaChange } from '../model.ts';
import type { Pairing } from '../pairing.ts';

/** What a change means for the version of the application that still runs when the migration is applied. */
export interface Judgement {
  readonly impact: Impact;
  /** Stored values are gone, or may have been changed by a conversion. */
  readonly dataLoss: boolean;
  /** Can the former schema be brought back with all that it held, whatever was written in between? */
  readonly reversible: boolean;
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
  /** What happens, for the table of kinds: `a column is dropped`. */
  readonly kind: string;
  readonly types: readonly ObjectType[];
  readonly change: SchemaChange['change'];
  /** Absent: always. */
  applies?(judged: ImpactCase): boolean;
  readonly impact: Impact;
  /** Absent: no. */
  readonly dataLoss?: true;
  /** Absent: it is, unless data are lost. */
  readonly reversible?: false;
  readonly why: string;
}

export type Sides = Pick<ImpactCase, 'old' | 'now'>;
export const differs = ({ old, now }: Sides, fact: string): boolean => old.facts[fact] !== now.facts[fact];
export const turnsOn = ({ old, now }: Sides, fact: string): boolean =>
  old.facts[fact] !== true && now.facts[fact] === true;
export const turnsOff = ({ old, now }: Sides, fact: string): boolean =>
  old.facts[fact] === true && now.facts[fact] !== true;
