import type { Finding } from '../report/model.ts';
import type { Judgement } from '../rules/judge.ts';
import { type Proposal, prove } from '../run/prove.ts';
import type { Rehearsal } from '../run/rehearsal.ts';
import { type Replacement, replaceableLines } from '../run/replaceable.ts';
import type { Migration } from '../tools/tool.ts';

/** A fix is shown as verified when it was tried with success, and not at all when the server refuses it. */
export async function proved(
  judged: readonly Judgement[],
  pending: readonly Migration[],
  rehearsal: Rehearsal | null,
): Promise<Finding[]> {
  const proposals = judged.flatMap(({ proposal }) => proposal ?? []);
  if (rehearsal === null || rehearsal.canTry === false || proposals.length === 0)
    return judged.map(({ finding }) => finding);
  const { after, tryInstead } = rehearsal;
  const proofs = await prove({ pending, traced: rehearsal.traced.migrations, after, proposals, tryInstead });
  return judged.map(({ finding, proposal }) => {
    const proof = proposal === null ? undefined : proofs.get(proposal);
    if (finding.fix === null || proposal === null || proof === undefined) return finding;
    if (proof === 'fails') return { ...finding, fix: null };
    const verified = proof === 'verified';
    const replaces = verified ? linesFor(proposal, pending, rehearsal) : null;
    const fix = { ...finding.fix, verified };
    return { ...finding, fix: replaces === null ? fix : { ...fix, replaces } };
  });
}

/** The lines of the migration's file that a proved fix can be written over. */
function linesFor(
  proposal: Proposal,
  pending: readonly Migration[],
  rehearsal: Rehearsal,
): Replacement | null {
  const { inPlace: sql } = proposal;
  const isMeant = ({ file, version }: { file: string; version: string }): boolean =>
    file === proposal.file && (proposal.version === undefined || version === proposal.version);
  const migration = pending.find(isMeant);
  const statement = rehearsal.traced.migrations.find(isMeant)?.statements[proposal.statement];
  if (sql === undefined || migration === undefined || statement === undefined) return null;
  const lines = replaceableLines(migration, statement, sql);
  return lines === null ? null : { ...lines, sql };
}
