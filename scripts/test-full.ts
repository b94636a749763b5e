import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { slow, slowOnEachMajor } from '../__tests__/slow.ts';
import { currentPlatform, majorsOf } from '../src/shadow/versions.ts';

// `npm run test:full`: the suites that run against a Postgres of a chosen major, all of them on 15 and 18, what everything
// else rests on also on the others. Those are the tests that read the variable below, or import a module of __tests__ that does. `npm test` runs them (and all
// others, but those of __tests__/slow.ts) on the default major only; what it leaves out there is made up for here.

const variable = 'MIGRATION_GATE_TEST_MAJORS';
const installed = '17';
const leftOut = [...slow, ...slowOnEachMajor, '__tests__/rules/examples.test.ts'];
const majors = '15,18';
// Between these, and before, as far as they are packed for this platform: what statements do there and what catalogs hold;
// the rest is what their neighbours do.
const others = majorsOf(currentPlatform()).filter((major) => major < 15 || major === 16);
const othersSuites = [
  '__tests__/run/truth-table.test.ts',
  '__tests__/run/observed.test.ts',
  '__tests__/catalog/snapshot.test.ts',
  '__tests__/catalog/connected.test.ts',
  '__tests__/catalog/reuse.test.ts',
];

const root = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(join(root, '__tests__'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name));
const text = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));

const reading = new Set(files.filter((file) => text.get(file)?.includes(variable)));
for (let before = -1; before !== reading.size; ) {
  before = reading.size;
  for (const file of files) if (imports(file).some((other) => reading.has(other))) reading.add(file);
}
const suites = [...reading]
  .filter((file) => file.endsWith('.test.ts') && !file.includes('real-tools'))
  .filter((file) => !slow.includes(relative(root, file).split(sep).join('/')))
  .sort();
if (suites.length === 0) throw new Error(`no test reads ${variable}`);

process.stdout.write(`PostgreSQL ${majors}: ${suites.map((suite) => basename(suite)).join(' ')}\n`);
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const codes = [
  run(installed, leftOut),
  run(
    majors,
    suites.map((suite) => relative(root, suite)),
  ),
  ...(others.length === 0 ? [] : [run(others.join(','), othersSuites)]),
];
process.exitCode = Math.max(...codes);

function run(on: string, these: readonly string[]): number {
  const { error, status } = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2), ...these], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, [variable]: on, MIGRATION_GATE_TEST_ALL: 'true' },
  });
  if (error !== undefined) throw error;
  return status ?? 1;
}

function imports(file: string): string[] {
  return [...(text.get(file) ?? '').matchAll(/\bfrom '(\.[^']+)'/g)].map(([, path]) =>
    join(dirname(file), path ?? ''),
  );
}
