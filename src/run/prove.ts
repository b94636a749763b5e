import { diff } from '../catalog/diff.ts';
import type { Catalog } from '../catalog/model.ts';
import { isOfDatabase } from '../catalog/of-database.ts';
import { parseFile } from '../sql/parse.ts';
import type { Migration } from '../tools/tool.ts';
import { blocks, lockStrength } from './locks.ts';
import type { Trial } from './rehearsal.ts';
import { partOf, sendingInstead } from './sent.ts';
import type { MigrationTrace, StatementTrace } from './trace.ts';

/** SQL that is proposed in place of a statement of a new migration. */
export interface Proposal {
  /** The migration's file. */
  readonly file: string;
  /** Its version, where its file holds several migrations; absent = the only one. */
  readonly version?: string;
  /** Index among the migration's statements. */
  readonly statement: number;
  /** Statements that commit one by one. */
  readonly sql: string;
  /** Whether it is meant to end in the same schema. */
  readonly sameSchema: boolean;
  /** Its comments say which rows to write between its statements, which a trial does not do. */
  readonly backfilled?: boolean;
  /** What of it would be written over the statement; absent: it is no mere replacement. */
  readonly inPlace?: string;
}

/**
 * `verified`: run in place of the statement it ends in the same schema, with less blocking; `runs`: it runs, and
 * is not meant to do more, or that could not be shown; `fails`: the server refuses it.
 */
export type Proof = 'verified' | 'runs' | 'fails';

/** Every trial is a copy of base and a run of all new migrations. */
const mostTrials = 12;

/**
 * Tries proposals on copies of base: all at once, and where that does not end in the same schema, one by one.
 * Proposals of migrations that fail, or that begin and end transactions themselves, are not tried, nor those of hooks.
 *
 * @param after the catalog that the new migrations as they stand end in
 * @returns a proof for each proposal that was tried
 */
export async function prove(input: {
  readonly pending: readonly Migration[];
  readonly traced: readonly MigrationTrace[];
  readonly after: Catalog;
  readonly proposals: readonly Proposal[];
  readonly tryInstead: (migrations: readonly Migration[]) => Promise<Trial>;
}): Promise<Map<Proposal, Proof>> {
  const { pending, traced, after, tryInstead } = input;
  const proofs = new Map<Proposal, Proof>();
  if (traced.some(({ error, refused }) => error !== null || refused !== null)) return proofs;
  const own = traced.filter(({ transaction }) => transaction === 'own');
  const proposals = input.proposals.filter(
    (proposal) =>
      pending.some((migration) => isIn(proposal, migration)) &&
      !own.some((migration) => isIn(proposal, migration)),
  );
  const statementOf = (proposal: Proposal) =>
    traced.find((migration) => isIn(proposal, migration))?.statements[proposal.statement];

  let trials = 0;
  const attempt = async (tried: readonly Proposal[]): Promise<Proposal | null> => {
    trials += 1;
    const { parts, places } = replaced(pending, tried);
    const trial = await tryInstead(parts);
    const failed = trial.traced.migrations.findIndex(({ error }) => error !== null);
    if (failed !== -1) {
      const culprit = places.get(failed) ?? tried.at(-1) ?? null;
      const error = trial.traced.migrations[failed]?.error;
      // 23: rows that the history has written, and that would have been filled by now.
      if (tried.length > 1 || culprit?.backfilled !== true || error?.sqlstate.startsWith('23') !== true)
        return culprit;
      proofs.set(culprit, 'runs');
      return null;
    }
    const equal = diff(after, trial.after, 'name').filter((change) => !isOfDatabase(change)).length === 0;
    if (!equal && tried.length > 1) return tried.at(-1) ?? null;
    for (const [index, proposal] of places) {
      const statements = trial.traced.migrations[index]?.statements ?? [];
      const original = statementOf(proposal);
      const better = original !== undefined && harm(statements) < harm([original]);
      proofs.set(proposal, proposal.sameSchema && equal && better ? 'verified' : 'runs');
    }
    return null;
  };

  // The ones that promise the same schema can be tried together; the others change what comes after them.
  const together = proposals.filter(({ sameSchema }) => sameSchema);
  if (together.length > 0 && (await attempt(together)) !== null) proofs.clear();
  for (const proposal of proposals) {
    if (proofs.has(proposal)) continue;
    if (trials >= mostTrials) break;
    const culprit = await attempt([proposal]);
    if (culprit === proposal) proofs.set(proposal, 'fails');
  }
  return proofs;
}

const isIn = (
  { file, version }: Proposal,
  migration: { readonly file: string; readonly version: string },
): boolean => file === migration.file && (version === undefined || version === migration.version);

/**
 * The new migrations with proposals in place of statements: what stands before and after a replaced statement
 * becomes a migration of its own.
 */
function replaced(pending: readonly Migration[], proposals: readonly Proposal[]) {
  const parts: Migration[] = [];
  const places = new Map<number, Proposal>();
  for (const migration of pending) {
    const mine = proposals.filter((proposal) => isIn(proposal, migration));
    if (mine.length === 0) {
      parts.push(migration);
      continue;
    }
    const { statements } = parseFile(migration.sql);
    let from = 0;
    for (const proposal of [...mine].sort((left, right) => left.statement - right.statement)) {
      const statement = statements[proposal.statement];
      if (statement === undefined || statement.start < from) continue;
      parts.push(partOf(migration, from, statement.start));
      places.set(parts.length, proposal);
      parts.push(sendingInstead(migration, proposal.sql));
      from = statement.end;
    }
    parts.push(partOf(migration, from, migration.sql.length));
  }
  return { parts, places };
}

/**
 * How much of a table's traffic waits, and whether for longer the more rows it has; comparable numbers, 0 for
 * none.
 */
export function harm(statements: readonly StatementTrace[]): number {
  return Math.max(0, ...statements.map(harmOf));
}

function harmOf({ locks, rewrites, scans }: StatementTrace): number {
  const blocking = locks.filter(({ kind, mode }) => kind !== 'index' && blocks(mode).length > 0);
  const strength = Math.max(0, ...blocking.map(({ mode }) => lockStrength(mode)));
  if (strength === 0) return 0;
  const grows = blocking.some(({ schema, relation }) =>
    [...rewrites, ...scans].includes(`${schema}.${relation}`),
  );
  return (rewrites.length > 0 ? 200 : grows ? 100 : 0) + strength;
}
