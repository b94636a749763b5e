import { type Difference, subject } from './differences.ts';
import { addedRows } from './impact/added.ts';
import { alteredRows } from './impact/altered.ts';
import { alteredTableRows } from './impact/altered-tables.ts';
import { removedRows } from './impact/removed.ts';
import { renamedRows } from './impact/renamed.ts';
import type { ImpactCase, ImpactRow, Judgement } from './impact/row.ts';
import type { Impact, ObjectType, SchemaChange } from './model.ts';
import type { Pairing } from './pairing.ts';

const rows: readonly ImpactRow[] = [
  ...removedRows,
  ...renamedRows,
  ...addedRows,
  ...alteredTableRows,
  ...alteredRows,
];

/**
 * Judges one difference by the rows in `impact/`: every row that applies is asked and the strongest
 * wins, so that a column whose type and default changed gets the worse of both.
 */
export function judge(difference: Difference, pairing: Pairing): Judgement {
  const object = subject(difference);
  if (difference.orderOnly) {
    return { impact: 'none', dataLoss: false, why: 'Only the order of the columns differs.' };
  }
  const judged: ImpactCase = { old: difference.before ?? object, now: difference.after ?? object, pairing };
  const verdicts = rows
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

/** What holds where no row speaks. */
function otherwise(change: SchemaChange['change'], type: ObjectType): Judgement {
  const plain = (impact: Impact, why: string): Judgement => ({ impact, dataLoss: false, why });
  if (change === 'added') return plain('none', 'The running version does not know it.');
  if (change === 'removed') return plain('breaking', 'Statements that name it fail.');
  if (change === 'renamed') return plain('breaking', 'Statements that use the old name fail.');
  if (type === 'table' || type === 'column' || type === 'constraint') {
    return plain('none', 'It is stored or planned differently; statements do the same.');
  }
  return plain('behaviour', 'It does something else than before.');
}
