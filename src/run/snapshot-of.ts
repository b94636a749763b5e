import pg from 'pg';
import type { Catalog } from '../catalog/model.ts';
import { snapshot } from '../catalog/snapshot.ts';
import type { Connection } from '../shadow/shadow.ts';
import type { MigrationTool } from '../tools/tool.ts';

/** The schema of a database without the tool's own tables, read by the superuser. */
export async function snapshotOf(admin: Connection, tool: MigrationTool): Promise<Catalog> {
  const client = new pg.Client({ ...admin, application_name: 'migration-gate snapshot' });
  client.on('error', () => {});
  await client.connect();
  try {
    const { relations, schemas = [] } = tool.bookkeeping;
    return await snapshot(client, { ignore: relations, ignoreSchemas: schemas });
  } finally {
    await client.end();
  }
}
