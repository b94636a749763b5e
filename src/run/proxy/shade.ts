import { isProof, type Notice } from '../proofs.ts';

/** How the server ranks its messages for a client (elog.h); INFO always comes. */
const ranks: Readonly<Record<string, number>> = { DEBUG: 1, LOG: 2, NOTICE: 3, WARNING: 4, ERROR: 5 };

/** While the server also says what only we are to hear. */
export interface Shade {
  /** The client's own `client_min_messages`. */
  readonly level: string;
}

/** Would the server not have sent it? */
export function isHidden({ level }: Shade, severity: string): boolean {
  const rank = ranks[severity];
  return rank !== undefined && rank < (ranks[level.toUpperCase()] ?? 0);
}

/** A flood of messages must not fill our memory; the server's account of itself must not drown in it. */
const heardLimit = 2_000;

/** What the server said during a statement, hidden or not. */
export class Heard {
  readonly notices: Notice[] = [];
  private proofs = 0;

  add(notice: Notice): void {
    if (isProof(notice) ? this.proofs++ < heardLimit : this.notices.length - this.proofs < heardLimit)
      this.notices.push({ severity: notice.severity, message: notice.message.slice(0, 10_000) });
  }
}
