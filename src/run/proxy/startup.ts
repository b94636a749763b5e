import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Connection } from '../../shadow/shadow.ts';
import { message, Reader } from './messages.ts';
import { headerLength } from './wire.ts';

/** What a client can say first (Postgres manual, 55.2.1 and 55.7): packets without a type. */
export type FirstPacket =
  | { readonly kind: 'encryption' }
  | { readonly kind: 'handshake' }
  | { readonly kind: 'cancel'; readonly bytes: Buffer; readonly key: string }
  | {
      readonly kind: 'startup';
      readonly bytes: Buffer;
      readonly parameters: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'unknown' };

const encryptionRequests = [80877103, 80877104];
/** Type and version of the record in which a TLS handshake begins: `sslnegotiation=direct` asks nobody. */
const handshake = 0x1603;
const cancelRequest = 80877102;
/** MAX_STARTUP_PACKET_LENGTH of the server. */
const longest = 10_000;

/** @returns null while it is not there as a whole; its length in bytes */
export function firstPacket(bytes: Buffer): { packet: FirstPacket; length: number } | null {
  if (bytes.length < 8) return null;
  if (bytes.readInt16BE(0) === handshake) return { packet: { kind: 'handshake' }, length: bytes.length };
  const length = bytes.readInt32BE(0);
  if (length < 8 || length > longest) return { packet: { kind: 'unknown' }, length: bytes.length };
  if (bytes.length < length) return null;
  return { packet: packetOf(bytes.subarray(0, length)), length };
}

function packetOf(bytes: Buffer): FirstPacket {
  const code = bytes.readInt32BE(4);
  if (encryptionRequests.includes(code)) return { kind: 'encryption' };
  if (code === cancelRequest) return { kind: 'cancel', bytes, key: bytes.toString('hex', 8) };
  if (code >>> 16 !== 3) return { kind: 'unknown' };
  const words = bytes.toString('utf8', 8).split('\0');
  const parameters = new Map<string, string>();
  for (let index = 0; words[index] !== undefined && words[index] !== ''; index += 2)
    parameters.set(words[index] ?? '', words[index + 1] ?? '');
  return { kind: 'startup', bytes, parameters };
}

/** Does the client want to be a standby? Its protocol is another one. */
export function wantsReplication(parameters: ReadonlyMap<string, string>): boolean {
  const said = parameters.get('replication')?.toLowerCase() ?? 'off';
  return !['off', 'false', 'no', '0', 'f', 'n'].includes(said);
}

/** Process and secret of a BackendKeyData, as a CancelRequest repeats them. */
export const cancelKey = (bytes: Buffer): string => bytes.toString('hex', headerLength);

/**
 * What the client is to see of a login message. It talks to us unencrypted: a server that it could only reach encrypted
 * offers to bind the password to its certificate, which the client would refuse.
 */
export function withoutChannelBinding(bytes: Buffer): Buffer {
  const reader = new Reader(bytes);
  if (bytes[0] !== 'R'.charCodeAt(0) || reader.int32() !== 10) return bytes;
  const mechanisms: string[] = [];
  for (let name = reader.text(); name !== ''; name = reader.text()) mechanisms.push(name);
  const kept = mechanisms.filter((name) => !name.endsWith('-PLUS'));
  if (kept.length === mechanisms.length) return bytes;
  const body = Buffer.alloc(4);
  body.writeInt32BE(10);
  return message('R', Buffer.concat([body, Buffer.from(`${kept.join('\0')}\0\0`)]));
}

/** A socket to the shadow, encrypted if its connection says so. Rejects when it cannot be reached. */
export async function connectServer({ host, port, ssl }: Connection): Promise<Socket> {
  const socket = await connected(
    host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect({ host, port, noDelay: true }),
    'connect',
  );
  if (ssl === undefined) return socket;
  const request = Buffer.alloc(8);
  request.writeInt32BE(8, 0);
  request.writeInt32BE(80877103, 4);
  socket.write(request);
  const answer = await new Promise<Buffer>((resolve, reject) => {
    socket
      .once('data', resolve)
      .once('error', reject)
      .once('close', () => reject(new Error('the server closed the connection')));
  });
  if (answer.toString('latin1') !== 'S') throw new Error('the server does not encrypt');
  return connected(connectTls({ socket, host, ...ssl }), 'secureConnect');
}

function connected<Kind extends Socket>(socket: Kind, event: string): Promise<Kind> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once(event, () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
