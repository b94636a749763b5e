import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The addresses of a GitHub Enterprise Server, before an emulated GitHub that has them at its root. */
export interface EnterpriseServer extends AsyncDisposable {
  /** What the runner puts into `GITHUB_API_URL`. */
  readonly api: string;
  /** Requests to paths that such a server does not have. */
  readonly lost: string[];
}

/**
 * The REST API under `/api/v3`, GraphQL under `/api/graphql`; whatever else is asked for gets a page for people.
 *
 * @param root address of the emulated API
 */
export async function enterpriseServer(root: string): Promise<EnterpriseServer> {
  const lost: string[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    const behind = /^\/api(?:\/v3)?(\/.*)$/.exec(path)?.[1];
    const graphql = path === '/api/graphql';
    if (behind === undefined || path.startsWith('/api/v3') === graphql) {
      lost.push(`${request.method} ${path}`);
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>');
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await fetch(root + behind, {
      method: request.method ?? 'GET',
      headers: {
        authorization: request.headers.authorization ?? '',
        'content-type': request.headers['content-type'] ?? 'application/json',
      },
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    const link = answer.headers.get('link');
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/json',
      'x-github-enterprise-version': '3.16.0',
      ...(link === null ? {} : { link: link.replaceAll(root, api()) }),
    });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const api = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`;
  return {
    api: api(),
    lost,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}
