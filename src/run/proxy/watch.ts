import type { Asks } from '../asks.ts';
import { catchUp, type Following, follow, forgetTransaction } from '../following.ts';
import { majorOf } from '../probe.ts';
import { settledRelations } from '../settled.ts';

/** A transaction of one connection: what it has seen of the relations is its own until it commits. */
export interface WatchedTransaction {
  readonly following: Following;
  /** Of `Watch`, when it began. */
  readonly version: number;
}

/** What is known of the relations of the shadow's database, for all connections to it. */
export class Watch {
  /** Names of the server's own functions that touch no relation. */
  readonly functions: ReadonlySet<string>;
  private now: Following;
  private version = 0;

  private constructor(now: Following, functions: ReadonlySet<string>) {
    this.now = now;
    this.functions = functions;
  }

  /** Takes what is there for base's. */
  static async start(client: Asks): Promise<Watch> {
    const { rows } = await client.query<{ proname: string }>(
      `SELECT p.proname FROM pg_catalog.pg_proc p
       WHERE p.pronamespace OPERATOR(pg_catalog.=) 'pg_catalog'::pg_catalog.regnamespace
       GROUP BY p.proname
       HAVING pg_catalog.bool_and(p.provolatile OPERATOR(pg_catalog.<>) 'v')
         OR p.proname OPERATOR(pg_catalog.~) '^(pg_(try_)?advisory_|set_config$)'`,
    );
    const functions = new Set(rows.map(({ proname }) => proname));
    return new Watch(follow(await settledRelations(client), await majorOf(client)), functions);
  }

  /** As committed; what commits by itself is followed in it. */
  get following(): Following {
    return this.now;
  }

  begin(): WatchedTransaction {
    const { relations, made, horizon, major } = this.now;
    return {
      version: this.version,
      following: {
        relations: new Map([...relations].map(([oid, relation]) => [oid, { ...relation }])),
        made: new Map(made),
        held: new Map(),
        counters: new Map(),
        removals: 0,
        schemaChanges: 0,
        horizon: { ...horizon, writes: 0 },
        fresh: true,
        major,
      },
    };
  }

  /** The transaction has committed; without a call of this it is forgotten. */
  async committed({ following, version }: WatchedTransaction, client: Asks): Promise<void> {
    forgetTransaction(following);
    const alone = version === this.version;
    this.changed();
    if (alone) {
      this.now = following;
      return;
    }
    // Another one has committed meanwhile: what both know, brought up to date.
    const { relations, made } = this.now;
    for (const [oid, relation] of following.relations) if (!relations.has(oid)) relations.set(oid, relation);
    for (const [oid, relation] of following.made) if (!made.has(oid)) made.set(oid, relation);
    this.now.horizon = {
      base: Math.max(this.now.horizon.base, following.horizon.base),
      seen: Math.max(this.now.horizon.seen, following.horizon.seen),
      writes: 0,
    };
    catchUp(this.now, await settledRelations(client));
  }

  /** `following` has been changed. */
  changed(): void {
    this.version += 1;
  }
}
