// Stands where Prisma's command line expects the binary of its schema engine, and answers with the same engine as
// WebAssembly, which the registry holds. PRISMA_ENGINE_PACKAGES: the folder with the packages.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(process.env.PRISMA_ENGINE_PACKAGES, 'package.json'));
const engine = dirname(require.resolve('@prisma/schema-engine-wasm'));
const glue = await import(pathToFileURL(join(engine, 'schema_engine_bg.js')).href);
const { instance } = await WebAssembly.instantiate(readFileSync(join(engine, 'schema_engine_bg.wasm')), {
  './schema_engine_bg.js': glue,
});
glue.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();
const { PrismaPg } = require('@prisma/adapter-pg');
const { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } = require('@prisma/driver-adapter-utils');

// Where the engine says why it stops.
globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => process.stderr.write(`${message}\n`) };
const say = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

/** Types that catalogs are made of and the driver does not know. */
const [CHAR, NAME, TEXT] = [18, 19, 25];

/** The engine wants `"char"` as a character, and `name` as text. */
function readsCatalogs(adapter) {
  const query = adapter.client.query.bind(adapter.client);
  const queryRaw = adapter.queryRaw.bind(adapter);
  const characters = new WeakMap();
  adapter.client.query = async (...args) => {
    const result = await query(...args);
    characters.set(
      result.rows,
      (result.fields ?? []).map(({ dataTypeID }) => dataTypeID === CHAR),
    );
    for (const field of result.fields ?? [])
      if ([CHAR, NAME].includes(field.dataTypeID)) field.dataTypeID = TEXT;
    return result;
  };
  adapter.queryRaw = async (asked) => {
    const result = await queryRaw(asked);
    const isCharacter = characters.get(result.rows) ?? [];
    const columnTypes = result.columnTypes.map((type, at) =>
      isCharacter[at] ? ColumnTypeEnum.Character : type,
    );
    return { ...result, columnTypes };
  };
  return adapter;
}

async function diff({ from, ...params }) {
  const datasource = process.argv.indexOf('--datasource');
  const url = from.tag === 'url' ? from.url : JSON.parse(process.argv[datasource + 1] ?? '{}').url;
  const schema = /[?&]schema=([^&]+)/.exec(url)?.[1];
  const adapter = new PrismaPg({ connectionString: url }, schema === undefined ? {} : { schema });
  const connect = adapter.connect.bind(adapter);
  adapter.connect = async () => readsCatalogs(await connect());
  const [head] = params.to.files;
  const one = await glue.SchemaEngine.new(
    { datamodels: params.to.files.map(({ path, content }) => [path, content]) },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
  const files = [{ path: head.path, content: 'datasource db {\n  provider = "postgresql"\n}\n' }];
  // Prisma 5 has no words for what is to be left alone.
  const filters = params.filters ?? { externalTables: [], externalEnums: [] };
  return one.diff({ ...params, filters, from: { tag: 'schemaDatasource', files, configDir: '.' } });
}

if (process.argv.includes('--version')) {
  process.stdout.write('schema-engine-cli 0000\n');
  process.exit(0);
}
for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (method === undefined) continue;
  try {
    if (method !== 'diff') throw new Error(`${method} is not asked for here`);
    const { stdout, ...result } = await diff(params);
    if (stdout) say({ id: `print-${id}`, method: 'print', params: { content: stdout } });
    say({ id, result });
  } catch (error) {
    say({
      id,
      error: {
        code: 4466,
        message: String(error?.message ?? error),
        data: { is_panic: false, message: String(error?.message ?? error) },
      },
    });
  }
}
