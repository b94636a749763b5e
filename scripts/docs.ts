import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '../src/rules/index.ts';
import { rulePage, rulesPage } from '../src/rules/page.ts';
import { tools } from '../src/tools/index.ts';
import { toolsPage, withFindings } from '../src/tools/page.ts';
import { impactPage } from './impact-page.ts';

// `npm run docs`: writes the pages in docs/rules/ from the rules; in docs/tools/ the table of all tools and, in each page,
// the words of its findings. With --check it writes nothing and fails when a page is not what they say.

const docs = fileURLToPath(new URL('../docs', import.meta.url));
const check = process.argv.includes('--check');

const toolPages = new Map(
  Object.keys(tools).map((name) => {
    const file = join(docs, 'tools', `${name}.md`);
    return [name, existsSync(file) ? readFileSync(file, 'utf8') : ''];
  }),
);
const pages = new Map([
  ['impact.md', impactPage()],
  ['rules/README.md', rulesPage(rules)],
  ...rules.map((rule) => [`rules/${rule.name}.md`, rulePage(rule)] as const),
  ['tools/README.md', toolsPage(Object.values(tools), toolPages)],
  ...Object.values(tools).flatMap((tool) => {
    const page = toolPages.get(tool.name) ?? '';
    return page === '' ? [] : [[`tools/${tool.name}.md`, withFindings(page, tool)] as const];
  }),
]);

mkdirSync(join(docs, 'rules'), { recursive: true });
const stale = [...pages].filter(([file, text]) => {
  const path = join(docs, file);
  return !existsSync(path) || readFileSync(path, 'utf8') !== text;
});
const left = readdirSync(join(docs, 'rules'))
  .map((file) => `rules/${file}`)
  .filter((file) => file.endsWith('.md') && !pages.has(file));

if (check) {
  for (const file of [...stale.map(([name]) => name), ...left])
    process.stderr.write(`docs/${file} is not what the rules and tools say\n`);
  if (stale.length + left.length > 0) {
    process.stderr.write('Run `npm run docs` and commit the result.\n');
    process.exitCode = 1;
  }
} else {
  for (const [file, text] of stale) {
    mkdirSync(dirname(join(docs, file)), { recursive: true });
    writeFileSync(join(docs, file), text);
  }
  for (const file of left) rmSync(join(docs, file));
  process.stdout.write(`docs: ${pages.size} pages, ${stale.length} written, ${left.length} removed\n`);
}
