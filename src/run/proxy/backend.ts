import type { Socket } from 'node:net';
import pg from 'pg';
import type { Asks } from '../asks.ts';
import { askBytes, columnsOf, errorOf, fieldsOf, severityOf, statusOf, valuesOf } from './messages.ts';
import type { Status } from './record.ts';
import { Outlet, type Piece, Splitter } from './wire.ts';

/** What has been sent and ends with one ReadyForQuery: the server answers them in their order. */
export interface Exchange {
  /** True: rows must be whole. */
  readonly whole?: boolean;
  /** The server has answered all that came before. */
  turn?(status: Status): void;
  receive(piece: Piece): void;
  /** ReadyForQuery. */
  ready(piece: Piece, status: Status): void;
  /** The connection ended before that. */
  lost(): void;
}

/** A message is cut in pieces when it is longer than this. */
const keptBytes = 8 * 1024 * 1024;

/** The server's side of a proxied connection, after its login. */
export class Backend implements Asks {
  status: Status = 'I';
  private readonly outlet: Outlet;
  private readonly exchanges: Exchange[] = [];
  private readonly splitter: Splitter;
  /** What belongs to no exchange. */
  private readonly onLoose: (piece: Piece) => void;
  private ended = false;
  private asked = 0;

  constructor(socket: Socket, onLoose: (piece: Piece) => void) {
    this.outlet = new Outlet((bytes) => socket.write(bytes));
    this.onLoose = onLoose;
    // Rows and data are passed on as they come, except to ourselves.
    this.splitter = new Splitter((type) =>
      (type === 'D' || type === 'd') && this.exchanges[0]?.whole !== true ? 0 : keptBytes,
    );
  }

  get lost(): boolean {
    return this.ended;
  }

  /** Begins an exchange. */
  begin(exchange: Exchange, bytes?: Buffer): void {
    if (this.ended) {
      exchange.lost();
      return;
    }
    this.exchanges.push(exchange);
    if (this.exchanges.length === 1) exchange.turn?.(this.status);
    if (bytes !== undefined) this.write(bytes);
  }

  /** Goes on with the last exchange. */
  write(bytes: Buffer): void {
    if (!this.ended) this.outlet.write(bytes);
  }

  /** Sends what has been written at once, and not at the end of this turn. */
  flush(): void {
    this.outlet.flush();
  }

  /** @throws BrokenStream */
  receive(chunk: Buffer): void {
    this.splitter.push(chunk);
    for (let piece = this.splitter.next(); piece !== null; piece = this.splitter.next()) this.pass(piece);
  }

  private pass(piece: Piece): void {
    const [exchange] = this.exchanges;
    if (exchange === undefined) {
      this.onLoose(piece);
    } else if (piece.type === 'Z') {
      this.exchanges.shift();
      this.status = statusOf(piece.bytes);
      exchange.ready(piece, this.status);
      this.exchanges[0]?.turn?.(this.status);
    } else {
      exchange.receive(piece);
    }
  }

  /** The connection has ended. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    for (const exchange of this.exchanges.splice(0)) exchange.lost();
  }

  /**
   * Asks the server something of our own; the client sees nothing of it.
   *
   * @throws pg.DatabaseError, ConnectionLost
   */
  async query<Row extends pg.QueryResultRow>(
    text: string,
    values?: (string | null)[],
  ): Promise<{ rows: Row[] }> {
    const { rows, error, lost } = await this.ask<Row>(text, values);
    if (error !== null) throw errorOf(error);
    if (lost) throw new ConnectionLost('the connection ended');
    return { rows };
  }

  /**
   * Has the server run a statement of our own.
   *
   * @returns its ErrorResponse as it came, null when it ran
   * @throws ConnectionLost
   */
  async command(text: string): Promise<Buffer | null> {
    const { error, lost } = await this.ask(text);
    if (lost) throw new ConnectionLost('the connection ended');
    return error;
  }

  private ask<Row extends pg.QueryResultRow>(
    text: string,
    values?: (string | null)[],
  ): Promise<QuestionAnswer<Row>> {
    return new Promise((resolve) => {
      const name = `_migration_gate_${this.asked++}`;
      this.begin(new Question<Row>(this.onLoose, resolve), askBytes(name, text, values));
    });
  }
}

/** The server ended the connection before it answered. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

interface QuestionAnswer<Row> {
  readonly rows: Row[];
  /** The ErrorResponse. */
  readonly error: Buffer | null;
  /** The connection ended. */
  readonly lost: boolean;
}

/** A question of our own: its answer is read and kept from the client. */
class Question<Row extends pg.QueryResultRow> implements Exchange {
  readonly whole = true;
  private readonly onLoose: (piece: Piece) => void;
  private readonly resolve: (answer: QuestionAnswer<Row>) => void;
  private readonly rows: Row[] = [];
  private columns: ReturnType<typeof columnsOf> = [];
  private error: Buffer | null = null;

  constructor(onLoose: (piece: Piece) => void, resolve: (answer: QuestionAnswer<Row>) => void) {
    this.onLoose = onLoose;
    this.resolve = resolve;
  }

  receive(piece: Piece): void {
    const { type, bytes } = piece;
    // What the server reports of its settings, and notifications, are the client's.
    if (type === 'S' || type === 'A') this.onLoose(piece);
    if (!piece.first) return;
    if (type === 'T') this.columns = columnsOf(bytes);
    if (type === 'D') this.rows.push(this.row(bytes));
    if (type !== 'E') return;
    this.error ??= bytes;
    // The connection's end is the client's to know.
    if (['FATAL', 'PANIC'].includes(severityOf(fieldsOf(bytes)))) this.onLoose(piece);
  }

  private row(bytes: Buffer): Row {
    const values = valuesOf(bytes);
    return Object.fromEntries(
      this.columns.map(({ name, type }, index) => {
        const value = values[index] ?? null;
        return [name, value === null ? null : pg.types.getTypeParser(type)(value)];
      }),
    ) as Row;
  }

  ready(): void {
    this.resolve({ rows: this.rows, error: this.error, lost: false });
  }

  lost(): void {
    this.resolve({ rows: this.rows, error: this.error, lost: true });
  }
}
