import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { type EndedGit, type GitPlace, type StartedGit, startGit } from './command.ts';

/** What git tells of one object. */
export interface ToldObject {
  readonly oid: string;
  /** `blob`, `tree`, `commit` or `tag`; `missing` where the clone lacks it. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** Empty where only the size was asked for. */
  readonly contents: Buffer;
}

/** A `git cat-file` that answers until its place is closed. One question at a time. */
export interface CatFile {
  /**
   * Asks for objects by their full names; `onTold` gets each as it comes, in their order.
   *
   * @returns how git ended, if it did so before it had told all (what it told may then come twice); else null
   */
  ask(oids: readonly string[], onTold: (object: ToldObject) => void): Promise<EndedGit | null>;
}

/**
 * The process is started by the first question, and anew by the next one when it has ended.
 *
 * @param form with the contents, or only type and size
 */
export function catFile(place: GitPlace, form: '--batch' | '--batch-check'): CatFile {
  let started: StartedGit | null = null;
  const nothing = answersTo([], { form, onTold: () => {}, onEnd: () => {} });
  let listen = nothing;

  const start = (): StartedGit => {
    const one = startGit(place, ['cat-file', form], {
      stdin: 'pipe',
      onData: (chunk) => {
        // One that was ended for what it said may have said more.
        if (started === one) listen(chunk);
      },
    });
    const forget = () => {
      started = null;
    };
    one.ended.then(forget, forget);
    return one;
  };
  const askOnce = async (oids: readonly string[], onTold: (object: ToldObject) => void) => {
    started ??= start();
    const { child, ended } = started;
    keepAlive(child, true);
    const all = new Promise<null>((resolve) => {
      listen = answersTo(oids, { form, onTold, onEnd: () => resolve(null) });
    });
    child.stdin?.write(`${oids.join('\n')}\n`);
    try {
      return await Promise.race([all, ended]);
    } finally {
      listen = nothing;
      keepAlive(child, false);
    }
  };
  return {
    ask: async (oids, onTold) => {
      if (oids.length === 0) return null;
      const isOld = started !== null;
      const ended = await askOnce(oids, onTold);
      // An old process may have been gone before it was asked, and its messages may be about earlier questions.
      return isOld && ended !== null && !ended.stopped ? askOnce(oids, onTold) : ended;
    },
  };
}

/** A process that waits for questions is no reason for the program to go on. */
function keepAlive(child: ChildProcess, yes: boolean): void {
  // Pipes of a child are sockets, whatever their type says.
  for (const each of [child, child.stdin, child.stdout, child.stderr] as (ChildProcess | Socket | null)[]) {
    if (yes) each?.ref();
    else each?.unref();
  }
}

/** Takes `oid SP type SP size LF contents LF` (or `oid SP missing LF`) apart as it comes in, each object into a buffer of its size. */
function answersTo(
  oids: readonly string[],
  to: { form: '--batch' | '--batch-check'; onTold: (object: ToldObject) => void; onEnd: () => void },
): (chunk: Buffer) => void {
  let told = 0;
  let header = '';
  let current: ToldObject | null = null;
  let filled = 0;
  const finish = (object: ToldObject) => {
    current = null;
    told += 1;
    to.onTold(object);
    if (told === oids.length) to.onEnd();
  };
  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      if (current === null) {
        const end = chunk.indexOf(10, at);
        header += chunk.toString('latin1', at, end < 0 ? chunk.length : end);
        if (end < 0) return;
        at = end + 1;
        const object = objectOf(header, oids[told], to.form);
        header = '';
        if (to.form === '--batch-check' || object.type === 'missing') finish(object);
        else {
          current = object;
          filled = 0;
        }
      } else if (filled < current.contents.length) {
        const copied = chunk.copy(current.contents, filled, at);
        filled += copied;
        at += copied;
      } else {
        // The line feed after the contents.
        at += 1;
        finish(current);
      }
    }
  };
}

/** An answer that is not to the question must never be taken for it. */
function objectOf(header: string, asked: string | undefined, form: '--batch' | '--batch-check'): ToldObject {
  const [oid = '', type = '', size = '0'] = header.split(' ');
  if (oid !== asked || !/^\d+$/.test(size) || (type !== 'missing' && !header.endsWith(` ${size}`))) {
    throw new Error(`git cat-file was asked for ${asked ?? 'nothing'} and said: ${header.slice(0, 200)}`);
  }
  const contents = Buffer.allocUnsafe(form === '--batch' ? Number(size) : 0);
  return { oid, type, size: Number(size), contents };
}
