import { columns } from './columns.ts';
import { composites } from './composites.ts';
import { constraints } from './constraints.ts';
import { domains } from './domains.ts';
import { enums } from './enums.ts';
import { extensions } from './extensions.ts';
import { functions } from './functions.ts';
import { indexes } from './indexes.ts';
import type { Kind } from './kind.ts';
import { policies } from './policies.ts';
import { ranges } from './ranges.ts';
import { schemas } from './schemas.ts';
import { sequences } from './sequences.ts';
import { tables } from './tables.ts';
import { triggers } from './triggers.ts';
import { views } from './views.ts';

/** Every kind of object that a snapshot holds. A new one is one file in this folder and one line here. */
export const kinds: readonly Kind[] = [
  schemas,
  extensions,
  enums,
  composites,
  ranges,
  domains,
  sequences,
  tables,
  columns,
  constraints,
  indexes,
  views,
  functions,
  triggers,
  policies,
];
