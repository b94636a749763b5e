import { catalogOf } from './catalog.ts';
import { complete, type Parts, partsOf } from './kinds/kind.ts';
import type { Catalog } from './model.ts';
import { type KeptMark, markAs, markOf } from './reuse.ts';

/** A picture as a file holds it. Its form is that of this very program: another one must not read it. */
interface Kept {
  readonly major: number;
  readonly notModelled: readonly string[];
  readonly mark: KeptMark;
  readonly objects: readonly Parts[];
}

/** @returns null for a picture that could not be an `earlier` one */
export function catalogToText(catalog: Catalog): string | null {
  const mark = markOf(catalog);
  if (mark === null) return null;
  const { major, notModelled } = catalog;
  const kept: Kept = { major, notModelled, mark, objects: catalog.objects.map(partsOf) };
  return JSON.stringify(kept);
}

/** The same catalog again, of which a later picture of the same database may take over what still holds. */
export function catalogFromText(text: string): Catalog {
  const { major, notModelled, mark, objects } = JSON.parse(text) as Kept;
  const catalog = catalogOf(
    objects.map(([described, place]) => complete(described, place)),
    notModelled,
    major,
  );
  markAs(catalog, mark);
  return catalog;
}
