import type { Answer, Receiver } from './answer.ts';
import type { Backend } from './backend.ts';
import type { Draft, Recorder } from './record.ts';
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
