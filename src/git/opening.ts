import type { GitPlace } from './command.ts';
import type { ConfigEntry } from './environment.ts';
import type { Objects } from './objects.ts';
import type { Repository } from './repository.ts';
import type { Scratch } from './scratch.ts';

/** What the steps of opening the trees share. */
export interface Opening {
  /** The user's repository: refs, index and working tree are read there, nothing is written. */
  readonly repo: Repository;
  /** Where everything is written, and where commits and trees are read. */
  readonly scratch: Scratch;
  /** As `scratch`, for commands that go to the remote: with the given token, if git has none. */
  readonly network: GitPlace;
  /** Of `network`: a partial clone's git fetches the files that it left out when they are read. */
  readonly objects: Objects;
  /** References of the user whose commit is known already; null for a full name that is not here. */
  readonly known: ReadonlyMap<string, string | null>;
  /** The token's configuration. Its value never reaches a message. */
  readonly secrets: readonly string[];
  /** `origin`, else the only remote, else null. */
  readonly remote: string | null;
  /** Adds a sentence to the report. */
  note(sentence: string): void;
  /** Progress, as it happens. */
  say(sentence: string): void;
}

/** A token and the server that it is for. */
export interface Token {
  readonly serverUrl: string;
  readonly value: string;
}

/** The configuration that sends the token, as actions/checkout does it, and what must not be printed. */
export function tokenConfig({ serverUrl, value }: Token): {
  readonly config: readonly ConfigEntry[];
  readonly secrets: readonly string[];
} {
  const encoded = Buffer.from(`x-access-token:${value}`).toString('base64');
  const server = serverUrl.replace(/\/+$/, '');
  return {
    config: [[`http.${server}/.extraheader`, `AUTHORIZATION: basic ${encoded}`]],
    secrets: [value, encoded],
  };
}
