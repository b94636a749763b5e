import { identifier, literal, qualified } from '../../sql/names.ts';
import type { Bookkeeping, Migration } from '../tool.ts';
import { versionParts } from './names.ts';
import type { FlywaySettings } from './settings.ts';

/** The schema of the history table: the default one, or the first of `schemas`, or what the connection has. */
export const schemaOf = ({ defaultSchema, schemas }: FlywaySettings): string =>
  defaultSchema ?? schemas[0] ?? 'public';

/** `PostgreSQLDatabase.getRawCreateScript` and what `SchemaHistory` inserts. */
export function bookkeepingOf(settings: FlywaySettings): Bookkeeping {
  const schema = schemaOf(settings);
  const table = qualified(schema, settings.table);
  const all = [...new Set([schema, ...settings.schemas])].filter((name) => name !== 'public');
  const rank = `(SELECT coalesce(max(installed_rank), 0) + 1 FROM ${table})`;
  return {
    setup: [
      ...(settings.createSchemas ? all.map((name) => `CREATE SCHEMA ${identifier(name)};`) : []),
      `CREATE TABLE ${table} (
    "installed_rank" INT NOT NULL,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INTEGER,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TIMESTAMP NOT NULL DEFAULT now(),
    "execution_time" INTEGER NOT NULL,
    "success" BOOLEAN NOT NULL
);
ALTER TABLE ${table} ADD CONSTRAINT ${identifier(`${settings.table}_pk`)} PRIMARY KEY ("installed_rank");
CREATE INDEX ${identifier(`${settings.table}_s_idx`)} ON ${table} ("success");`,
      ...(settings.createSchemas && all.length > 0
        ? [
            `INSERT INTO ${table} VALUES (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', ${literal(all.map((name) => `"${name}"`).join(','))}, NULL, current_user, now(), 0, true);`,
          ]
        : []),
    ].join('\n'),
    // A role and a search_path that an earlier migration left behind are taken back before each one.
    before: () =>
      schema === 'public'
        ? "RESET ROLE; SELECT set_config('search_path', reset_val, false) FROM pg_catalog.pg_settings WHERE name = 'search_path';"
        : `RESET ROLE; SELECT set_config('search_path', ${literal(`"${schema.replaceAll('"', '""')}",`)} || reset_val, false) FROM pg_catalog.pg_settings WHERE name = 'search_path';`,
    after: (one) => `INSERT INTO ${table} VALUES (${rank}, ${row(one)}, current_user, now(), 0, true);`,
    undo: (one) => `DELETE FROM ${table} WHERE "version" = ${literal(one.version)};`,
    relations: [`${schema}.${settings.table}`],
  };
}

function row({ version, name, extra }: Migration): string {
  const text = (value: unknown) => literal(String(value ?? ''));
  const description = name.length <= 200 ? name : `${name.slice(0, 197)}...`;
  const checksum = extra?.checksum === undefined ? 'NULL' : String(extra.checksum);
  return [
    versionParts(version) === null ? 'NULL' : literal(version),
    literal(description),
    text(extra?.type),
    text(extra?.script),
    checksum,
  ].join(', ');
}
