import { afterAlone, type BeforeAlone, beforeAlone } from './alone.ts';
import type { Answer } from './answer.ts';
import { ConnectionLost } from './backend.ts';
import { type Hearing, hear, type Said, whole } from './hearing.ts';
import type { Line } from './line.ts';
import { readyForQuery } from './messages.ts';
import { mayRefuse, type Part, type Plan } from './plan.ts';
import type { Draft } from './record.ts';
import { Repeats, unobserved } from './repeats.ts';
import type { Shade } from './shade.ts';
import { type Signal, signal } from './signal.ts';
import { Transaction } from './transaction.ts';

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
        for (const held of last?.held ?? []) this.line.pass(whole(held));
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
      const bare = plan.how === 'bare' ? await beforeAlone(this.line, this.transaction, part) : null;
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
      if (bare === null) await this.after(last, common, shade);
      else await this.afterAlone(last, part, bare);
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

  private async send(bytes: Buffer, draft: Draft, how: Hearing, sent: () => void): Promise<Said> {
    const said = this.listen(how);
    said.answer.expect({ kind: 'query', begin: () => draft });
    this.line.backend.write(bytes);
    sent();
    return said.ended;
  }

  /** Passes an answer on. What is asked when it is over comes after the client's statement. */
  private listen(how: Hearing): { answer: Answer; ended: Promise<Said> } {
    this.asking = false;
    return hear(this.line, how, () => {
      this.asking = true;
    });
  }

  /** Looks at what the statement did, if the transaction allows it. */
  private async after({ answer, status, heard }: Said, part: Part, shade: Shade | null): Promise<void> {
    await this.cancelling;
    await this.transaction.after({ drafts: answer.drafts, status, part, heard, shade });
  }

  private async afterAlone(said: Said, part: Part, before: BeforeAlone): Promise<void> {
    await this.cancelling;
    await afterAlone(this.line, this.transaction, said, part, before);
  }

  /** Ends our own transaction, and tells the client that the server is ready. */
  private async finish({ answer, held }: Said, wrapped: boolean, drafts: readonly Draft[] = answer.drafts) {
    const { line } = this;
    const failed = wrapped ? await this.transaction.unwrap(line.backend.status === 'T') : null;
    // As if the statement's own end had failed: it has not completed.
    if (failed !== null) answer.fail(failed);
    const shown = failed === null ? held : [...held.filter((bytes) => whole(bytes).type !== 'C'), failed];
    for (const bytes of shown) line.pass(whole(bytes));
    const { status } = line.backend;
    const last = drafts.at(-1);
    if (last !== undefined) last.statusAfter = status;
    if (wrapped) for (const draft of drafts) Object.assign(draft, { statusBefore: 'I', statusAfter: 'I' });
    line.pass(whole(readyForQuery(status)));
    for (const draft of this.transaction.known(drafts)) line.recorder.finish(draft);
  }

  /** A statement that must not be in a transaction. */
  private async bare(part: Part, bytes: Buffer, sent: () => void, again: Draft | null): Promise<void> {
    const before = await beforeAlone(this.line, this.transaction, part);
    const draft = again ?? this.line.begin(part.text);
    Object.assign(draft, { error: null, tag: null, tags: [], notices: [], statusAfter: draft.statusBefore });
    const how = { shade: before.shade, offset: 0, hold: false, retry: false };
    const said = await this.send(bytes, draft, how, sent);
    await this.afterAlone(said, part, before);
    await this.finish(said, false);
  }
}
