import { identifier, literal } from '../../sql/names.ts';
import type { Bookkeeping } from '../tool.ts';

/** cmd/atlas/internal/migrate/ent/schema/revision.go, as it is made on PostgreSQL. */
export function atlasBookkeeping(schema: string): Bookkeeping {
  const table = `${identifier(schema)}.atlas_schema_revisions`;
  const own = schema === 'atlas_schema_revisions';
  return {
    setup: `CREATE SCHEMA IF NOT EXISTS ${identifier(schema)};
CREATE TABLE ${table} (
  version character varying NOT NULL,
  description character varying NOT NULL,
  type bigint NOT NULL DEFAULT 2,
  applied bigint NOT NULL DEFAULT 0,
  total bigint NOT NULL DEFAULT 0,
  executed_at timestamp with time zone NOT NULL,
  execution_time bigint NOT NULL,
  error text NULL,
  error_stmt text NULL,
  hash character varying NOT NULL,
  partial_hashes jsonb NULL,
  operator_version character varying NOT NULL,
  PRIMARY KEY (version)
);`,
    before: () => '',
    after: ({ version, name, extra }) =>
      `INSERT INTO ${table} (version, description, type, applied, total, executed_at, execution_time, error, error_stmt, hash, partial_hashes, operator_version) VALUES (${literal(version)}, ${literal(name)}, 2, ${extra?.statements ?? 0}, ${extra?.statements ?? 0}, now(), 0, '', '', ${literal(String(extra?.hash ?? ''))}, 'null', 'Atlas CLI');`,
    relations: [`${schema}.atlas_schema_revisions`],
    ...(own ? { schemas: [schema] } : {}),
  };
}
