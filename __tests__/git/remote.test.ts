import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redact } from '../../src/git/command.ts';
import { openTrees } from '../../src/git/trees.ts';
import { at, fingerprint, repository, scratchDirectory } from './repository.ts';

const origin = repository({ 'm/1.sql': '1' });
origin.git('checkout', '-q', '-b', 'topic');
origin.commit({ 'm/2.sql': '2' });
origin.git('checkout', '-q', 'main');
const main = origin.commit({ 'm/3.sql': '3' });
origin.git('config', 'uploadpack.allowFilter', 'true');

const VALUE = 'ghs_TestTokenThatIsNoToken';
const GOOD = `basic ${Buffer.from(`x-access-token:${VALUE}`).toString('base64')}`;
const seen: (string | undefined)[] = [];

/** `git http-backend` behind a server that wants the token, as GitHub's does. */
const server = createServer((request, response) => {
  seen.push(request.headers.authorization);
  if (request.headers.authorization?.toLowerCase() !== GOOD.toLowerCase()) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="GitHub"' }).end('no');
    return;
  }
  backend(request, response);
});

function backend(request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://x');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: dirname(origin.directory),
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
    },
  });
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.on('close', () => {
    const all = Buffer.concat(chunks);
    const end = all.indexOf('\r\n\r\n');
    for (const line of all.subarray(0, end).toString().split('\r\n')) {
      const [name = '', value = ''] = line.split(': ');
      if (name === 'Status') response.statusCode = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.end(all.subarray(end + 4));
  });
}

let serverUrl = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

/** A job's checkout of the topic branch, of depth 1, without the token that made it. */
function job() {
  const repo = at(scratchDirectory());
  repo.git('init', '-q', '-b', 'work');
  repo.git('fetch', '-q', '--depth=1', `file://${origin.directory}`, 'topic');
  repo.git('checkout', '-q', '--detach', 'FETCH_HEAD');
  repo.git('remote', 'add', 'origin', `${serverUrl}/${origin.directory.split('/').pop()}/.git`);
  seen.length = 0;
  return repo;
}

describe('the token', () => {
  it('opens the remote, for history and single files too, and stays nowhere', async () => {
    const repo = job();
    const before = fingerprint(repo.directory);
    await using trees = await openTrees({
      repo: repo.directory,
      base: main,
      head: null,
      token: { serverUrl: `${serverUrl}/`, value: VALUE },
    });
    const paths = trees.head.entries.map(({ path }) => path);
    expect(paths).toEqual(['m/1.sql', 'm/2.sql', 'm/3.sql']);
    expect((await trees.head.read(paths)).size).toBe(3);
    expect(new Set(seen)).toEqual(new Set([GOOD]));
    expect(fingerprint(repo.directory)).toEqual(before);
  });

  it('that is missing or wrong makes it undecided, without a prompt and without the token in the message', async () => {
    for (const token of [null, { serverUrl, value: 'ghs_wrong' }]) {
      const opening = openTrees({ repo: job().directory, base: main, head: null, token });
      await expect(opening).rejects.toMatchObject({ name: 'Undecided', reason: 'base-not-available' });
      await expect(opening).rejects.not.toThrow(/ghs_wrong|eC1hY2Nlc3/);
    }
  });

  it('is not sent to another server', async () => {
    const opening = openTrees({
      repo: job().directory,
      base: main,
      head: null,
      token: { serverUrl: 'https://github.example', value: VALUE },
    });
    await expect(opening).rejects.toMatchObject({ reason: 'base-not-available' });
    expect(seen.filter((header) => header !== undefined)).toEqual([]);
  });

  it("gives way to actions/checkout's own, also where that lies in an included file", async () => {
    for (const included of [false, true]) {
      const repo = job();
      const header = `[http "${serverUrl}/"]\n\textraheader = AUTHORIZATION: ${GOOD}\n`;
      if (included) {
        const file = join(scratchDirectory(), 'credentials.config');
        writeFileSync(file, header);
        repo.git('config', `includeIf.gitdir:${repo.directory}/.git.path`, file);
      } else repo.git('config', `http.${serverUrl}/.extraheader`, `AUTHORIZATION: ${GOOD}`);
      await using trees = await openTrees({
        repo: repo.directory,
        base: main,
        head: null,
        token: { serverUrl, value: 'ghs_wrong' },
      });
      expect(trees.head.entries).toHaveLength(3);
      expect(new Set(seen)).toEqual(new Set([GOOD]));
    }
  });
});

describe('a message', () => {
  it.each([
    ["unable to access 'https://bob:p@ss@host/x'", "unable to access 'https://***@host/x'"],
    ['https://ghs_x@github.com and ssh://git@h/x', 'https://***@github.com and ssh://***@h/x'],
    ['mail a@b to https://host/a@b', 'mail a@b to https://host/a@b'],
    ['the word TOPSECRET twice TOPSECRET', 'the word *** twice ***'],
  ])('%j is shown as %j', (text, shown) => {
    expect(redact(text, ['TOPSECRET', ''])).toBe(shown);
  });
});

describe('a signal', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s while git works leaves no directory and no process',
    async (signal) => {
      const repo = job();
      const temporary = scratchDirectory();
      const pids = join(scratchDirectory(), 'pids');
      // A remote that never answers.
      const ssh = join(scratchDirectory(), 'ssh');
      writeFileSync(
        ssh,
        `#!/bin/sh\necho $$ $PPID > '${pids}.new'; mv '${pids}.new' '${pids}'\nexec sleep 600\n`,
        { mode: 0o755 },
      );
      repo.git('config', 'core.sshCommand', ssh);
      repo.git('remote', 'set-url', 'origin', 'ssh://git@example.invalid/x');
      const script = join(scratchDirectory(), 'open.mjs');
      const source = (path: string) => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href);
      writeFileSync(
        script,
        `import { installSignalHandlers } from ${source('cleanup.ts')};
      import { openTrees } from ${source('git/trees.ts')};
      installSignalHandlers();
      await openTrees({ repo: ${JSON.stringify(repo.directory)}, base: ${JSON.stringify(main)}, head: null });`,
      );
      const child = spawn(process.execPath, ['--no-warnings', script], {
        env: { ...process.env, TMPDIR: temporary },
        stdio: 'ignore',
      });
      const ended = once(child, 'close');
      while (!existsSync(pids)) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(readdirSync(temporary)).toHaveLength(1);
      child.kill(signal);
      await ended;
      expect(readdirSync(temporary)).toEqual([]);
      for (const pid of readFileSync(pids, 'utf8').trim().split(' ')) {
        await expect.poll(() => runs(Number(pid)), { timeout: 10_000 }).toBe(false);
      }
    },
  );
});

function runs(pid: number): boolean {
  try {
    // A killed process whose new parent does not wait for it stays as a zombie in some containers.
    return process.kill(pid, 0) && !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
