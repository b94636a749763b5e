import type { WriteStream } from 'node:tty';
import { createColors } from 'picocolors';
import { shorten, visibleLine } from './visible.ts';

/** Says what the run is doing while it does it. */
export interface Progress {
  /** A short sentence: `starting PostgreSQL 17.10`. */
  update(message: string): void;
  /** Wipes the line; nothing is said afterwards. */
  end(): void;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
/** A log is read afterwards: the first steps tell where the time went, hundreds would hide the report. */
const mostLines = 10;

/**
 * Progress on standard error: one line that is written over on a terminal, a few plain lines elsewhere,
 * nothing when quiet.
 */
export function createProgress(options: {
  readonly quiet: boolean;
  readonly color: boolean;
  readonly stream?: Pick<WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };
  /** Default: what the environment says. A job's log is no terminal, even where it claims to be one. */
  readonly ci?: boolean;
}): Progress {
  const { quiet, color, stream = process.stderr, ci = Boolean(process.env.CI) } = options;
  if (quiet) return { update() {}, end() {} };
  if (stream.isTTY === true && !ci) return onTerminal(stream, color);
  let lines = 0;
  let last = '';
  return {
    update(message) {
      const text = visibleLine(message, 200);
      if (text === last || lines >= mostLines) return;
      last = text;
      lines += 1;
      // The dash keeps the runner from taking a message for a workflow command.
      stream.write(`- ${text}\n`);
    },
    end() {
      lines = mostLines;
    },
  };
}

function onTerminal(
  stream: Pick<WriteStream, 'write'> & { readonly columns?: number },
  color: boolean,
): Progress {
  const { dim, cyan } = createColors(color);
  let text = '';
  let frame = 0;
  let timer: NodeJS.Timeout | null = null;
  let ended = false;
  const draw = (): void => {
    frame = (frame + 1) % frames.length;
    // A line that wraps could not be written over.
    const room = Math.max(20, (stream.columns ?? 80) - 4);
    stream.write(`\r\u001b[2K${cyan(frames[frame] ?? '')} ${dim(shorten(text, room))}`);
  };
  return {
    update(message) {
      if (ended) return;
      text = visibleLine(message, 200);
      draw();
      timer ??= setInterval(draw, 100).unref();
    },
    end() {
      ended = true;
      if (timer === null) return;
      clearInterval(timer);
      timer = null;
      stream.write('\r\u001b[2K');
    },
  };
}
