import { type Difference, subject } from './differences.ts';
import { addedRows } from './impact/added.ts';
import { alteredRows } from './impact/altered.ts';
import { alteredColumnRows } from './impact/altered-columns.ts';
import { alteredTableRows } from './impact/altered-tables.ts';
import { alteredTypeRows } from './impact/altered-types.ts';
import { besideRows } from './impact/besides.ts';
import { removedRows } from './impact/removed.ts';
import { renamedRows } from './impact/renamed.ts';
import type { ImpactCase, ImpactRow, Judgement } from './impact/row.ts';
import type { Impact, ObjectType, SchemaChange } from './model.ts';
import type { Pairing } from './pairing.ts';

/** Every kind of change that is told apart, with what it does to the running version. */
export const impactRows: readonly ImpactRow[] = [
  ...removedRows,
  ...renamedRows,
  ...addedRows,
  ...alteredTableRows,
  ...alteredColumnRows,
  ...alteredTypeRows,
  ...alteredRows,
  ...besideRows,
];

/**
 * Judges one difference by the rows in `impact/`: every row that applies is asked and the strongest
 * wins, so that a column whose type and default changed gets the worse of both.
 */
export function judge(difference: Difference, pairing: Pairing): Judgement {
  const object = subject(difference);
  if (difference.orderOnly) {
    return plain(
      'none',
      'Only the order of the columns differs: INSERTs without a list of columns notice it.',
    );
  }
  const judged: ImpactCase = { old: difference.before ?? object, now: difference.after ?? object, pairing };
  const found = impactRows.filter(
    (row) =>
      row.change === difference.change &&
      row.types.includes(object.type) &&
      (row.applies === undefined || row.applies(judged)),
  );
  if (found.length === 0) return otherwise(difference.change, object.type);
  const [strongest] = [...found].sort((a, b) => strength.indexOf(b.impact) - strength.indexOf(a.impact));
  const dataLoss = found.some((row) => row.dataLoss === true);
  return {
    impact: strongest?.impact ?? 'none',
    dataLoss,
    reversible: !dataLoss && found.every((row) => row.reversible !== false),
    why: strongest?.why ?? '',
  };
}

const strength: readonly Impact[] = ['none', 'behaviour', 'risky', 'breaking'];

const plain = (impact: Impact, why: string): Judgement => ({
  impact,
  dataLoss: false,
  reversible: true,
  why,
});

/** What holds where no row speaks. */
function otherwise(change: SchemaChange['change'], type: ObjectType): Judgement {
  if (change === 'added') return plain('none', 'The running version does not know it.');
  if (change === 'removed') return plain('breaking', 'Statements that name it fail.');
  if (change === 'renamed') return plain('breaking', 'Statements that use the old name fail.');
  if (type === 'table' || type === 'column' || type === 'constraint') {
    return plain('none', 'It is stored or planned differently; statements do the same.');
  }
  return plain('behaviour', 'It does something else than before.');
}
