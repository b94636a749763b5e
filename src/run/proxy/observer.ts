import { documentedLocks } from '../documented-locks.ts';
import { observeSettled } from '../observe.ts';
import { placeLocks } from '../place-locks.ts';
import { probeIdle, settleCounters, settledRelations } from '../probe.ts';
import { proofsIn } from '../proofs.ts';
import type { Answer, Receiver, Step } from './answer.ts';
import { type Backend, ConnectionLost } from './backend.ts';
import { fieldsOf, readyForQuery, shifted } from './messages.ts';
import { traceOf } from './observation.ts';
import { mayRefuse, type Part, type Plan } from './plan.ts';
import type { Draft, Recorder, Status } from './record.ts';
import { Repeats, unobserved } from './repeats.ts';
import { Heard, isHidden, type Shade } from './shade.ts';
import { Transaction } from './transaction.ts';
import type { Watch } from './watch.ts';
import type { Piece } from './wire.ts';

/** What the observer needs of the connection that it works for. */
export interface Line {
  readonly backend: Backend;
  readonly watch: Watch;
  readonly recorder: Recorder;
  /** To the client; what it says of the session's settings is read as well. */
  pass(piece: Pick<Piece, 'type' | 'bytes' | 'first'>): void;
  /** An answer that nobody has sent anything for yet. */
  answer(receiver: Receiver): Answer;
  /** Begins the record of a simple query. */
  begin(text: string): Draft;
  /** Our own questions have gone wrong where the client would notice: the connection must end. */
  broken(error: unknown): void;
}

/** What one answer was. */
interface Said {
  readonly answer: Answer;
  readonly status: Status;
  readonly heard: Heard;
  /** The server's last words, kept from the client so far. */
  readonly held: readonly Buffer[];
  readonly refused: boolean;
}

/** How much of an answer is kept back while the server may still refuse. */
const heldLimit = 1024 * 1024;

/** 25001: "cannot run inside a transaction block"; 2D000: a COMMIT in a procedure or DO block. */
const needsNoTransaction = ['25001', '2D000'];

/**
 * Runs the client's statements one after the other with the tracer's questions between them, so that the client
 * sees what it would see without.
 */
export class Observer {
  private readonly line: Line;
  private readonly transaction: Transaction;
  private readonly repeats = new Repeats();
  private busy: Promise<void> = Promise.resolve();
  /** Our own questions are on their way after the client's statement has ended: a cancel is too late. */
  private asking = false;
  /** Resolves when a cancel has reached the server. */
  private cancelling: Promise<void> = Promise.resolve();
  /** The statement has been sent. */
  private running: Promise<void> = Promise.resolve();

  constructor(line: Line) {
    this.line = line;
    this.transaction = new Transaction(line);
  }

  /** Resolves when nothing of the client is being run. */
  get free(): Promise<void> {
    return this.busy;
  }

  /** Cancels what the client runs. @param send brings the request to the server */
  async cancel(send: () => Promise<void>): Promise<void> {
    await this.running;
    if (this.asking) return;
    this.cancelling = send();
    await this.cancelling;
  }

  /**
   * Runs a Query message.
   *
   * @param bytes the message, or its first piece
   * @returns when it has gone to the server: what comes of it next may follow
   */
  simple(given: Plan, bytes: Buffer, message: (text: string) => Buffer): Promise<void> {
    const thinned = this.repeats.thinned(given);
    const plan = thinned ?? unobserved(given);
    const sent = signal();
    const one = plan.parts.length === 1;
    const encode = (part: Part) => (one ? bytes : message(part.text));
    this.take(sent, async () => {
      if (plan.how === 'bare') return this.bare(plan.parts[0] as Part, bytes, sent.done, null);
      const wrapped = plan.how === 'wrapped';
      if (wrapped) this.transaction.wrap(!one);
      const drafts: Draft[] = [];
      let last: Said | null = null;
      for (const [index, part] of plan.parts.entries()) {
        for (const held of last?.held ?? []) this.line.pass(plain(held));
        const ends = wrapped && index === plan.parts.length - 1;
        const shade = await this.transaction.before(part);
        const draft = this.line.begin(part.text);
        drafts.push(draft);
        if (thinned === null) draft.unobserved = 'alike';
        const retry = wrapped && one && mayRefuse(part.node);
        last = await this.send(
          encode(part),
          draft,
          { shade, offset: part.offset, hold: ends, retry },
          sent.done,
        );
        if (last.refused) {
          await this.transaction.unwrap(false);
          return this.bare(part, bytes, sent.done, draft);
        }
        await this.after(last, part, shade);
        if (last.answer.drafts.some(({ error }) => error !== null)) break;
      }
      if (last !== null) await this.finish(last, wrapped, drafts);
    });
    return sent.promise;
  }

