import type { Limits } from '../limits.ts';
import type { Notes } from './notes.ts';

/** How to reach one database of the shadow. Passwords are random per run and never printed. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** How to encrypt; absent: not at all, which is right for a socket and loopback. */
  readonly ssl?: { readonly rejectUnauthorized: boolean };
  /** Settings of its sessions, as libpq's `options` says them: they win over what a role or database sets. */
  readonly options?: string;
  /** How long one message of a migration may take before it is canceled; absent: a minute. */
  readonly limitMs?: number;
}

export interface ShadowOptions {
  /** Postgres major, e.g. 17. */
  readonly major: number;
  /** Extensions to create in every database before anything else, by the superuser. */
  readonly extensions: readonly string[];
  /** Container image for the docker provider; null = the official one of the major. */
  readonly image?: string | null;
  /** True: the migration role is a superuser, as some companies run their migrations. Default false. */
  readonly superuser?: boolean;
  /** Work on what the URL's database holds, and change it, instead of in databases of our own. Default false. */
  readonly existing?: boolean;
  /** What the run may use up; absent: whatever the server does. */
  readonly limits?: Limits;
  /** Called with short progress sentences ("starting PostgreSQL 17.10"). */
  readonly onProgress?: (message: string) => void;
  /**
   * How long the binaries of a major may take to be fetched; null: as long as npm's own limits let it. Asked only when
   * they have to be.
   */
  readonly fetchMs?: (major: number) => Promise<number | null>;
  /**
   * True: also listen on 127.0.0.1, and say so in the connections (several tools refuse a socket directory as
   * host). Default false: a unix socket in a private directory, except on Windows.
   */
  readonly tcp?: boolean;
  /**
   * Keys under which earlier runs may have kept a database (`Shadow.keep`), best first: the first that is there is
   * what this one begins with.
   */
  readonly seeds?: readonly string[];
  /** Called as soon as it is known where notes of kept databases are, if any are kept, before the server starts. */
  readonly onNotes?: (notes: Notes) => void;
  /** False: nothing that an earlier run kept is used, binaries aside. Default true. */
  readonly cache?: boolean;
}

/** A database of a shadow. Closing a copy drops it. */
export interface ShadowDatabase extends AsyncDisposable {
  /** The migration role's connection: owner of the database, no superuser. */
  readonly connection: Connection;
  /** The bootstrap superuser's connection to the same database, for snapshots and preludes. */
  readonly admin: Connection;
  /** Copies it as it is, oids included. Nobody may be connected to it meanwhile. */
  copy(): Promise<ShadowDatabase>;
}

/**
 * A throw-away Postgres server with one empty database. Closing stops the server and removes everything it
 * wrote; a signal does the same.
 */
export interface Shadow extends ShadowDatabase {
  readonly provider: 'embedded' | 'docker' | 'local' | 'url';
  /** What was chosen and why, as one phrase for the report; the image with its digest for docker. */
  readonly chosen?: string;
  /** `server_version`, e.g. `17.10`. */
  readonly postgresVersion: string;
  /** The key of the kept database that this one began with; null: it began empty. */
  readonly seed: string | null;
  /**
   * Keeps the database as it is for later runs. Nobody may be connected to it; the server is started anew. Null: this
   * kind of shadow keeps nothing, or was told not to. `costMs` is how long it took to build.
   */
  readonly keep: ((key: string, costMs: number) => Promise<void>) | null;
  /** Tells the kept files that the database began with, or was kept as, from all others: oids and row versions in them are
   * its own. Null, or absent: there are none. */
  readonly kept?: () => string | null;
  /** What was worked out of kept databases, by their keys. Absent: this kind of shadow keeps nothing, or was told not to. */
  readonly notes?: Notes;
  /** Milliseconds from the request to the first answered query. */
  readonly bootMs: number;
}

/** A provider boots shadows. Each call is a cluster of its own, since roles are cluster-wide. */
export interface ShadowProvider {
  readonly name: Shadow['provider'];
  start(options: ShadowOptions): Promise<Shadow>;
}
