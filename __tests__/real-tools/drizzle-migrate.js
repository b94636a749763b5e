// Calls Drizzle's migrator as drizzle-kit does. Called with a working directory that has the packages and the migrations.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(process.cwd(), 'package.json'));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { drizzle } = await load('drizzle-orm/node-postgres');
const { migrate } = await load('drizzle-orm/node-postgres/migrator');
const { default: pg } = await load('pg');
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1 });
await migrate(drizzle({ client: pool }), { migrationsFolder: 'drizzle' });
await pool.end();
