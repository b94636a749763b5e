import { blocks, lockTitle, strongest } from '../../run/locks.ts';
import type { BaseRelation, StatementTrace } from '../../run/trace.ts';
import { at, everythingOf, evidenceOn, hiddenIn, locksOn, nameOf, type Place, places } from '../observed.ts';
import type { FindingDraft, RuleContext } from '../rule.ts';
import { apart, blocksWhom, listed, whoWaits } from '../wording.ts';

/** Foreign keys that a DO block or a function adds, as code generators write them; the server names those that it checks. */
export const hiddenForeignKeys = (context: RuleContext): FindingDraft[] =>
  [...places(context)].flatMap((place) => {
    const { statement } = place;
    if (hiddenIn(statement) === null) return [];
    const keys = validatedKeys(context, statement);
    const tables = new Map(keys.map(({ table }) => [table.oid, table]));
    return [...tables.values()].map((table) => {
      const mine = keys.filter((key) => key.table.oid === table.oid);
      const referenced = new Map(
        mine.flatMap(({ other }) => (other === undefined ? [] : [[other.oid, other]])),
      );
      const names = mine.map(({ name }) => name);
      return foreignKeyFinding(context, place, table, [...referenced.values()], names);
    });
  });

/** Constraints by the names in the server's messages, where their table is base's. */
function validatedKeys(context: RuleContext, statement: StatementTrace) {
  const locked = statement.locks.filter(({ kind }) => kind === 'table');
  return statement.proofs.flatMap((proof) => {
    const name = /^validating foreign key constraint "(.*)"$/s.exec(proof)?.[1];
    return (context.after?.objects ?? []).flatMap(({ type, local, facts, containerIdentity }) => {
      if (type !== 'constraint' || local !== name || facts.kind !== 'foreign-key') return [];
      const table = locked.find(({ oid }) => containerIdentity === `pg_class:${oid}`);
      const other = locked.find(
        ({ oid, names }) => oid !== table?.oid && names.includes(`${facts.foreignTable}`),
      );
      return table === undefined
        ? []
        : [
            {
              name,
              table: { ...table, tableOid: null },
              other: other === undefined ? undefined : { ...other, tableOid: null },
            },
          ];
    });
  });
}

/** What a foreign key's check does to both tables. The fix is the caller's. */
export function foreignKeyFinding(
  context: Pick<RuleContext, 'tool'>,
  place: Place,
  table: BaseRelation,
  referenced: readonly BaseRelation[],
  names: readonly string[],
): FindingDraft {
  const { statement } = place;
  const evidence = evidenceOn(statement, table);
  const others = referenced.flatMap((base) => {
    const lock = strongest(locksOn(statement, base.oid));
    return lock === undefined ? [] : [{ name: nameOf(base), lock, waits: blocks(lock.mode) }];
  });
  // The referencing table may be locked harder, by an earlier statement: each is named with what waits there.
  const alike = others.filter(({ waits }) => waits.includes('reads') === evidence.blocks.includes('reads'));
  const unlike = others.filter((other) => !alike.includes(other)).map(({ name }) => name);
  const more =
    unlike.length === 0
      ? ''
      : evidence.blocks.includes('reads')
        ? `, and writes to ${listed(unlike)}`
        : `, and reads and writes of ${listed(unlike)}`;
  const waiting = others.map(
    ({ name, lock, waits }) =>
      ` ${sentenceCase(listed(waits))} of ${name} (${lockTitle(lock.mode)}) wait as well.`,
  );
  const inside = hiddenIn(statement);
  return {
    ...at(place),
    object: nameOf(table),
    title: `Adding ${names.length === 1 ? `foreign key ${names[0]}` : `${names.length} foreign keys`} ${blocksWhom(evidence, listed([nameOf(table), ...alike.map(({ name }) => name)]))}${more}`,
    message: `${whoWaits(statement, table, evidence, 'it looks up every row in the referenced table')}${waiting.join('')} Add it NOT VALID${inside === null ? '' : ', outside of the block,'} and validate it in ${apart(context)}.`,
    evidence: { ...evidence, scan: true },
    fix: null,
    explains: [...(inside === null ? everythingOf(statement) : [nameOf(table)]), ...referenced.map(nameOf)],
  };
}

const sentenceCase = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);
