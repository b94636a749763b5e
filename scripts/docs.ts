import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '../src/rules/index.ts';
import { rulePage, rulesPage } from '../src/rules/page.ts';

// `npm run docs`: writes the pages in docs/rules/ from the rules. With --check it writes nothing and fails when a
// page is not what the rules say.

const directory = fileURLToPath(new URL('../docs/rules', import.meta.url));
const check = process.argv.includes('--check');

const pages = new Map([
  ['README.md', rulesPage(rules)],
  ...rules.map((rule) => [`${rule.name}.md`, rulePage(rule)] as const),
]);

mkdirSync(directory, { recursive: true });
const there = readdirSync(directory).filter((file) => file.endsWith('.md'));
const stale = [
  ...[...pages].filter(
    ([file, text]) => !there.includes(file) || readFileSync(join(directory, file), 'utf8') !== text,
  ),
].map(([file]) => file);
const left = there.filter((file) => !pages.has(file));

if (check) {
  for (const file of [...stale, ...left])
    process.stderr.write(`docs/rules/${file} is not what the rules say\n`);
  if (stale.length + left.length > 0) {
    process.stderr.write('Run `npm run docs` and commit the result.\n');
    process.exitCode = 1;
  }
} else {
  for (const file of stale) writeFileSync(join(directory, file), pages.get(file) ?? '');
  for (const file of left) rmSync(join(directory, file));
  process.stdout.write(`docs/rules: ${pages.size} pages, ${stale.length} written, ${left.length} removed\n`);
}
