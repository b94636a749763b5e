import pg from 'pg';
import type { Catalog } from './model.ts';
import { type SnapshotOptions, snapshot } from './snapshot.ts';

/**
 * The schema of a database that has connections to spare: two backends read it. Where the server lets only one in, that
 * one does. Throws the server's error as it is.
 */
export async function snapshotAt(
  connection: pg.ClientConfig,
  options: Omit<SnapshotOptions, 'helper'>,
): Promise<Catalog> {
  const client = new pg.Client({ ...connection });
  const helper = new pg.Client({ ...connection });
  // A connection that breaks fails its query, which is what is told.
  for (const each of [client, helper]) each.on('error', () => {});
  try {
    await client.connect();
    const helps = await helper.connect().then(
      () => true,
      () => false,
    );
    return await snapshot(client, { ...options, helper: helps ? helper : undefined });
  } finally {
    await Promise.all([client.end(), helper.end()]);
  }
}
