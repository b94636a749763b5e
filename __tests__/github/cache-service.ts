import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** GitHub's cache service as far as `@actions/cache` asks it, with the storage behind it, on 127.0.0.1. */
export interface CacheService extends AsyncDisposable {
  readonly url: string;
  /** What is stored, by key. */
  readonly entries: Map<string, { version: string; bytes: Buffer }>;
  /** Refuses to take entries from here on, as for a fork's pull request. */
  refuse(): void;
}

export async function cacheService(): Promise<CacheService> {
  const entries: CacheService['entries'] = new Map();
  let refusing = false;
  let url = '';
  const answers: Record<string, (asked: Asked) => unknown> = {
    CreateCacheEntry: ({ key, version }) => {
      if (refusing) return { ok: false, message: 'cache write denied: this token only reads' };
      entries.set(key, { version, bytes: Buffer.alloc(0) });
      return { ok: true, signed_upload_url: `${url}/storage/${encodeURIComponent(key)}?sig=x` };
    },
    FinalizeCacheEntryUpload: () => ({ ok: true, entry_id: '1' }),
    GetCacheEntryDownloadURL: ({ key, restore_keys = [], version }) => {
      const found = [key, ...restore_keys].find((each) => entries.get(each)?.version === version);
      if (found === undefined) return { ok: false };
      return {
        ok: true,
        matched_key: found,
        signed_download_url: `${url}/storage/${encodeURIComponent(found)}`,
      };
    },
  };
  const server = createServer(async (request, response) => {
    const address = new URL(request.url ?? '', url);
    const body = await bodyOf(request);
    const [, room, name = ''] = address.pathname.split('/');
    if (room === 'twirp') {
      const answer = answers[address.pathname.split('/').at(-1) ?? '']?.(
        JSON.parse(body.toString()) as Asked,
      );
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      return;
    }
    const entry = entries.get(decodeURIComponent(name));
    if (request.method === 'PUT' && entry !== undefined) {
      entry.bytes = body;
      response.writeHead(201, { etag: '"1"', 'last-modified': new Date(0).toUTCString() }).end();
      return;
    }
    response.writeHead(200, { 'content-length': entry?.bytes.length ?? 0 });
    response.end(request.method === 'HEAD' ? undefined : entry?.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    entries,
    refuse: () => {
      refusing = true;
    },
    [Symbol.asyncDispose]: () => closed(server),
  };
}

interface Asked {
  readonly key: string;
  readonly version: string;
  readonly restore_keys?: readonly string[];
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
