import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect as connectTo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type EmulatedGitHub, emulateGitHub } from './emulated-github.ts';

let github: EmulatedGitHub;
const tunnels: string[] = [];
/** A company's proxy: the only way to the server, whose name nobody else can resolve. */
const proxy = createServer();

beforeAll(async () => {
  github = await emulateGitHub();
  proxy.on('connect', (request, client) => {
    tunnels.push(request.url ?? '');
    const server = connectTo(Number(new URL(github.url).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      server.pipe(client).pipe(server);
    });
    for (const socket of [server, client]) socket.on('error', () => socket.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  proxy.close();
  proxy.closeAllConnections();
  await github[Symbol.asyncDispose]();
});

test("requests go to the workflow's own server, through its proxy", async () => {
  vi.stubEnv('GITHUB_API_URL', 'http://ghe.invalid');
  vi.stubEnv('http_proxy', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  vi.stubEnv('no_proxy', '');
  vi.stubEnv('NO_PROXY', '');
  const { connect } = await import('../../src/github/api.ts');
  const { data } = await connect(github.tokens.octo).rest.users.getAuthenticated();
  expect(data.login).toBe('octo');
  expect(tunnels).toEqual(['ghe.invalid:80']);
});
