import { writeFile } from 'node:fs/promises';
import { diff } from '../catalog/diff.ts';
import { schemaDiff } from '../catalog/text.ts';
import { UserError } from '../errors.ts';
import { driftText } from '../report/drift.ts';
import { harmlessJson } from '../report/json.ts';
import { liveCatalog } from './live-database.ts';

/** The options of `diff`, as commander hands them over. */
export interface DiffFlags {
  readonly json?: string;
  readonly color: boolean;
}

/**
 * Compares the schemas of two databases in use, which it only reads.
 *
 * @returns 0 when they are the same, 1 when they differ
 * @throws UserError when one of them cannot be read
 */
export async function diffDatabases(first: string, second: string, flags: DiffFlags): Promise<number> {
  // Both are waited for, so that none is left connected.
  const [before, after] = await Promise.allSettled([
    liveCatalog(first, 'The first URL'),
    liveCatalog(second, 'The second URL'),
  ]);
  if (before.status === 'rejected') throw before.reason;
  if (after.status === 'rejected') throw after.reason;
  const [a, b] = [before.value, after.value];
  const catalogs = [a.catalog, b.catalog] as const;
  const schemaChanges = diff(...catalogs, 'name');
  const objects = schemaDiff(...catalogs, 'name');

  if (flags.json !== undefined) await write(flags.json, harmlessJson({ schemaVersion: 1, schemaChanges }));
  if (flags.json !== '-') {
    process.stdout.write(
      driftText(
        { a, b, schemaChanges, schemaDiff: objects, notCompared: notCompared(a, b) },
        {
          color:
            flags.color &&
            !process.env.NO_COLOR &&
            (Boolean(process.env.FORCE_COLOR) || process.stdout.isTTY === true),
          width: process.stdout.columns,
        },
      ),
    );
  }
  return schemaChanges.length === 0 && objects.length === 0 ? 0 : 1;
}

const notCompared = (
  ...sides: readonly { catalog: { notModelled: readonly string[] }; title: string }[]
): string[] =>
  sides.flatMap(({ catalog, title }) => catalog.notModelled.map((phrase) => `${phrase} of ${title}`));

async function write(file: string, text: string): Promise<void> {
  if (file === '-') {
    process.stdout.write(text);
    return;
  }
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UserError(`The differences cannot be written to ${file}: ${(error as Error).message}`);
  }
}
