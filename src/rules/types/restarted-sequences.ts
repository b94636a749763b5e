import type { TouchedRelation } from '../../run/trace.ts';
import { at, type Place } from '../observed.ts';
import type { FindingDraft, RuleContext } from '../rule.ts';
import { completed } from '../statements.ts';

/** A sequence of base that the pull request drops and makes anew under its name. */
interface Remade {
  readonly place: Place;
  readonly sequence: TouchedRelation;
}

/**
 * Sequences that begin at 1 again while the rows that they have numbered stay. The schema is the same, so that only
 * the trace tells.
 *
 * @param isSet whether a statement sets a sequence
 */
export function restartedSequences(context: RuleContext, isSet: (place: Place) => boolean): FindingDraft[] {
  const all = [...completed(context)];
  return remade(context, all).flatMap(({ place, sequence }) => {
    const from = all.findIndex(({ statement }) => statement === place.statement);
    if (begins(place) || all.slice(from + 1).some(isSet)) return [];
    return [
      {
        ...at(place),
        object: sequence.name,
        severity: 'error',
        title: `The sequence ${sequence.name} is made anew and begins from the start`,
        message: `Base has a sequence of this name, and it was dropped: how far it had come is lost, though the schema is the same. The next INSERT takes numbers that rows have already, and fails with a duplicate key, or gives two things one number. Keep the sequence (ALTER SEQUENCE), or set the new one behind the highest number with setval.`,
        evidence: null,
        fix: null,
      },
    ];
  });
}

function remade(context: RuleContext, all: readonly Place[]): Remade[] {
  const lost = new Map<string, TouchedRelation>();
  const found: Remade[] = [];
  for (const place of all) {
    const { created, dropped } = place.statement;
    // With its table the rows are gone, too, of which drop-table tells.
    const tables = dropped.some(({ type }) => type === 'table');
    for (const relation of dropped) {
      if (relation.type === 'sequence' && !tables && isBases(context, relation))
        lost.set(relation.name, relation);
    }
    for (const sequence of created) {
      if (sequence.type !== 'sequence' || !lost.delete(sequence.name)) continue;
      found.push({ place, sequence });
    }
  }
  return found;
}

/** Those of identity columns are in no catalog of ours: base's oids are below all that came later. */
const isBases = (context: RuleContext, { oid }: TouchedRelation): boolean =>
  context.migrations.every(({ statements }) =>
    statements.every(({ created }) => created.every((each) => each.oid !== oid)),
  );

/** Does the statement that makes it say where it begins? */
function begins({ statement }: Place): boolean {
  return /\bSTART\b|\bRESTART\b/i.test(statement.sql);
}
