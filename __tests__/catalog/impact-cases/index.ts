import { columnCases } from './columns.ts';
import { constraintCases } from './constraints.ts';
import type { ImpactCase } from './impact-case.ts';
import { programCases } from './programs.ts';
import { tableCases } from './tables.ts';
import { typeCases } from './types.ts';

/** All tried changes by what they are about. */
export const impactCases: Readonly<Record<string, readonly ImpactCase[]>> = {
  'Tables, schemas, sequences': tableCases,
  Columns: columnCases,
  'Constraints and indexes': constraintCases,
  'Types and domains': typeCases,
  'Views, functions, triggers, policies': programCases,
};
