import { Answer, type Receiver } from './answer.ts';
import type { Backend } from './backend.ts';
import { ClientSession } from './client-session.ts';
import { queryText } from './frontend.ts';
import type { Line } from './line.ts';
import { fatal, message, Reader } from './messages.ts';
import { Observer } from './observer.ts';
import { type Plan, planOf } from './plan.ts';
import type { Recorder } from './record.ts';
import { isRefusable, refused } from './refusal.ts';
import type { Watch } from './watch.ts';
import type { Outlet, Piece } from './wire.ts';

export interface ConversationInput {
  /** Number of the connection. */
  readonly number: number;
  readonly database: string;
  readonly recorder: Recorder;
  /** Null: statements are recorded only. */
  readonly watch: Watch | null;
  /** Is the statement that comes now to fail? */
  readonly refuses: () => boolean;
}

/** What a client says on one connection, message by message: sent on to the server, and recorded with its answer. */
export class Conversation {
  /** Null: statements are recorded only. */
  readonly observer: Observer | null;
  private readonly input: ConversationInput;
  private readonly backend: Backend;
  private readonly outlet: Outlet;
  private readonly onBroken: (error: unknown) => void;
  private readonly session: ClientSession;
  /** What the client has begun by the extended protocol and not yet ended with Sync. */
  private open: Answer | null = null;
  private last: Answer | null = null;
  /** Messages that open an exchange and say nothing of what will be run: kept until something does. */
  private readonly lead: Piece[] = [];
  /** The server has said something, or nothing runs any more. */
  private wake: () => void = () => {};

  /**
   * @param outlet to the client
   * @param onBroken our own questions have gone wrong where the client would notice
   */
  constructor(
    input: ConversationInput,
    backend: Backend,
    outlet: Outlet,
    onBroken: (error: unknown) => void,
  ) {
    this.input = input;
    this.backend = backend;
    this.outlet = outlet;
    this.onBroken = onBroken;
    this.session = new ClientSession(input);
    this.observer = input.watch === null ? null : new Observer(this.line(input.watch));
  }

  /** To the client; what it says of the session's settings is read as well. */
  pass(piece: Pick<Piece, 'type' | 'bytes' | 'first'>): void {
    this.session.hear(piece);
    this.outlet.write(piece.bytes);
  }

  /** To be called when the server has said something. */
  heard(): void {
    this.wake();
  }

  /** Passes a message on, whatever the server is doing. */
  send(said: Piece): void {
    const refuses = this.observer === null && isRefusable(said) && this.input.refuses();
    const piece = refuses ? refused(said) : said;
    const { type, bytes, first } = piece;
    const single = type === 'Q' || type === 'F';
    if (first && single) this.single(piece);
    if (first && isExtended(type)) this.session.step(this.opened(), piece);
    if (first && type === 'S' && !this.isIgnored()) this.opened();
    if (first && (single || type === 'S')) this.open = null;
    this.backend.write(bytes);
  }

  /** Passes a message on when what came before is done, with our questions between. */
  async follow(piece: Piece): Promise<void> {
    const { observer } = this;
    const { type, first } = piece;
    const goesOn =
      !first || this.open !== null || 'dcfp'.includes(type) || (this.isIgnored() && 'SH'.includes(type));
    if (observer !== null && first && this.open === null && 'dcf'.includes(type))
      await this.asked(observer, type);
    if (observer === null || goesOn) return this.send(piece);
    if (isExtended(type) && this.session.textOf(piece) === null) {
      this.lead.push(piece);
      return;
    }
    await observer.free;
    const text = type === 'Q' ? queryText(piece.bytes, this.session.encoding) : this.session.textOf(piece);
    if (text !== null && !this.backend.lost) {
      const plan = this.plan(piece, text);
      if (type === 'Q' && this.lead.length === 0)
        return observer.simple(plan, piece.bytes, (part) => message('Q', Buffer.from(`${part}\0`)));
      if (type !== 'Q') this.open = await observer.extended(plan);
    }
    for (const each of this.lead.splice(0)) this.send(each);
    this.send(piece);
  }

  /** While the server takes data it ignores a Sync, and waits for the one that comes after them. */
  private isIgnored(): boolean {
    return this.open === null && this.last?.copied === true && !this.last.over;
  }

  /**
   * Waits until the server takes data, or nothing runs that could: of several COPYs in one message each is sent when
   * the one before it is done, and the server forgets data that come between them.
   */
  private async asked(observer: Observer, type: string): Promise<void> {
    let free = false;
    void observer.free.then(() => {
      free = true;
      this.wake();
    });
    while (!free && this.last?.copying !== true)
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    // CopyDone and CopyFail: what comes behind them is for the next COPY.
    if (type !== 'd' && this.last !== null) this.last.copying = false;
  }

  private plan(piece: Piece, text: string): Plan {
    const { encoding, conforming } = this.session;
    return planOf({
      text,
      status: this.backend.status,
      simple: piece.type === 'Q',
      readable: piece.last && conforming && encoding === 'utf8' && !text.includes('\ufffd'),
      functions: this.input.watch?.functions ?? new Set(),
    });
  }

  private line(watch: Watch): Line {
    const { backend, session } = this;
    const { recorder } = this.input;
    return {
      backend,
      watch,
      recorder,
      pass: (piece) => this.pass(piece),
      answer: (receiver) => {
        const answer = new Answer(recorder, receiver, session.encoding);
        this.last = answer;
        backend.begin(answer);
        return answer;
      },
      begin: (text) => session.begin(text, [], backend.status),
      broken: (error) => {
        const said = error instanceof Error ? error.message : String(error);
        this.outlet.write(fatal('XX000', `migration-gate: could not observe this: ${said}`));
        this.outlet.flush();
        this.onBroken(error);
      },
    };
  }

  /** A message with an answer of its own. */
  private single({ bytes, type }: Piece): void {
    const { session } = this;
    const answer = this.opened();
    const text =
      type === 'Q' ? queryText(bytes, session.encoding) : `function call: oid ${new Reader(bytes).uint32()}`;
    answer.expect({ kind: 'query', begin: () => session.begin(text) });
  }

  /** The answer to what the client is sending. */
  private opened(): Answer {
    if (this.open !== null) return this.open;
    const { recorder } = this.input;
    const answer: Answer = new Answer(
      recorder,
      this.plainly(() => answer),
      this.session.encoding,
    );
    this.open = answer;
    this.last = answer;
    this.backend.begin(answer);
    return answer;
  }

  private plainly(answer: () => Answer): Receiver {
    const finish = () => {
      for (const draft of answer().drafts) this.input.recorder.finish(draft);
    };
    return {
      pass: (piece) => this.pass(piece),
      ready: ({ bytes }) => {
        this.outlet.write(bytes);
        finish();
      },
      lost: finish,
    };
  }
}

const isExtended = (type: string): boolean => 'PBDEC'.includes(type);
