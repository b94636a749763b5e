import type { Node } from '@pgsql/types';
import type { Migration } from '../tools/tool.ts';
import { countersNow, settleCounters } from './counters.ts';
import { catchUp, countFrom, type Following, forgetTransaction, heldBefore } from './following.ts';
import { look } from './look.ts';
import { observe } from './observe.ts';
import { probeIdle, type SessionState } from './probe.ts';
import type { Outcome, Session } from './session.ts';
import { readSettings, type Settings } from './settings.ts';
import { settledRelations } from './settled.ts';
import { observeSettled, type Settled, type Standing, settledSince, standingNow } from './standing.ts';

/** Who has begun the open transaction: the tool (or we, around one statement), a message of several statements, the file. */
type BegunBy = 'tool' | 'message' | 'file';

/** The session in which a deploy runs its migrations one after the other, observed. */
export class DeploySession {
  readonly session: Session;
  readonly following: Following;
  status: Outcome['status'] = 'I';
  begunBy: BegunBy = 'tool';
  /** What the next statement will run under. */
  state: SessionState = {
    searchPath: ['public'],
    role: '',
    messages: '',
    counting: true,
    timeouts: { lockMs: 0, statementMs: 0, idleInTransactionMs: 0 },
  };
  /** Finished migrations whose work is in the open transaction. */
  private readonly uncommitted = new Set<Migration>();
  private readonly lost = new Set<Migration>();
  /** How many messages were sent that may have done something. */
  private messagesSent = 0;
  /** What stood after so many messages. */
  private lastStanding: { readonly after: number; readonly standing: Standing } | null = null;
  /** What was set after so many messages, these custom names included. */
  private lastSettings: {
    readonly after: number;
    readonly custom: string;
    readonly settings: Settings;
  } | null = null;
  /** `client_min_messages` as the files' session has it, which our own setting hides. */
  private messages = 'notice';

  constructor(session: Session, following: Following) {
    this.session = session;
    this.following = following;
  }

  /** Sends one message. */
  async send(sql: string, copies?: readonly string[]): Promise<Outcome> {
    const was = this.status;
    if (sql.trim() !== '') this.messagesSent += 1;
    const outcome = await this.session.send(sql, copies);
    this.status = outcome.status;
    if (outcome.tags.includes('COMMIT')) this.uncommitted.clear();
    if (was !== 'I' && this.status === 'I') {
      for (const migration of this.uncommitted) this.lost.add(migration);
      this.uncommitted.clear();
    }
    return outcome;
  }

  async begin(by: BegunBy): Promise<void> {
    await this.must('BEGIN');
    this.begunBy = by;
    forgetTransaction(this.following);
  }

  async rollback(): Promise<void> {
    if (this.session.lost) return;
    if (this.status !== 'I') await this.must('ROLLBACK');
    forgetTransaction(this.following);
    await this.readState();
    await this.catchUp();
  }

  /** Outside of a transaction: what stands now, which is asked again where something was sent since. */
  async standing(): Promise<Standing> {
    if (this.lastStanding?.after === this.messagesSent) return this.lastStanding.standing;
    await settleCounters(this.session.client, this.following.major);
    return standingNow(this.session.client);
  }

  /** Outside of a transaction: what was left behind since then. */
  async settledSince(before: Standing): Promise<Settled> {
    await settleCounters(this.session.client, this.following.major);
    const settled = await settledSince(this.session.client, before, this.following);
    this.lastStanding = { after: this.messagesSent, standing: settled.standing };
    return settled;
  }

  /** A ROLLBACK has undone what was followed. */
  async catchUp(): Promise<void> {
    catchUp(this.following, await settledRelations(this.session.client));
  }

  /** Outside of a transaction: what the next statement will run under. */
  async readState(): Promise<void> {
    this.state = await probeIdle(this.session.client, this.following.major);
    if (this.state.messages !== 'debug1') this.messages = this.state.messages;
  }

  /** After DISCARD ALL. */
  forgetSettings(): void {
    this.messages = 'notice';
    this.lastSettings = null;
  }

  /**
   * What one migration leaves is what the next one begins with.
   *
   * @param custom names with a dot that the migration mentions
   */
  async settings(custom: readonly string[]): Promise<Settings> {
    const names = JSON.stringify(custom);
    if (this.lastSettings?.after !== this.messagesSent || this.lastSettings.custom !== names) {
      const settings = await readSettings(this.session.client, custom);
      this.lastSettings = { after: this.messagesSent, custom: names, settings };
    }
    return new Map([...this.lastSettings.settings, ['client_min_messages', this.messages]]);
  }

  /** Where counters go on over transactions: what they show before this one has done anything. */
  async count(): Promise<void> {
    if (this.following.fresh)
      countFrom(this.following, await countersNow(this.session.client, this.following.major));
  }

  /** Sends what is no migration's: what it makes or locks is there when the next statement runs, and not that one's. */
  async sendAside(sql: string): Promise<Outcome> {
    const { client } = this.session;
    const before = this.status === 'I' ? await standingNow(client) : null;
    if (this.status === 'T') await this.count();
    const outcome = await this.send(sql);
    this.session.takeNotices();
    if (outcome.error !== null) return outcome;
    if (this.status === 'T') {
      await this.takeIn(null);
    } else if (before !== null) {
      observeSettled(this.following, before, await settledSince(client, before, this.following), aside(null));
    }
    return outcome;
  }

  /**
   * Inside a transaction: what the tool has just done is no statement's doing.
   *
   * @param node null where it may have been anything
   */
  async takeIn(node: Node | null): Promise<void> {
    const { view, session } = await look(this.session.client, this.following, node);
    observe(this.following, view, aside(node));
    this.state = session;
    this.session.takeNotices();
  }

  /** The transaction goes on with the next migration. */
  leaveOpen(migration: Migration, statements: number): void {
    this.uncommitted.add(migration);
    heldBefore(this.following, statements);
  }

  /** Migrations that had run, and whose transaction was rolled back later. */
  get rolledBack(): ReadonlySet<Migration> {
    return this.lost;
  }

  private async must(sql: string): Promise<void> {
    const { error } = await this.send(sql);
    if (error !== null) throw error;
  }
}

const aside = (node: Node | null) => ({ index: -1, node, proofs: [], deaf: false });
