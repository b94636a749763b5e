import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Plugin } from 'rolldown';

interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

/**
 * Writes `licenses.txt` beside the bundle: name, version, licence and its text for every package of which code
 * is in it. A package that does not say its licence stops the build.
 */
export function licences(): Plugin {
  return {
    name: 'licences',
    generateBundle(_options, bundle) {
      const directories = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const id of chunk.moduleIds) directories.add(packageOf(id)?.directory ?? '');
      }
      directories.delete('');
      // Their code is in every bundle: the module runtime and the helper behind `await using`.
      directories.add(join('node_modules', 'rolldown'));
      const packages = [...directories].map(readPackage);
      const source = [preamble, ...unique(packages).map(section), readFileSync(parserNotice, 'utf8')].join(
        rule,
      );
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source });
    },
  };
}

/** The installed package that a module belongs to, or null for own code. */
export function packageOf(moduleId: string): { name: string; directory: string } | null {
  const segments = moduleId.split(sep);
  const at = segments.lastIndexOf('node_modules');
  if (at === -1) return null;
  const length = segments[at + 1]?.startsWith('@') === true ? 2 : 1;
  return {
    name: segments.slice(at + 1, at + 1 + length).join('/'),
    directory: segments.slice(0, at + 1 + length).join(sep),
  };
}

function readPackage(directory: string): BundledPackage {
  const { name, version, license, licenses } = JSON.parse(
    readFileSync(join(directory, 'package.json'), 'utf8'),
  );
  // Before npm 3 a package listed objects: `"licenses": [{ "type": "MIT" }]`.
  const licence = license ?? licenses?.map((one: { type: string }) => one.type).join(' OR ');
  if (typeof licence !== 'string') throw new Error(`${name}@${version} does not say its licence`);
  const files = readdirSync(directory)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .sort();
  const text = files.map((file) => readFileSync(join(directory, file), 'utf8').trim()).join('\n\n');
  return { name, version, licence, text: text || licenceInReadme(directory) };
}

/** Some packages print their licence at the end of the readme only, or name it and leave it at that. */
function licenceInReadme(directory: string): string {
  const readme = readdirSync(directory).find((file) => /^readme/i.test(file));
  const text = readme === undefined ? '' : readFileSync(join(directory, readme), 'utf8');
  const heading = /^#+ *licen[cs]e.*$/im.exec(text);
  return heading === null ? '(the package ships no licence text)' : text.slice(heading.index).trim();
}

/** The same version can be installed in two places. */
function unique(packages: readonly BundledPackage[]): BundledPackage[] {
  const byName = new Map(packages.map((one) => [`${one.name}@${one.version}`, one]));
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

const section = ({ name, version, licence, text }: BundledPackage): string =>
  `${name} ${version}\nLicence: ${licence}\n\n${text.replaceAll('\r\n', '\n')}\n`;

const rule = `\n${'-'.repeat(80)}\n\n`;
const preamble = 'The files in this directory contain code of the following packages.\n';
/** What libpg-query's WebAssembly is made of; the npm package's own licence file does not say. */
const parserNotice = 'scripts/licence-of-parser.txt';
