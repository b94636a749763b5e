import { message, Reader } from './messages.ts';
import type { Piece } from './wire.ts';

const text = Buffer.from('migration-gate stops here\0');
/** A Parse of it fails before a statement of this name comes to be. */
const name = Buffer.from('_migration_gate\0');
const noTypes = Buffer.alloc(2);

/** Messages by which a statement is run, or prepared for it: those of a statement that is prepared already included. */
const begins = new Set(['Q', 'F', 'P', 'B', 'E']);

/** Can the statement that comes with this message be refused here? What has come in part is on its way. */
export const isRefusable = ({ type, first, last }: Piece): boolean => begins.has(type) && first && last;

/**
 * In place of a message, one with a text that the server does not take, so that everybody is in the state that an error
 * makes: after Bind or Execute, too, it skips what comes before the next Sync.
 */
export function refused(piece: Piece): Piece {
  if (piece.type === 'Q' || piece.type === 'F') return { ...piece, type: 'Q', bytes: message('Q', text) };
  const named =
    piece.type === 'P' ? Buffer.concat([new Reader(piece.bytes).textBytes(), Buffer.alloc(1)]) : name;
  return { ...piece, type: 'P', bytes: message('P', Buffer.concat([named, text, noTypes])) };
}
