import { catFile } from './cat-file.ts';
import { type EndedGit, type GitPlace, gitFailed, lacking } from './command.ts';

/** The objects of one place, for all trees that are read there. */
export interface Objects {
  readonly place: GitPlace;
  /**
   * Contents of blobs, by object name. Nobody may change a buffer: others read the same one.
   *
   * @param options.largest blobs of more bytes are not read and are absent
   * @param options.fileOf a path of one of those blobs that git told of, for messages
   * @throws Undecided('base-not-available') where the clone lacks one
   */
  blobs(
    oids: ReadonlySet<string>,
    options: { readonly largest: number; readonly fileOf: (told: Told) => string | undefined },
  ): Promise<Map<string, Buffer>>;
  /**
   * The text of a commit.
   *
   * @throws Undecided('base-not-available') where the clone lacks it
   */
  commit(sha: string): Promise<Buffer>;
}

type Told = (oid: string) => boolean;

/** Bytes of blobs that are kept for the next tree: base and head have most files alike. */
const MOST_KEPT = 32 * 1024 * 1024;

/** One process of git tells contents, and where sizes are asked for, another those. They are ended with their place. */
export function objectsOf(place: GitPlace): Objects {
  const contents = catFile(place, '--batch');
  const sizes = catFile(place, '--batch-check');
  const kept = keptBlobs(MOST_KEPT);
  const inTurn = oneAfterTheOther();

  /** Those that have at most so many bytes, and those that are not there: reading them tells. */
  const upTo = async (oids: readonly string[], bytes: number): Promise<string[]> => {
    if (bytes === Number.POSITIVE_INFINITY) return [...oids];
    const small = new Set<string>();
    const ended = await sizes.ask(oids, ({ oid, size }) => {
      if (size <= bytes) small.add(oid);
    });
    if (ended !== null) throw failed(ended);
    return [...small];
  };

  return {
    place,
    blobs: (oids, { largest, fileOf }) =>
      inTurn(async () => {
        const placeOf = (told: Told) => {
          const file = fileOf(told);
          return file === undefined ? undefined : { file };
        };
        const found = new Map<string, Buffer>();
        const unknown: string[] = [];
        for (const oid of oids) {
          const blob = kept.get(oid);
          if (blob === undefined) unknown.push(oid);
          else if (blob.length <= largest) found.set(oid, blob);
        }
        const missing = new Set<string>();
        const ended = await contents.ask(await upTo(unknown, largest), (object) => {
          const { oid, type } = object;
          if (type === 'missing') missing.add(oid);
          else if (type !== 'blob') throw new Error(`git cat-file --batch said: ${oid} ${type}`);
          else {
            found.set(oid, object.contents);
            kept.add(oid, object.contents);
          }
        });
        if (ended !== null) {
          const named = placeOf((oid) => ended.stderr.includes(oid));
          throw failed(ended, named);
        }
        const [first] = missing;
        if (first !== undefined)
          throw lacking(`${first} missing`, { place: placeOf((oid) => missing.has(oid)) });
        return found;
      }),
    commit: (sha) =>
      inTurn(async () => {
        let text: Buffer | null = null;
        const ended = await contents.ask([sha], (object) => {
          if (object.type === 'commit') text = object.contents;
        });
        if (ended !== null) throw failed(ended);
        if (text === null) throw lacking(`${sha} missing`);
        return text;
      }),
  };
}

const failed = ({ code, stderr }: EndedGit, place?: { readonly file: string }) =>
  gitFailed(['cat-file'], { code, stdout: Buffer.alloc(0), stderr }, place);

/** Each work begins when those before it have ended, however they did. */
function oneAfterTheOther(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<void> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.then(
      () => {},
      () => {},
    );
    return mine;
  };
}

/** Blobs by name, so many bytes of them; those that were wanted least lately go first. */
function keptBlobs(most: number) {
  const blobs = new Map<string, Buffer>();
  let bytes = 0;
  return {
    get: (oid: string): Buffer | undefined => {
      const blob = blobs.get(oid);
      if (blob !== undefined) {
        blobs.delete(oid);
        blobs.set(oid, blob);
      }
      return blob;
    },
    add: (oid: string, blob: Buffer): void => {
      if (blobs.has(oid) || blob.length > most / 4) return;
      blobs.set(oid, blob);
      bytes += blob.length;
      for (const [oldest, { length }] of blobs) {
        if (bytes <= most) break;
        blobs.delete(oldest);
        bytes -= length;
      }
    },
  };
}
