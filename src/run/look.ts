import type { Node } from '@pgsql/types';
import type { Asks } from './asks.ts';
import { type Following, goneOids } from './following.ts';
import type { View } from './observe.ts';
import { runsCode } from './pieces.ts';
import { probe, type SessionState } from './probe.ts';
import { type PresentRelation, presentOids, settledRelations } from './settled.ts';

/** What the open transaction looks like after a statement: the probe, and a closer look where it asks for one. */
export async function look(
  client: Asks,
  following: Following,
  node: Node | null,
): Promise<{ readonly view: View; readonly session: SessionState }> {
  const { session, locked, present, writes, removals, schemaChanges } = await probe(
    client,
    following.horizon,
    following.major,
    mayRename(node) ? 'all' : 'news',
  );
  const removed = removals > following.removals;
  // Several transactions may have been in what could not be read.
  const renamed = schemaChanges > following.schemaChanges || node === null;
  following.horizon = { ...following.horizon, writes };
  following.removals = removals;
  following.schemaChanges = schemaChanges;
  return {
    session,
    view: {
      locked,
      present: renamed ? await allRelations(client, present) : present,
      gone: removed ? goneOids(following, await presentOids(client)) : [],
    },
  };
}

/** May the statement give another name to what the transaction has made earlier? */
const mayRename = (node: Node | null): boolean =>
  runsCode(node) || (node !== null && ('RenameStmt' in node || 'AlterObjectSchemaStmt' in node));

/** A new name for a schema changes no row of its relations. */
async function allRelations(client: Asks, present: readonly PresentRelation[]): Promise<PresentRelation[]> {
  return [...(await settledRelations(client)).values(), ...present.filter(({ kind }) => kind === null)];
}

/**
 * Has the statement kept the server's messages from us, or may it have where that matters? Only code can do
 * so: a plain SET does nothing else, and what it sets is set back before the next statement.
 */
export async function isDeaf(
  client: Asks,
  { relations, counters }: Following,
  statement: {
    readonly node: Node | null;
    readonly proofs: readonly string[];
    readonly view: View;
    readonly session: SessionState;
  },
): Promise<boolean> {
  if (!runsCode(statement.node) || statement.proofs.length > 0) return false;
  if (statement.session.messages !== 'debug1') return true;
  const replaced = new Set(
    statement.view.present.flatMap(({ oid, filenode }) => {
      const known = relations.get(oid);
      return known !== undefined && known.filenode !== filenode ? [oid] : [];
    }),
  );
  // A rewrite reads the table. TRUNCATE does so only to build indexes, of which the server would have spoken.
  const read = statement.view.locked.some(
    ({ oid, scans }) => replaced.has(oid) && scans > (counters.get(oid)?.scans ?? 0),
  );
  return read || (replaced.size > 0 && (await hasHushingFunction(client)));
}

/** A function with a setting of its own takes it back when it ends. */
async function hasHushingFunction(client: Asks): Promise<boolean> {
  const { rows } = await client.query<{ hushing: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_catalog.pg_proc p
       WHERE p.proconfig::pg_catalog.text OPERATOR(pg_catalog.~) 'client_min_messages') AS hushing`,
  );
  return rows[0]?.hushing === true;
}
