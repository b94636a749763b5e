import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

// The tables of README.md that repeat what stands elsewhere, between `<!-- NAME -->` and `<!-- /NAME -->`.
// `npm run readme` writes them; with `--check` it fails when they are stale.

const root = new URL('..', import.meta.url);
const readme = fileURLToPath(new URL('README.md', root));

interface Described {
  readonly description: string;
  readonly default?: string;
}

const action: { inputs: Record<string, Described>; outputs: Record<string, Described> } = parse(
  readFileSync(new URL('action.yml', root), 'utf8'),
);

const command = fileURLToPath(new URL('src/cli.ts', root));
const options = execFileSync(process.execPath, [command, 'check', '--help'], { encoding: 'utf8' });

const tables = {
  inputs: table(['input', 'what it says'], rows(action.inputs)),
  outputs: table(['output', 'what it says'], rows(action.outputs)),
  options: ['```text', options.trim(), '```'].join('\n'),
};

const before = readFileSync(readme, 'utf8');
let after = before;
for (const [name, text] of Object.entries(tables)) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [after.indexOf(open), after.indexOf(close)];
  if (from === -1 || to < from) throw new Error(`README.md has no ${open} … ${close}`);
  after = `${after.slice(0, from + open.length)}\n\n${text}\n\n${after.slice(to)}`;
}

if (after !== before) {
  if (process.argv.includes('--check')) {
    process.stderr.write('README.md is stale: run `npm run readme` and commit it.\n');
    process.exitCode = 1;
  } else writeFileSync(readme, after);
}

function rows(entries: Record<string, Described>): string[][] {
  return Object.entries(entries).map(([name, { description }]) => [`\`${name}\``, description]);
}

function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => ':--')), ...body.map(line)].join('\n');
}
