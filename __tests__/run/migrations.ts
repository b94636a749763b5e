import type { Bookkeeping, Migration } from '../../src/tools/tool.ts';

/** For tests of the tracer alone: no tool's table. */
export const noBookkeeping: Bookkeeping = { setup: '', before: () => '', after: () => '', relations: [] };

let count = 0;

/** A migration that holds this SQL. */
export function migrationOf(sql: string, rest: Partial<Migration> = {}): Migration {
  count += 1;
  const version = rest.version ?? String(count).padStart(4, '0');
  return {
    version,
    name: 'test',
    identity: version,
    file: `migrations/${version}_test.sql`,
    bytes: Buffer.from(sql),
    sql,
    transaction: 'single',
    ...rest,
  } as Migration;
}
