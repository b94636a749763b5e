/**
 * Pictures of the comment, by the real renderer in headless Chromium.
 *
 *     node scripts/picture.ts                 docs/images/comment-light.png and -dark.png: the pull request of examples/shop
 *     node scripts/picture.ts --states DIR    every state of the comment, light and dark, wide and narrow, to be looked at
 *     node scripts/picture.ts --states DIR --only NAME
 *
 * Needs a Chromium; see scripts/render-comment.ts.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { noOptions } from '../src/config/options.ts';
import { gate } from '../src/gate.ts';
import { commentBudget, toMarkdown } from '../src/report/markdown/markdown.ts';
import type { Report } from '../src/report/model.ts';
import { asOnGitHub, states } from './comment-states.ts';
import { branches, makeDemoRepository } from './demo-repository.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What a README may weigh; bytes. */
const largest = 150_000;

const views = [
  ['light', 900],
  ['dark', 380],
  ['dark', 900],
  ['light', 380],
] as const;

const { values } = parseArgs({ options: { states: { type: 'string' }, only: { type: 'string' } } });
const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
try {
  if (values.states === undefined) await ofTheExample();
  else ofStates(values.states, values.only ?? null);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The first screen of a real run's comment. */
async function ofTheExample(): Promise<void> {
  const repository = join(folder, 'shop');
  makeDemoRepository(repository);
  const report = await gate({
    options: { ...noOptions, repo: repository, base: branches.base, head: branches.head },
  });
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  const markdown = markdownOf(report);
  for (const theme of ['light', 'dark'] as const) {
    const target = join(root, `docs/images/comment-${theme}.png`);
    picture(markdown, target, { theme, width: 900, height: 700 });
    const { size } = statSync(target);
    if (size > largest) throw new Error(`${target} has ${size} bytes, more than ${largest}`);
  }
}

function ofStates(directory: string, only: string | null): void {
  mkdirSync(directory, { recursive: true });
  for (const [theme, width] of views) {
    for (const [name, report] of Object.entries(states)) {
      if (only === null || name === only)
        picture(markdownOf(report), join(directory, `${name}-${theme}-${width}.png`), { theme, width });
    }
  }
}

function markdownOf(report: Report): string {
  const file = join(folder, 'comment.md');
  writeFileSync(file, toMarkdown(report, { ...asOnGitHub, budget: commentBudget, expand: false }));
  return file;
}

function picture(
  markdown: string,
  target: string,
  { theme, width, height }: { theme: 'light' | 'dark'; width: number; height?: number },
): void {
  execFileSync(
    process.execPath,
    [
      join(root, 'scripts/render-comment.ts'),
      markdown,
      target,
      '--width',
      String(width),
      ...(height === undefined ? [] : ['--height', String(height)]),
      ...(theme === 'dark' ? ['--dark'] : []),
    ],
    { stdio: 'inherit' },
  );
}
