import { createHash } from 'node:crypto';
import { catalogFromText, catalogToText } from '../catalog/as-text.ts';
import type { Catalog } from '../catalog/model.ts';
import type { Notes } from '../shadow/notes.ts';
import type { MigrationTool } from '../tools/tool.ts';
import { programDigest } from '../version.ts';
import type { Start } from './base.ts';

/** A kept picture, and `Shadow.kept` of the database that it is of. */
export interface KeptPicture {
  readonly of: string;
  readonly catalog: Catalog;
}

/**
 * The picture of a base that an earlier run of this very program has taken. Of a database that begins with the same files it
 * holds, and takes a twentieth of the time.
 *
 * @param key what base is kept under
 * @returns null where there is none, or what there is cannot be read
 */
export async function readPicture(
  notes: Notes,
  key: string,
  tool: MigrationTool,
): Promise<KeptPicture | null> {
  try {
    const note = await notes.read(key, await nameOf(tool));
    return note === null ? null : { of: note.of, catalog: catalogFromText(note.text) };
  } catch {
    // Whatever lies there: a picture that is taken anew is as good.
    return null;
  }
}

/** Keeps a picture of base for later runs, beside the database, where that is kept. */
export async function keepPicture(
  { shadow, keys }: Start,
  tool: MigrationTool,
  catalog: Catalog,
): Promise<void> {
  const key = keys.at(-1);
  const of = shadow.kept?.() ?? null;
  if (shadow.notes === undefined || key === undefined || of === null) return;
  const text = catalogToText(catalog);
  if (text !== null) await shadow.notes.write(key, await nameOf(tool), { of, text });
}

/** Says what a picture depends on beside the database: the program, and what it leaves out. */
async function nameOf({ bookkeeping: { relations, schemas } }: MigrationTool): Promise<string> {
  const content = JSON.stringify([await programDigest(), relations, schemas]);
  return `picture-${createHash('sha256').update(content).digest('hex').slice(0, 32)}`;
}
