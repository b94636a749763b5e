import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { serverAccounts } from '../../src/shadow/account.ts';
import { majors } from './majors.ts';
import { boot, openDirectory, orphanedSegments, processesIn } from './process-of-its-own.ts';

const major = majors[0] ?? 17;

/** What the cache may hold afterwards: entries, nothing half-made. */
function halfMade(cache: string): string[] {
  return readdirSync(cache, { recursive: true })
    .map(String)
    .filter((path) => path.includes('migration-gate-run-'));
}

describe.skipIf(process.platform !== 'linux')('a shadow is gone afterwards', () => {
  const shared = mkdtempSync('/tmp/mg-test-');
  afterAll(() => rmSync(shared, { recursive: true, force: true }));

  const ends = [
    { afterwards: 'close', code: 0, signal: null },
    { afterwards: 'forget', code: 0, signal: null },
    { afterwards: 'exit', code: 3, signal: null },
    { afterwards: 'throw', code: 1, signal: null },
    { afterwards: 'wait', code: 'SIGTERM', signal: 'SIGTERM' },
    { afterwards: 'wait', code: 'SIGINT', signal: 'SIGINT' },
    { afterwards: 'wait', code: 'SIGHUP', signal: 'SIGHUP' },
  ] as const;

  it.each(ends)('after $afterwards $signal', async ({ afterwards, code, signal }) => {
    const temporary = openDirectory();
    const run = boot({ major, afterwards, temporary, cache: shared });
    await run.up;
    if (signal !== null) run.child.kill(signal);
    expect(await run.ended).toBe(code);
    expect(processesIn(temporary)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
    expect(halfMade(shared)).toEqual([]);
  });

  it.each([0, 40, 150, 400, 700])('after SIGTERM %i ms into the making of a new cluster', async (wait) => {
    const [temporary, cache] = [openDirectory(), openDirectory()];
    const before = orphanedSegments();
    const run = boot({ major, afterwards: 'wait', temporary, cache });
    run.up.catch(() => {});
    await run.said('starting PostgreSQL');
    await new Promise((resolve) => setTimeout(resolve, wait));
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe('SIGTERM');
    expect(processesIn(temporary)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
    expect(halfMade(cache)).toEqual([]);
    expect(orphanedSegments().filter((name) => !before.includes(name))).toEqual([]);
  });

  it('what a killed run left is removed by the next one, another run that lives is not', async () => {
    const [temporary, cache] = [openDirectory(), openDirectory()];
    const alive = boot({ major, afterwards: 'wait', temporary, cache });
    await alive.up;
    const killed = boot({ major, afterwards: 'wait', temporary, cache });
    const { connection } = await killed.up;
    killed.child.kill('SIGKILL');
    await killed.ended;
    // The left directory's server runs on.
    expect(processesIn(join(connection.host, '..'))).not.toEqual([]);

    const next = boot({ major, afterwards: 'close', temporary, cache });
    expect(await next.ended).toBe(0);
    expect(processesIn(join(connection.host, '..'))).toEqual([]);
    const [left, ...more] = readdirSync(temporary);
    expect(more).toEqual([]);
    const owner = JSON.parse(readFileSync(join(temporary, left ?? '', 'owner.json'), 'utf8'));
    expect(owner.pid).toBe(alive.child.pid);

    alive.child.kill('SIGTERM');
    expect(await alive.ended).toBe('SIGTERM');
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)('the other kind of user', () => {
  it('an ordinary user boots one as well', async () => {
    const [account] = serverAccounts();
    if (account === undefined || account === null) throw new Error('/etc/passwd has no nobody');
    const [temporary, cache] = [openDirectory(), openDirectory()];
    for (const path of [temporary, cache]) chownSync(path, account.uid, account.gid);
    for (const what of ['with a new cluster', 'with the kept one']) {
      const run = boot({ major, afterwards: 'close', temporary, cache, account });
      expect((await run.up).postgresVersion, what).toMatch(new RegExp(`^${major}\\.`));
      expect(await run.ended, run.stderr()).toBe(0);
      expect(readdirSync(temporary)).toEqual([]);
      expect(processesIn(temporary)).toEqual([]);
    }
  });
});
