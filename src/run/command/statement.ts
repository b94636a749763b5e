import type { Node } from '@pgsql/types';
import { literal } from '../../sql/names.ts';
import { type ParsedStatement, parseFile } from '../../sql/parse.ts';
import type { RecordedRow } from '../../tools/command-adapter.ts';
import type { Recorded } from '../proxy/record.ts';
import type { Meant } from './meant.ts';
import { isAbout } from './own-tables.ts';
import { settingsIn } from './settings.ts';
import { relationsOf, walk } from './statement-parts.ts';

/** Settings of a session that libraries make for themselves. */
const ownSettings = new Set([
  'client_min_messages',
  'client_encoding',
  'standard_conforming_strings',
  'datestyle',
  'timezone',
  'intervalstyle',
  'bytea_output',
  'extra_float_digits',
  'jit',
  'application_name',
  'names',
]);

/** @param tables unquoted `schema.relation` of the tool's own */
export function meaningOf(recorded: Recorded, tables: readonly string[]): Meant {
  const parameters = recorded.parameters;
  const { statements: withParameters } = parseFile(recorded.text);
  const text = inLiterals(recorded.text, withParameters, parameters);
  const parsed = parameters.length === 0 ? withParameters : parseFile(text).statements;
  const [only] = parsed;
  const sql = only !== undefined && parsed.length === 1 ? only.sql : text.trim().replace(/;\s*$/, '');
  const nodes = parsed.map(({ node }) => node);
  const rows = recorded.error === null ? nodes.flatMap(rowsWritten) : [];
  const same = { recorded, sql, parsed };
  if (nodes.length > 0 && nodes.every(isControl)) return { ...same, is: 'control', rows: [] };
  if (nodes.length > 0 && nodes.every((node) => isAbout(node, tables, recorded)))
    return { ...same, is: 'bookkeeping', rows };
  const silent =
    recorded.text.trim() === '' || (nodes.length > 0 && nodes.every((node) => isNoise(node, recorded)));
  return { ...same, is: silent ? 'noise' : 'work', rows };
}

/** The text with literals in place of `$1`: the server takes both for values of a type that follows from what is around them. */
function inLiterals(
  text: string,
  statements: readonly ParsedStatement[],
  parameters: readonly (string | null)[],
): string {
  if (parameters.length === 0) return text;
  const places: { readonly at: number; readonly number: number }[] = [];
  for (const { node } of statements) {
    walk(node, (key, value) => {
      if (key !== 'ParamRef') return;
      const { number = 0, location = 0 } = value as { number?: number; location?: number };
      places.push({ at: location, number });
    });
  }
  // Places are counted in bytes.
  let bytes = Buffer.from(text, 'utf8');
  for (const { at, number } of places.sort((a, b) => b.at - a.at)) {
    const value = parameters[number - 1];
    if (value === undefined) continue;
    const end = at + 1 + String(number).length;
    const inserted = Buffer.from(value === null ? 'NULL' : literal(value), 'utf8');
    bytes = Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(end)]);
  }
  return bytes.toString('utf8');
}

const isControl = (node: Node): boolean => 'TransactionStmt' in node;

/** A question or a setting that changes nothing for anybody else. */
function isNoise(node: Node, { observation, unobserved, error }: Recorded): boolean {
  if (error !== null) return 'VariableShowStmt' in node;
  if ('VariableShowStmt' in node || 'DiscardStmt' in node || 'DeallocateStmt' in node) return true;
  const settings = settingsIn(node);
  if (settings !== null)
    return settings.every(({ name, local }) => !local && ownSettings.has(name?.replaceAll(' ', '') ?? ''));
  if (!('SelectStmt' in node)) return false;
  if (relationsOf(node).some((name) => !/^(?:pg_catalog\.|information_schema\.|pg_)/.test(name)))
    return false;
  // Nobody has seen what it did.
  if (observation === null) return unobserved === null || unobserved === 'alike';
  const { locks, rewrites, scans, emptied, created, dropped, rowsWritten } = observation;
  const effects = [locks, rewrites, scans, emptied, created, dropped];
  return effects.every((effect) => effect.length === 0) && !(rowsWritten ?? 0);
}

/** The values of an INSERT's rows, or of an UPDATE's columns, as far as they are written out. */
function rowsWritten(node: Node): RecordedRow[] {
  if ('InsertStmt' in node) {
    const { cols = [], selectStmt } = node.InsertStmt;
    const names = cols.map((column) => ('ResTarget' in column ? (column.ResTarget.name ?? '') : ''));
    const lists =
      selectStmt !== undefined && 'SelectStmt' in selectStmt ? (selectStmt.SelectStmt.valuesLists ?? []) : [];
    return lists.map((list) => {
      const items = 'List' in list ? (list.List.items ?? []) : [];
      return Object.fromEntries(names.map((name, index) => [name, constant(items[index])]));
    });
  }
  if (!('UpdateStmt' in node)) return [];
  const { targetList = [] } = node.UpdateStmt;
  return [
    Object.fromEntries(
      targetList.flatMap((target) =>
        'ResTarget' in target ? [[target.ResTarget.name ?? '', constant(target.ResTarget.val)]] : [],
      ),
    ),
  ];
}

function constant(node: Node | undefined): string | null {
  if (node === undefined) return null;
  if ('TypeCast' in node) return constant(node.TypeCast.arg);
  if (!('A_Const' in node)) return null;
  const { sval, ival, fval } = node.A_Const;
  return sval?.sval ?? fval?.fval ?? (ival === undefined ? null : String(ival.ival ?? 0));
}
