import type { Answer } from './answer.ts';
import { ConnectionLost } from './backend.ts';
import type { Line } from './line.ts';
import { fieldsOf, shifted } from './messages.ts';
import type { Status } from './record.ts';
import { Heard, isHidden, type Shade } from './shade.ts';
import { signal } from './signal.ts';
import type { Piece } from './wire.ts';

/** What one answer was. */
export interface Said {
  readonly answer: Answer;
  readonly status: Status;
  readonly heard: Heard;
  /** The server's last words, kept from the client so far. */
  readonly held: readonly Buffer[];
  readonly refused: boolean;
}

export interface Hearing {
  readonly shade: Shade | null;
  /** Characters of the client's text before this part. */
  readonly offset: number;
  /** The command tag is kept back: it says that the statement has been committed. */
  readonly hold: boolean;
  /** All is kept back while the server may refuse. */
  readonly retry: boolean;
}

/** How much of an answer is kept back while the server may still refuse. */
const heldLimit = 1024 * 1024;

/** 25001: "cannot run inside a transaction block"; 2D000: a COMMIT in a procedure or DO block. */
const needsNoTransaction = ['25001', '2D000'];

/**
 * Passes an answer on, without what only we are to hear.
 *
 * @param over called when ReadyForQuery has come, before `ended` resolves; rejects with ConnectionLost
 */
export function hear(
  line: Line,
  { shade, offset, hold, retry }: Hearing,
  over: () => void,
): { answer: Answer; ended: Promise<Said> } {
  const heard = new Heard();
  const ended = signal<Said>();
  let held: Buffer[] = [];
  let size = 0;
  let open = !retry;
  let refused = false;
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
      for (const each of held) line.pass(whole(each));
      held = [];
      open = true;
    },
    ready: (_, status) => {
      over();
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

/** A message that is there as a whole. */
export const whole = (bytes: Buffer): Pick<Piece, 'type' | 'bytes' | 'first'> => ({
  type: String.fromCharCode(bytes[0] ?? 0),
  bytes,
  first: true,
});
