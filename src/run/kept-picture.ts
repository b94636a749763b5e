import { createHash } from 'node:crypto';
import { catalogFromText, catalogToText } from '../catalog/as-text.ts';
import type { Catalog } from '../catalog/model.ts';
import type { Notes } from '../shadow/notes.ts';
import type { MigrationTool } from '../tools/tool.ts';
import { programDigest } from '../version.ts';
import type { Start } from './base.ts';

/**
 * The picture of a base that an earlier run of this very program has taken: the kept database has not changed since, so
 * that it still holds, and takes a twentieth of the time to read.
 *
 * @param key what base is kept under
 * @returns null where there is none
 */
export async function readPicture(notes: Notes, key: string, tool: MigrationTool): Promise<Catalog | null> {
  const text = await notes.read(key, await nameOf(tool));
  return text === null ? null : catalogFromText(text);
}

/** Keeps a picture of base for later runs, beside the database, where that is kept. */
export async function keepPicture(begin: Start, tool: MigrationTool, catalog: Catalog): Promise<void> {
  const { shadow, keys } = begin;
  const key = keys.at(-1);
  const text = shadow.notes === undefined || key === undefined ? null : catalogToText(catalog);
  if (text !== null && key !== undefined) await shadow.notes?.write(key, await nameOf(tool), text);
}

/** Says what a picture depends on beside the database: the program, and what it leaves out. */
async function nameOf({ bookkeeping: { relations, schemas } }: MigrationTool): Promise<string> {
  const content = JSON.stringify([await programDigest(), relations, schemas]);
  return `picture-${createHash('sha256').update(content).digest('hex').slice(0, 32)}`;
}
