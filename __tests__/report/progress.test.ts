import { expect, test } from 'vitest';
import { createProgress } from '../../src/report/progress.ts';

function record(
  options: { quiet?: boolean; ci?: boolean; isTTY?: boolean },
  steps: readonly string[],
): string {
  const written: string[] = [];
  const { quiet = false, ci = false, isTTY = false } = options;
  const stream = { isTTY, columns: 40, write: (text: string) => written.push(text) > 0 };
  const progress = createProgress({ quiet, ci, color: false, stream: stream as never });
  for (const step of steps) progress.update(step);
  progress.end();
  progress.update('after the end');
  return written.join('');
}

test('quiet says nothing', () => {
  expect(record({ quiet: true, isTTY: true }, ['a'])).toBe('');
});

test('without a terminal: plain lines, none twice, a few', () => {
  const steps = Array.from({ length: 100 }, (_, at) => `migration ${at}`);
  const text = record({}, ['start', 'start', ...steps]);
  expect(text.split('\n').slice(0, 3)).toEqual(['- start', '- migration 0', '- migration 1']);
  expect(text.trimEnd().split('\n')).toHaveLength(10);
});

test('a job is no terminal, and obeys no message', () => {
  const text = record({ ci: true, isTTY: true }, ['::error::x\r\u001b[2K::warning::y']);
  expect(text).toBe('- ::error::x␍␛[2K::warning::y\n');
});

test('on a terminal one line is written over, never longer than the terminal is wide', () => {
  const text = record({ isTTY: true }, ['short', 'x'.repeat(200)]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the line is wiped by a control sequence
  const lines = text.split(/\r\u001b\[2K/);
  expect(lines.at(-1)).toBe('');
  expect(lines.at(-2)).toMatch(/^\S x+…x+$/);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
  expect(text).not.toContain('after the end');
});
