// Runs Prisma's own engine as `prisma migrate deploy` does, and `prisma migrate resolve`. Called with a working directory that has the packages.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [url, base, , command = 'deploy', flag, migrationName] = process.argv.slice(2);
const require = createRequire(join(process.cwd(), 'package.json'));
const engine = dirname(require.resolve('@prisma/schema-engine-wasm'));
const load = (path) => import(pathToFileURL(path).href);
const glue = await load(join(engine, 'schema_engine_bg.js'));
const { instance } = await WebAssembly.instantiate(readFileSync(join(engine, 'schema_engine_bg.wasm')), {
  './schema_engine_bg.js': glue,
});
glue.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();
const { PrismaPg } = require('@prisma/adapter-pg');
const { bindMigrationAwareSqlAdapterFactory } = require('@prisma/driver-adapter-utils');

// The package cuts scripts at every semicolon, in strings as well; the binary sends what the engine gives it as one
// simple query, which is what is compared here.
const factory = new PrismaPg({ connectionString: url, max: 1 });
const connect = factory.connect.bind(factory);
factory.connect = async () => {
  const adapter = await connect();
  adapter.executeScript = async (script) => {
    await adapter.client.query(script).catch((error) => {
      process.stderr.write(`${error.code} ${error.message}\n`);
      throw error;
    });
  };
  return adapter;
};

const schemaEngine = await glue.SchemaEngine.new(
  { datamodels: [['schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n']] },
  () => {},
  bindMigrationAwareSqlAdapterFactory(factory),
);
const read = (path) => {
  try {
    return { tag: 'ok', value: readFileSync(path, 'utf8') };
  } catch (error) {
    return { tag: 'error', value: String(error) };
  }
};
const migrationsList = () => ({
  baseDir: base,
  shadowDbInitScript: '',
  lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
  migrationDirectories: readdirSync(base, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b))
    .map((path) => ({
      path,
      migrationFile: { path: 'migration.sql', content: read(join(base, path, 'migration.sql')) },
    })),
});
try {
  if (command === 'resolve') {
    const resolve = flag === '--applied' ? 'markMigrationApplied' : 'markMigrationRolledBack';
    await schemaEngine[resolve]({ migrationName, migrationsList: migrationsList() });
    process.exit(0);
  }
  const { appliedMigrationNames } = await schemaEngine.applyMigrations({
    migrationsList: migrationsList(),
    filters: { externalTables: [], externalEnums: [] },
  });
  process.stdout.write(`${appliedMigrationNames.join(' ')}\n`);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error?.message ?? error} ${JSON.stringify(error)}\n`);
  process.exit(1);
}