  /**
   * Prepares for messages of the extended protocol up to Sync.
   *
   * @param plan of the first text in them
   * @returns the answer to be sent for
   */
  async extended(given: Plan): Promise<Answer> {
    const thinned = this.repeats.thinned(given);
    const plan = thinned ?? unobserved(given);
    const sent = signal();
    const opened = signal<Answer>();
    const part = plan.parts[0] as Part;
    const run = async () => {
      const bare = plan.how === 'bare' ? await this.beforeBare(part) : null;
      const wrapped = plan.how === 'wrapped';
      if (wrapped) this.transaction.wrap(false);
      const shade = bare === null ? await this.transaction.before(part) : bare.shade;
      const said = this.listen({ shade, offset: 0, hold: false, retry: false });
      opened.done(said.answer);
      sent.done();
      const last = await said.ended;
      const { drafts } = last.answer;
      if (thinned === null) for (const draft of drafts) draft.unobserved = 'alike';
      // Statements that were sent at once have one look together.
      const common = drafts.length > 1 ? { ...part, node: null, sees: 'all' as const } : part;
      if (drafts.length > 1 && plan.how === 'inside' && last.status === 'I')
        for (const draft of drafts) draft.unobserved = 'not-asked';
      if (bare !== null) await this.afterBare(last, part, bare);
      else await this.after(last, common, shade);
      await this.finish(last, wrapped);
    };
    this.take(sent, async () => {
      await run().finally(() => opened.fail(new ConnectionLost('the connection ended')));
    });
    return opened.promise;
  }

  /** Begins a turn; the next one waits for its end. */
  private take(sent: Signal<void>, work: () => Promise<void>): void {
    this.running = sent.promise;
    this.busy = work()
      .catch((error: unknown) => {
        // The connection's end has been told to the client by the server.
        if (!(error instanceof ConnectionLost)) this.line.broken(error);
      })
      .finally(() => {
        this.asking = false;
        sent.done();
      });
  }

  private async send(bytes: Buffer, draft: Draft, how: Listening, sent: () => void): Promise<Said> {
    const said = this.listen(how);
    const step: Step = { kind: 'query', begin: () => draft };
    said.answer.expect(step);
    this.line.backend.write(bytes);
    sent();
    return said.ended;
  }

  /** Passes an answer on, without what only we are to hear. */
  private listen({ shade, offset, hold, retry }: Listening): { answer: Answer; ended: Promise<Said> } {
    const { line } = this;
    const heard = new Heard();
    const ended = signal<Said>();
    let held: Buffer[] = [];
    let size = 0;
    let open = !retry;
    let refused = false;
    this.asking = false;
    const answer = line.answer({
      hears: (notice) => {
        heard.add(notice);
        return shade !== null && isHidden(shade, notice.severity);
      },
      pass: (piece) => {
        const { type, bytes } = piece;
        const said = type === 'E' ? fieldsOf(bytes).get('C') : undefined;
        if (!open && said !== undefined && needsNoTransaction.includes(said)) refused = true;
        const keep = !open || held.length > 0 || (hold && type === 'C');
        const shown = type === 'E' && offset > 0 ? shifted(bytes, offset) : bytes;
        if (!keep) return line.pass({ ...piece, bytes: shown });
        held.push(Buffer.from(shown));
        size += shown.length;
        if (size < heldLimit) return;
        for (const each of held) line.pass(plain(each));
        held = [];
        open = true;
      },
      ready: (_, status) => {
        this.asking = true;
        ended.done({ answer, status, heard, held, refused });
      },
      lost: () => {
        for (const draft of answer.drafts) {
          draft.unobserved ??= 'connection-lost';
          line.recorder.finish(draft);
        }
        ended.fail(new ConnectionLost('the connection ended'));
      },
    });
    return { answer, ended: ended.promise };
  }

  /** Looks at what the statement did, if the transaction allows it. */
  private async after({ answer, status, heard }: Said, part: Part, shade: Shade | null): Promise<void> {
    await this.cancelling;
    await this.transaction.after({ drafts: answer.drafts, status, part, heard, shade });
  }

