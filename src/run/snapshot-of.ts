import { snapshotAt } from '../catalog/connected.ts';
import type { Catalog } from '../catalog/model.ts';
import type { Connection } from '../shadow/shadow.ts';
import type { MigrationTool } from '../tools/tool.ts';

/**
 * The schema of a database without the tool's own tables, read by the superuser.
 *
 * @param earlier as `SnapshotOptions` has it: of this very database; null = this is the first one
 */
export function snapshotOf(
  admin: Connection,
  tool: MigrationTool,
  earlier?: Catalog | null,
): Promise<Catalog> {
  const { relations, schemas = [] } = tool.bookkeeping;
  return snapshotAt(
    { ...admin, application_name: 'migration-gate snapshot' },
    { ignore: relations, ignoreSchemas: schemas, ...(earlier === undefined ? {} : { earlier }) },
  );
}
