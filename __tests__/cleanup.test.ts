import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const scratch = mkdtempSync(join(tmpdir(), 'mg-test-cleanup-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const MODULE = new URL('../src/cleanup.ts', import.meta.url).href;
const PRELUDE = `
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { onExit, installSignalHandlers, runCleanups } from ${JSON.stringify(MODULE)};
const log = (word) => appendFileSync(process.argv[2], word + ' ');
const ready = () => { process.stdout.write('ready'); setInterval(() => {}, 1000); };
`;

let count = 0;

/** Runs a script of its own process; sends the signals once it has said that it is ready. */
async function run(body: string, ...signals: NodeJS.Signals[]) {
  const file = join(scratch, `${++count}.mjs`);
  const log = `${file}.log`;
  writeFileSync(file, PRELUDE + body);
  const child = spawn(process.execPath, ['--no-warnings', file, log], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, 'close');
  if (signals.length > 0) {
    await once(child.stdout, 'data');
    for (const signal of signals) {
      child.kill(signal);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  const [code, signal] = await ended;
  return { code, signal, stderr, log: existsSync(log) ? readFileSync(log, 'utf8').trim() : '' };
}

describe('cleanups', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`run newest first on ${signal}, awaited, and the process ends by that signal`, async () => {
      const result = await run(
        `installSignalHandlers();
        onExit(() => log('first'), { sync: () => log('sync-not-wanted') });
        onExit(async () => { await sleep(30); log('second'); });
        onExit(() => log('gone'))();
        ready();`,
        signal,
      );
      expect(result).toEqual({ code: null, signal, stderr: '', log: 'second first' });
    });
  }

  it('run their synchronous part on process.exit, an uncaught exception and the ordinary end', async () => {
    const register = `onExit(async () => log('async'), { sync: () => log('a') });
      onExit(async () => log('async'), { sync: () => log('b') }); onExit(async () => log('async'));`;
    expect(await run(`${register} process.exit(7);`)).toMatchObject({ code: 7, log: 'b a' });
    expect(await run(`${register} throw new Error('boom');`)).toMatchObject({ code: 1, log: 'b a' });
    expect(await run(register)).toMatchObject({ code: 0, log: 'b a' });
  });

  it('go on after one that throws, whose synchronous part is tried', async () => {
    const result = await run(
      `installSignalHandlers();
      onExit(() => log('last'));
      onExit(async () => { throw new Error('rejects'); }, { sync: () => log('sync') });
      onExit(() => { throw new Error('throws'); });
      ready();`,
      'SIGTERM',
    );
    expect(result).toMatchObject({ signal: 'SIGTERM', log: 'sync last' });
    expect(result.stderr).toContain('clean-up failed: throws');
    expect(result.stderr).toContain('clean-up failed: rejects');
  });

  it('are cut short by another signal, not by the same one handed on by npm', async () => {
    const slow = `installSignalHandlers();
      onExit(async () => { await sleep(300); log('async'); }, { sync: () => log('sync') });
      ready();`;
    expect(await run(slow, 'SIGINT', 'SIGINT')).toMatchObject({ signal: 'SIGINT', log: 'async' });
    expect(await run(slow, 'SIGINT', 'SIGTERM')).toMatchObject({ code: 130, log: 'sync' });
  });

  it('leave the signal as the reason when the program fails of its own while it waits', async () => {
    const result = await run(
      `installSignalHandlers();
      onExit(async () => { await sleep(200); }, { sync: () => log('sync') });
      process.once('SIGTERM', () => setTimeout(() => process.exit(2), 20));
      ready();`,
      'SIGTERM',
    );
    expect(result).toMatchObject({ code: 143, log: 'sync' });
  });

  it('run what is registered meanwhile', async () => {
    expect(
      await run(`onExit(async () => { onExit(() => log('late')); log('early'); }); await runCleanups();`),
    ).toMatchObject({ code: 0, log: 'early late' });
  });
});
