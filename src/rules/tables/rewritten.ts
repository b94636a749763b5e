import type { AlterTableType } from '@pgsql/types';
import { type AlterTable, alterTables } from '../alter-table.ts';
import { at, everythingOf, evidenceOn } from '../observed.ts';
import type { FindingDraft, RuleContext } from '../rule.ts';
import { blocksWhom, whoWaits } from '../wording.ts';

/** ALTER TABLE commands of these kinds, where the shadow saw that the table was copied. */
export function rewritten(
  context: RuleContext,
  subtypes: readonly AlterTableType[],
  words: {
    /** `SET UNLOGGED`, for the headline. */
    readonly command: (alter: AlterTable) => string;
    /** What the table's lock is held for: `the table is copied`. */
    readonly work: string;
    /** What to do, one sentence. */
    readonly advice: string;
  },
): FindingDraft[] {
  return [...alterTables(context)].flatMap((alter) => {
    const { statement, table, name, commands } = alter;
    if (!commands.some(({ subtype }) => subtype !== undefined && subtypes.includes(subtype))) return [];
    if (!statement.rewrites.includes(name)) return [];
    const evidence = { ...evidenceOn(statement, table), scan: true };
    return [
      {
        ...at(alter),
        object: name,
        title: `${words.command(alter)} copies ${name} and ${blocksWhom(evidence, 'it')}`,
        message: `${whoWaits(statement, table, evidence, words.work)} ${words.advice}`,
        evidence,
        fix: null,
        explains: everythingOf(statement),
      },
    ];
  });
}
