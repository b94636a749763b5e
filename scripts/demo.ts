import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { branches, makeDemoRepository } from './demo-repository.ts';

// The gate as its users run it, on the pull request of examples/shop. Succeeds when the gate blocks that one.

const root = fileURLToPath(new URL('..', import.meta.url));
const command = join(root, 'dist/cli.js');
const out = join(root, '.demo');
const repository = join(out, 'shop');
const json = join(out, 'report.json');
const markdown = join(out, 'comment.md');
const html = join(out, 'comment.html');

const style = `<style>
  body { font: 14px/1.5 system-ui, sans-serif; max-width: 900px; margin: 2em auto; padding: 0 1em; }
  table { border-collapse: collapse; } th, td { border: 1px solid #ccc; padding: 6px 12px; }
  pre { background: #f6f8fa; padding: 1em; overflow: auto; } code { font: 12px/1.5 monospace; }
</style>`;

const say = (text: string) => process.stdout.write(`${text}\n`);
const shown = (path: string) => relative(process.cwd(), path) || '.';

if (!existsSync(command)) throw new Error(`${shown(command)} is missing: run \`npm run build\` first`);
mkdirSync(out, { recursive: true });
makeDemoRepository(repository);

const options = ['--repo', repository, '--base', branches.base, '--head', branches.head];
say(
  `A shop's repository in ${shown(repository)}, made of examples/shop: the branch \`${branches.head}\` wants`,
);
say(`to be merged into \`${branches.base}\`.\n`);
say(`$ migration-gate check ${options.map((one) => (one === repository ? shown(one) : one)).join(' ')}\n`);

const run = spawnSync(
  process.execPath,
  [command, 'check', ...options, '--json', json, '--markdown', markdown],
  {
    stdio: 'inherit',
  },
);
if (run.error !== undefined) throw run.error;
const code = run.status ?? 2;
const meaning = [
  'pass: it may be merged',
  'blocked: it must not be merged as it is',
  'undecided, which is never green',
];
say(`\nExit code ${code}: ${meaning[code] ?? 'the gate itself failed'}.`);

if (existsSync(markdown)) {
  const body = micromark(readFileSync(markdown), {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  writeFileSync(
    html,
    `<!doctype html>\n<meta charset="utf-8">\n<title>The comment</title>\n${style}\n${body}\n`,
  );
  say(`The comment that the pull request gets:  ${shown(markdown)}  (to look at: ${shown(html)})`);
  say(`The same for programs:                   ${shown(json)}`);
}

const verdict = existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')).verdict : null;
if (code !== 1 || verdict !== 'blocked') {
  say(`\nThat is not what this example should give: expected \`blocked\`, got \`${verdict}\`.`);
  process.exitCode = 1;
}