  /** Ends our own transaction, and tells the client that the server is ready. */
  private async finish({ answer, held }: Said, wrapped: boolean, drafts: readonly Draft[] = answer.drafts) {
    const { line } = this;
    const failed = wrapped ? await this.transaction.unwrap(line.backend.status === 'T') : null;
    // As if the statement's own end had failed: it has not completed.
    if (failed !== null) answer.fail(failed);
    const shown = failed === null ? held : [...held.filter((bytes) => plain(bytes).type !== 'C'), failed];
    for (const bytes of shown) line.pass(plain(bytes));
    const { status } = line.backend;
    const last = drafts.at(-1);
    if (last !== undefined) last.statusAfter = status;
    if (wrapped) for (const draft of drafts) Object.assign(draft, { statusBefore: 'I', statusAfter: 'I' });
    line.pass(plain(readyForQuery(status)));
    for (const draft of this.transaction.known(drafts)) line.recorder.finish(draft);
  }

  /** A statement that must not be in a transaction. */
  private async bare(part: Part, bytes: Buffer, sent: () => void, again: Draft | null): Promise<void> {
    const before = await this.beforeBare(part);
    const draft = again ?? this.line.begin(part.text);
    Object.assign(draft, { error: null, tag: null, tags: [], notices: [], statusAfter: draft.statusBefore });
    const how = { shade: before.shade, offset: 0, hold: false, retry: false };
    const said = await this.send(bytes, draft, how, sent);
    await this.afterBare(said, part, before);
    await this.finish(said, false);
  }

  private async beforeBare({ node, asksLevel }: Part) {
    const { backend, watch } = this.line;
    const inside = backend.status === 'T';
    const state = await probeIdle(backend, watch.following.major, inside);
    const level = state.messages;
    const shade = asksLevel || level.startsWith('debug') ? null : { level };
    if (shade === null) await this.setLevel(level, inside);
    const following = this.transaction.following ?? watch.following;
    const documented = node === null ? null : documentedLocks(node);
    const index = this.line.recorder.statements.length;
    const locks = documented === null ? [] : await placeLocks(backend, following, documented, index);
    await settleCounters(backend, following.major);
    return { shade, state, documented, locks, index, relations: await settledRelations(backend) };
  }

  private async afterBare(
    { answer, status, heard }: Said,
    { node }: Part,
    { shade, state, documented, locks, relations }: Awaited<ReturnType<Observer['beforeBare']>>,
  ): Promise<void> {
    const { backend, watch } = this.line;
    await this.cancelling;
    await this.transaction.left(answer.drafts, status);
    const draft = answer.drafts.at(-1);
    if (status === 'E' || draft === undefined) return;
    const later = await probeIdle(backend, watch.following.major, status === 'T');
    await this.setLevel(
      shade !== null && later.messages === 'debug1' ? shade.level : later.messages,
      status === 'T',
    );
    await settleCounters(backend, watch.following.major);
    const proofs = proofsIn(heard.notices);
    const deaf = documented === null && proofs.length === 0;
    const following = this.transaction.following ?? watch.following;
    const settled = await settledRelations(backend);
    const seen = observeSettled(following, relations, settled, { index: draft.order, node, proofs, deaf });
    watch.changed();
    draft.observation = traceOf({
      drafts: answer.drafts,
      node,
      seen: { ...seen, deaf, locks: locks.map((lock) => ({ ...lock, since: draft.order })) },
      heard,
      state,
      after: later,
      shared: false,
      source: documented === null ? 'unknown' : 'documented',
    });
  }

  private async setLevel(level: string, inside: boolean): Promise<void> {
    const { backend } = this.line;
    await backend.query(`SELECT pg_catalog.set_config('client_min_messages', $1, ${inside})`, [level]);
  }
}

interface Listening {
  readonly shade: Shade | null;
  /** Characters of the client's text before this part. */
  readonly offset: number;
  /** The command tag is kept back: it says that the statement has been committed. */
  readonly hold: boolean;
  /** All is kept back while the server may refuse. */
  readonly retry: boolean;
}

const plain = (bytes: Buffer): Pick<Piece, 'type' | 'bytes' | 'first'> => ({
  type: String.fromCharCode(bytes[0] ?? 0),
  bytes,
  first: true,
});

interface Signal<Value> {
  readonly promise: Promise<Value>;
  done(value: Value): void;
  fail(error: Error): void;
}

function signal<Value = void>(): Signal<Value> {
  let done: (value: Value) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const promise = new Promise<Value>((resolve, reject) => {
    done = resolve;
    fail = reject;
  });
  return { promise, done, fail };
}
