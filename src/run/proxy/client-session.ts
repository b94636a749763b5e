import type { Answer } from './answer.ts';
import { type Portal, type Prepared, readBind, readParse, shownParameters } from './frontend.ts';
import { Reader } from './messages.ts';
import type { Draft, Recorder, Status } from './record.ts';
import type { Piece } from './wire.ts';

/** A portal and its statement in the record, once it has been executed. */
type Running = Portal & { draft: Draft | null };

/** What a client has prepared in its session, and how its texts are to be read. */
export class ClientSession {
  encoding: BufferEncoding = 'utf8';
  /** Are backslashes in plain literals taken as they stand? As in our own grammar. */
  conforming = true;
  private readonly place: { readonly number: number; readonly database: string };
  private readonly recorder: Recorder;
  private readonly prepared = new Map<string, Prepared>();
  private readonly portals = new Map<string, Running>();

  constructor({
    number,
    database,
    recorder,
  }: {
    readonly number: number;
    readonly database: string;
    readonly recorder: Recorder;
  }) {
    this.place = { number, database };
    this.recorder = recorder;
  }

  /** Reads what the server reports of the session's settings. */
  hear({ type, bytes, first }: Pick<Piece, 'type' | 'bytes' | 'first'>): void {
    if (type !== 'S' || !first) return;
    const reader = new Reader(bytes);
    const name = reader.text();
    const value = reader.text();
    // SQL_ASCII is whatever the client takes it for, nearly always UTF-8.
    if (name === 'client_encoding') this.encoding = ['UTF8', 'SQL_ASCII'].includes(value) ? 'utf8' : 'latin1';
    if (name === 'standard_conforming_strings') this.conforming = value === 'on';
  }

  begin(text: string, parameters: readonly (string | null)[] = [], status: Status = 'I'): Draft {
    const { number, database } = this.place;
    return this.recorder.begin({ connection: number, database, text, parameters, status });
  }

  /** The text that a message of the extended protocol is about; null for what only closes or describes. */
  textOf({ type, bytes }: Piece): string | null {
    const { encoding } = this;
    if (type === 'P') return readParse(bytes, encoding).text;
    if (type === 'B') return this.prepared.get(readBind(bytes, encoding).statement)?.text ?? '';
    if (type === 'E') return this.portals.get(new Reader(bytes).text(encoding))?.text ?? '';
    return null;
  }

  /** Tells the answer what to expect for a message of the extended protocol. */
  step(answer: Answer, { type, bytes }: Piece): void {
    if (type === 'P') this.parse(answer, bytes);
    else if (type === 'B') this.bind(answer, bytes);
    else if (type === 'E') this.execute(answer, bytes);
    else if (type === 'C') this.close(answer, bytes);
    else this.describe(answer, bytes);
  }

  private parse(answer: Answer, bytes: Buffer): void {
    const { name, ...statement } = readParse(bytes, this.encoding);
    this.prepared.set(name, statement);
    answer.expect({ kind: 'parse', begin: () => this.begin(statement.text) });
  }

  /** A client that asks for the types of a statement's parameters will send them in binary. */
  private describe(answer: Answer, bytes: Buffer): void {
    const reader = new Reader(bytes);
    const isStatement = reader.char() === 'S';
    const name = reader.text(this.encoding);
    const statement = isStatement ? this.prepared.get(name) : undefined;
    const types = (said: readonly number[]) => {
      if (statement !== undefined && this.prepared.get(name) === statement)
        this.prepared.set(name, { ...statement, types: said });
    };
    answer.expect({ kind: 'describe', types });
  }

  private bind(answer: Answer, bytes: Buffer): void {
    const bind = readBind(bytes, this.encoding);
    const { text, types } = this.prepared.get(bind.statement) ?? { text: '', types: [] };
    const parameters = shownParameters(bind, types, this.encoding);
    this.portals.set(bind.portal, { text, parameters, draft: null });
    answer.expect({ kind: 'bind', begin: () => this.begin(text, parameters) });
  }

  private execute(answer: Answer, bytes: Buffer): void {
    const name = new Reader(bytes).text(this.encoding);
    const portal = this.portals.get(name) ?? { text: `portal ${name}`, parameters: [], draft: null };
    const begin = () => {
      // One that was suspended goes on.
      portal.draft ??= this.begin(portal.text, portal.parameters);
      return portal.draft;
    };
    answer.expect({ kind: 'execute', begin });
  }

  private close(answer: Answer, bytes: Buffer): void {
    const reader = new Reader(bytes);
    const of = reader.char() === 'S' ? this.prepared : this.portals;
    of.delete(reader.text(this.encoding));
    answer.expect({ kind: 'close' });
  }
}
