import { type Difference, subject } from './differences.ts';
import { impactRows, otherwise } from './impact-table.ts';
import type { CatalogObject, Impact } from './model.ts';
import type { Pairing } from './pairing.ts';

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
 * Judges one difference by the table in `impact-table.ts`: every row that applies is asked and the strongest
 * wins, so that a column whose type and default changed gets the worse of both.
 */
export function judge(difference: Difference, pairing: Pairing): Judgement {
  const object = subject(difference);
  if (difference.orderOnly) {
    return { impact: 'none', dataLoss: false, why: 'Only the order of the columns differs.' };
  }
  const judged: ImpactCase = { old: difference.before ?? object, now: difference.after ?? object, pairing };
  const verdicts = impactRows
    .filter((row) => row.change === difference.change && row.types.includes(object.type))
    .flatMap((row): Judgement[] => {
      const answer = row.judge(judged);
      if (answer === null) return [];
      return typeof answer === 'string'
        ? [{ impact: answer, dataLoss: false, why: row.why }]
        : [{ ...answer, why: row.why }];
    });
  const [strongest = otherwise(difference.change, object.type)] = verdicts.sort(
    (a, b) => strength.indexOf(b.impact) - strength.indexOf(a.impact),
  );
  return { ...strongest, dataLoss: verdicts.some((verdict) => verdict.dataLoss) };
}

const strength: readonly Impact[] = ['none', 'behaviour', 'risky', 'breaking'];
