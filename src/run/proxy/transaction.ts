import pg from 'pg';
import { countersNow } from '../counters.ts';
import { catchUp, countFrom, type Following } from '../following.ts';
import { isDeaf, look } from '../look.ts';
import { nothingObserved, observe } from '../observe.ts';
import { isTransactionControl, takesBack } from '../pieces.ts';
import { probeIdle, type SessionState } from '../probe.ts';
import { proofsIn } from '../proofs.ts';
import { settledRelations } from '../settled.ts';
import type { Backend } from './backend.ts';
import { traceOf } from './observation.ts';
import { mayComeFirst, type Part } from './plan.ts';
import type { Draft, Recorder, Status } from './record.ts';
import type { Heard, Shade } from './shade.ts';
import type { Watch, WatchedTransaction } from './watch.ts';

/** A statement that has run. */
interface Ran {
  readonly drafts: readonly Draft[];
  readonly status: Status;
  readonly part: Part;
  readonly heard: Heard;
  readonly shade: Shade | null;
}

/** The transaction that a connection is in, and our questions in it. */
export class Transaction {
  private readonly backend: Backend;
  private readonly watch: Watch;
  private readonly recorder: Recorder;
  private current: WatchedTransaction | null = null;
  /** Ours, around a statement that would commit by itself. */
  private wrapping = false;
  /** The client's statements share it, as they share the block that the server makes of one message. */
  private shared = false;
  /** A query has run in it: SET TRANSACTION is too late. */
  private queried = false;
  /** What has not been looked at yet, since SET TRANSACTION may follow. */
  private owed: Ran | null = null;
  private state: SessionState | null = null;

  constructor({
    backend,
    watch,
    recorder,
  }: {
    readonly backend: Backend;
    readonly watch: Watch;
    readonly recorder: Recorder;
  }) {
    this.backend = backend;
    this.watch = watch;
    this.recorder = recorder;
  }

  get following(): Following | null {
    return this.current?.following ?? null;
  }

  /** Begins one of ours. */
  wrap(shared: boolean): void {
    this.wrapping = true;
    this.shared = shared;
    this.queried = false;
    // Its answer comes before that of what is asked next.
    void this.backend.command('BEGIN').catch(() => {});
  }

  /**
   * Ends ours.
   *
   * @returns the server's error when it could not be committed
   */
  async unwrap(commit: boolean): Promise<Buffer | null> {
    const { current } = this;
    this.wrapping = false;
    this.forget();
    const error = await this.backend.command(commit ? 'COMMIT' : 'ROLLBACK');
    if (commit && error === null && current !== null) await this.watch.committed(current, this.backend);
    return error;
  }

  /** Asks what must be asked before a statement; null: the server says nothing that the client would not hear. */
  async before({ sees, node, asksLevel }: Part): Promise<Shade | null> {
    if (this.backend.status !== 'T' && !this.wrapping) return null;
    const first = mayComeFirst(node) && !this.queried;
    if (this.owed !== null && !first) await this.lookLate();
    if (sees === 'nothing') {
      this.queried ||= !first && !isTransactionControl(node);
      return null;
    }
    this.current ??= this.watch.begin();
    if (sees === 'after') return null;
    await this.count(this.current.following);
    this.queried = true;
    const state = await probeIdle(this.backend, this.current.following.major, true);
    this.state = state;
    if (!asksLevel && !state.messages.startsWith('debug')) return { level: state.messages };
    await this.setLevel(state.messages);
    return null;
  }

  private async count(following: Following): Promise<void> {
    if (following.fresh) countFrom(following, await countersNow(this.backend, following.major));
  }

  /** Looks at what a statement did. */
  async after(ran: Ran): Promise<void> {
    const { status, part, drafts } = ran;
    if (!this.wrapping) await this.left(drafts, status);
    if (status !== 'T' || part.sees === 'nothing' || drafts.length === 0) {
      if (status === 'T' && ran.shade !== null) await this.setLevel(ran.shade.level);
      return;
    }
    this.current ??= this.watch.begin();
    if (mayComeFirst(part.node) && !this.queried) this.owed = ran;
    else await this.look(ran, this.current.following);
  }

  /** Notices that the client's transaction has ended. */
  async left(drafts: readonly Draft[], status: Status): Promise<void> {
    const tags = drafts.flatMap((draft) => draft.tags);
    const chained = tags.includes('COMMIT');
    if (status !== 'I' && !chained) return;
    const { current } = this;
    this.forget();
    if (current === null || !chained) return;
    await this.watch.committed(current, this.backend);
  }

  /** Of these statements, and those that were waiting, which have been looked at. */
  known(drafts: readonly Draft[]): readonly Draft[] {
    const waiting = this.owed?.drafts ?? [];
    return drafts.filter((draft) => !waiting.includes(draft));
  }

  private forget(): void {
    this.current = null;
    this.owed = null;
    this.queried = false;
  }

  private async lookLate(): Promise<void> {
    const { owed, current } = this;
    this.owed = null;
    if (owed === null) return;
    if (current !== null) await this.look(owed, current.following);
    for (const draft of owed.drafts) this.recorder.finish(draft);
  }

  /** Between a savepoint and its release: what goes wrong with our questions is not the client's. */
  private async look(ran: Ran, following: Following): Promise<void> {
    const { backend } = this;
    this.queried = true;
    const last = ran.drafts.at(-1);
    const saved = backend.command('SAVEPOINT _migration_gate');
    // Looked at only when what follows it fails.
    saved.catch(() => {});
    try {
      await this.ask(ran, following);
      await backend.command('RELEASE SAVEPOINT _migration_gate');
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || (await saved) !== null) throw error;
      await backend.command('ROLLBACK TO SAVEPOINT _migration_gate');
      await backend.command('RELEASE SAVEPOINT _migration_gate');
      if (ran.shade !== null) await this.setLevel(ran.shade.level);
      if (last !== undefined) last.unobserved = 'question-failed';
    }
  }

  private async ask({ drafts, part, heard, shade }: Ran, following: Following): Promise<void> {
    const { backend } = this;
    const { node } = part;
    await this.count(following);
    if (node !== null && takesBack(node)) catchUp(following, await settledRelations(backend));
    const { view, session } = await look(backend, following, node);
    const proofs = proofsIn(heard.notices);
    const deaf = part.sees === 'all' && (await isDeaf(backend, following, { node, proofs, view, session }));
    const level = shade !== null && session.messages === 'debug1' ? shade.level : session.messages;
    await this.setLevel(level);
    const last = drafts.at(-1);
    if (last === undefined) return;
    const seen = observe(following, view, { index: last.order, node, proofs, deaf });
    for (const draft of drafts.slice(0, -1)) draft.unobserved = 'with-others';
    const taken = node !== null && takesBack(node);
    last.observation = traceOf({
      drafts,
      node,
      seen: { ...(taken ? nothingObserved : seen), deaf },
      heard,
      state: this.state ?? session,
      after: session,
      shared: !this.wrapping || this.shared,
      source: 'observed',
    });
    this.state = session;
  }

  private async setLevel(level: string): Promise<void> {
    await this.backend.query(`SELECT pg_catalog.set_config('client_min_messages', $1, true)`, [level]);
  }
}
