import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const room = fileURLToPath(new URL('../../src/github/', import.meta.url));

/** Runs a program that begins as the action's entry does. */
function end(program: string): { code: number | null; log: string } {
  const text = `import ${JSON.stringify(`${room}fail-closed.ts`)};\nconst { group, print } = await import(${JSON.stringify(`${room}log.ts`)});\n${program}`;
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', text], { encoding: 'utf8' });
  return { code: run.status, log: run.stdout };
}

test.each([
  ['an error', 'throw new Error("boom")', /^::error::.*Error: boom/m],
  [
    'an error with a cause',
    'throw new Error("boom", { cause: new Error("bang") })',
    /caused by: Error: bang/,
  ],
  ['undefined', 'throw undefined', /^::error::.*no Error was thrown: undefined/m],
  [
    'a rejection that nobody awaits',
    'Promise.reject("boom"); setTimeout(() => {}, 1e6)',
    /no Error was thrown: boom/,
  ],
  ['an error of a callback', 'setTimeout(() => { throw new Error("late") })', /^::error::.*Error: late/m],
])('%s ends red and says so', (_what, program, message) => {
  const { code, log } = end(program);
  expect(log).toMatch(message);
  expect(code).toBe(1);
});

test('a program that just runs dry ends red', () => {
  expect(end('').code).toBe(1);
  expect(end('await new Promise(() => {});').code).not.toBe(0);
});

test('a crash inside a group that takes no commands is still told to the runner', () => {
  const { log } = end(`
    group('Title', () => new Promise(() => setTimeout(() => { throw new Error('boom'); })));
    print('::error::hostile');
  `);
  const token = /^::stop-commands::(.+)$/m.exec(log)?.[1];
  expect(log.split(/\r?\n/).slice(0, 4)).toEqual([
    '::group::Title',
    `::stop-commands::${token}`,
    '::error::hostile',
    `::${token}::`,
  ]);
  expect(log).toMatch(/^::error::migration-gate failed unexpectedly.*boom/m);
});
