import type { Notice } from '../proofs.ts';
import type { Exchange } from './backend.ts';
import { errorOf, fieldsOf, parameterTypes, severityOf } from './messages.ts';
import { type Draft, noticeLimit, type Recorder, rowsOf, type Status } from './record.ts';
import type { Piece } from './wire.ts';

/** What the client has sent and the server answers. */
export type Step =
  | { readonly kind: 'parse' | 'bind' | 'execute' | 'query'; readonly begin: () => Draft }
  | {
      readonly kind: 'describe';
      /** Type oids of a statement's parameters, as the server says them. */
      readonly types?: (types: readonly number[]) => void;
    }
  | { readonly kind: 'close' };

/** Where an answer goes. */
export interface Receiver {
  /** @returns true: the client does not get it */
  hears?(notice: Notice): boolean;
  pass(piece: Piece): void;
  /** ReadyForQuery. */
  ready(piece: Piece, status: Status): void;
  /** The connection ended before that. */
  lost(): void;
}

/** Which message of the server ends which step. An error ends all up to the next Sync; ReadyForQuery a simple query. */
const endings: Readonly<Record<string, Step['kind']>> = {
  '1': 'parse',
  '2': 'bind',
  '3': 'close',
  n: 'describe',
  T: 'describe',
  C: 'execute',
  I: 'execute',
  s: 'execute',
};

/** The server's answer to what a client has sent up to a Query, FunctionCall or Sync, recorded as it arrives. */
export class Answer implements Exchange {
  /** Statements that the server has begun to run, in their order. */
  readonly drafts: Draft[] = [];
  /** The server has asked for the client's data. */
  copied = false;
  /** It takes them. */
  copying = false;
  /** ReadyForQuery has come, or will not. */
  over = false;
  private readonly recorder: Recorder;
  private readonly receiver: Receiver;
  private readonly encoding: BufferEncoding;
  private readonly steps: Step[] = [];
  private current: Draft | null = null;
  private status: Status | null = null;

  constructor(recorder: Recorder, receiver: Receiver, encoding: BufferEncoding) {
    this.recorder = recorder;
    this.receiver = receiver;
    this.encoding = encoding;
  }

  /** The client has sent another message that is answered. */
  expect(step: Step): void {
    this.steps.push(step);
    if (this.steps.length === 1) this.start();
  }

  turn(status: Status): void {
    this.status = status;
    this.start();
  }

  private start(): void {
    const [step] = this.steps;
    if (this.status !== null && (step?.kind === 'execute' || step?.kind === 'query')) this.run(step.begin());
  }

  private run(draft: Draft): void {
    this.current = draft;
    // A portal that was suspended goes on.
    if (this.drafts.includes(draft)) return;
    if (draft.tag === null) draft.statusBefore = this.status ?? draft.statusBefore;
    this.drafts.push(draft);
  }

  receive(piece: Piece): void {
    if (piece.first && piece.type === 'N' && this.noticed(piece.bytes)) return;
    if (piece.first) this.hear(piece);
    this.receiver.pass(piece);
  }

  private hear({ type, bytes }: Piece): void {
    if (type === 'C') this.completed(bytes);
    else if (type === 'E') this.failed(bytes);
    else if (type === 'G' || type === 'W') this.copied = true;
    if (type === 'G' || type === 'W') this.copying = true;
    else if (type === 'C' || type === 'E') this.copying = false;
    const [step] = this.steps;
    if (type === 't' && step?.kind === 'describe') step.types?.(parameterTypes(bytes));
    if (step === undefined || endings[type] !== step.kind) return;
    if (this.current !== null) this.recorder.answered(this.current);
    this.current = null;
    this.steps.shift();
    this.start();
  }

  private completed(bytes: Buffer): void {
    const { current } = this;
    const tag = bytes.toString('utf8', 5, bytes.length - 1);
    if (tag === 'BEGIN' || tag === 'START TRANSACTION') this.status = 'T';
    else if (['COMMIT', 'ROLLBACK', 'PREPARE TRANSACTION'].includes(tag)) this.status = 'I';
    if (current === null) return;
    current.tag = tag;
    current.tags = [...current.tags, tag];
    current.rows = rowsOf(tag);
    current.statusAfter = this.status ?? 'I';
  }

  private failed(bytes: Buffer): void {
    const [step] = this.steps;
    if (this.current === null && step !== undefined && 'begin' in step) this.run(step.begin());
    const { current } = this;
    if (this.status === 'T') this.status = 'E';
    // What comes before the next Sync is skipped.
    this.steps.length = 0;
    this.current = null;
    if (current === null) return;
    current.error ??= errorOf(bytes, this.encoding);
    current.tag = null;
    current.statusAfter = this.status ?? 'I';
    this.recorder.answered(current);
  }

  /** @returns true: it is not for the client */
  private noticed(bytes: Buffer): boolean {
    const { current } = this;
    const fields = fieldsOf(bytes, this.encoding);
    const notice = { severity: severityOf(fields), message: fields.get('M') ?? '' };
    if (this.receiver.hears?.(notice) === true) return true;
    if (current !== null && current.notices.length < noticeLimit)
      current.notices = [...current.notices, notice];
    return false;
  }

  /** The statement's COMMIT has failed with this ErrorResponse. */
  fail(bytes: Buffer): void {
    const last = this.drafts.at(-1);
    if (last === undefined) return;
    last.error = errorOf(bytes, this.encoding);
    last.tag = null;
    last.observation = null;
  }

  ready(piece: Piece, status: Status): void {
    this.close();
    const last = this.drafts.at(-1);
    if (last !== undefined) last.statusAfter = status;
    this.receiver.ready(piece, status);
  }

  lost(): void {
    this.close();
    this.receiver.lost();
  }

  private close(): void {
    this.over = true;
    this.copying = false;
    if (this.current !== null) this.recorder.answered(this.current);
  }
}
