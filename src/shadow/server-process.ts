import type { Binaries } from './binaries.ts';

/** A running server process. */
export interface Server {
  /** The last lines of its log. */
  log(): string;
  /** `fast` ends in good order (the data directory stays usable); `immediate` drops everything. Idempotent. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
}

export interface ServerPlace {
  readonly binaries: Binaries;
  readonly data: string;
  /** Directory of the unix socket, null = none (Windows). */
  readonly socketDirectory: string | null;
  readonly port: number;
  readonly tcp: boolean;
}

/** The server ended, or said nothing for too long, before it was ready. */
export class ServerDidNotStart extends Error {
  override readonly name = 'ServerDidNotStart';
}

/** Crash recovery of a copied directory takes some tens of ms; a loaded runner many times that. */
export const START_TIMEOUT_MS = 60_000;
export function serverArguments({ data, socketDirectory, port, tcp }: ServerPlace): string[] {
  return [
    ...['-D', data],
    ...['-p', String(port)],
    ...(socketDirectory === null ? [] : ['-k', socketDirectory]),
    ...['-c', `listen_addresses=${tcp ? '127.0.0.1' : ''}`],
  ];
}
