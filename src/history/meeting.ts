import { compared, type Difference } from '../catalog/differences.ts';
import type { Catalog, CatalogObject } from '../catalog/model.ts';
import type { Pairing } from '../catalog/pairing.ts';
import { isForeignKey, made, nameOf, removed } from './meeting-objects.ts';

/** More statements than this are no repair that anybody reads. */
const LONGEST = 60;

/**
 * SQL that leads from one schema to another, in an order in which it should run; not tried.
 *
 * @returns '' when nothing differs but the order of columns, null where a difference has no statement here
 */
export function statementsBetween(from: Catalog, to: Catalog): string | null {
  const { pairing, differences } = compared(from, to, 'name');
  const found = differences.filter(({ orderOnly }) => !orderOnly);
  const drops: string[] = [];
  const first: string[] = [];
  const main: string[] = [];
  const last: string[] = [];
  const drop = (statement: string | null): boolean => {
    if (statement !== null) drops.push(statement);
    return statement !== null;
  };
  // What depends on others is dropped first: lists begin with what others depend on.
  for (const { before, after } of inOrder(found).toReversed()) {
    if (before === undefined || after !== undefined) continue;
    if (!drop(removed(from, before))) return null;
  }
  for (const difference of inOrder(found)) {
    const { change, before, after } = difference;
    if (change === 'renamed') return null;
    if (after === undefined) continue;
    const statements: Altered | null =
      before === undefined ? { drop: [], ...made(to, after) } : altered(before, after, pairing);
    if (statements === null) return null;
    drops.push(...statements.drop);
    first.push(...statements.first);
    main.push(...statements.main);
    last.push(...statements.last);
  }
  const all = [...together(drops), ...first, ...main, ...last];
  return all.length > LONGEST ? null : all.join('\n');
}

/** Tables that name each other, and views that are built on each other, go in one statement. */
function together(drops: readonly string[]): string[] {
  const grouped: string[] = [];
  for (const statement of drops) {
    const kind = /^DROP (?:TABLE|VIEW|MATERIALIZED VIEW) /.exec(statement)?.[0];
    const previous = grouped.at(-1);
    if (kind !== undefined && previous?.startsWith(kind)) {
      grouped[grouped.length - 1] = `${previous.slice(0, -1)}, ${statement.slice(kind.length)}`;
    } else grouped.push(statement);
  }
  return grouped;
}

/** Types, functions and tables before what is on them: `Compared.differences` goes by the names of tables. */
function inOrder(found: readonly Difference[]): Difference[] {
  const place = new Map(order.map((type, index) => [type, index]));
  const rank = ({ before, after }: Difference): number =>
    place.get((after ?? before)?.type ?? '') ?? order.length;
  return found.toSorted((a, b) => rank(a) - rank(b));
}

const order = [
  'schema',
  'extension',
  'type',
  'domain',
  'sequence',
  'table',
  'column',
  'function',
  'procedure',
  'constraint',
  'index',
  'view',
  'materialized-view',
  'trigger',
  'policy',
];

interface Altered {
  readonly drop: readonly string[];
  readonly first: readonly string[];
  readonly main: readonly string[];
  readonly last: readonly string[];
}

const only = (main: readonly string[]): Altered => ({ drop: [], first: [], main, last: [] });

/** Statements that make `old` like `now`; null where there are none here. */
function altered(old: CatalogObject, now: CatalogObject, pairing: Pairing): Altered | null {
  const { before, after } = pairing;
  switch (now.type) {
    case 'column':
      return alteredColumn(old, now, nameOf(before, old.containerIdentity));
    case 'table':
      return alteredTable(old, now);
    case 'type':
      return alteredEnum(old, now);
    case 'constraint':
    case 'index':
    case 'trigger':
    case 'policy': {
      const drop = removed(before, old);
      if (drop === null) return null;
      const { main, last } = made(after, now);
      return { drop: [drop], first: [], main: isForeignKey(now) ? [] : main, last };
    }
    case 'function':
    case 'procedure':
      return only([now.definition]);
    case 'view': {
      const [had, has] = [old.members.map(shown), now.members.map(shown)];
      const text = made(after, now).main;
      // Columns can only come at the end of a view that stays.
      if (had.every((column, index) => column === has[index])) {
        return only(text.map((one) => one.replace(/^CREATE VIEW/, 'CREATE OR REPLACE VIEW')));
      }
      return { ...only(text), drop: [removed(before, old) ?? ''] };
    }
    case 'materialized-view':
      return { ...only(made(after, now).main), drop: [removed(before, old) ?? ''] };
    case 'comment':
    case 'owner':
      return only([now.definition]);
    default:
      return null;
  }
}

const shown = ({ name, definition }: CatalogObject['members'][number]): string => `${name} ${definition}`;

function alteredColumn(old: CatalogObject, now: CatalogObject, table: string): Altered | null {
  const changed = (fact: string): boolean => old.facts[fact] !== now.facts[fact];
  if (changed('generated') || changed('generationExpression') || changed('identityOptions')) return null;
  const name = now.text.sqlName;
  const alter = `ALTER TABLE ${table} ALTER COLUMN ${name}`;
  const statements: string[] = [];
  const { dataType, collation, identity } = now.facts;
  if (changed('dataType') || changed('collation')) {
    if (old.facts.default !== null) statements.push(`${alter} DROP DEFAULT;`);
    const collate = collation === null ? '' : ` COLLATE ${collation}`;
    statements.push(`${alter} TYPE ${dataType}${collate} USING ${name}::${dataType};`);
    if (now.facts.default !== null) statements.push(`${alter} SET DEFAULT ${now.facts.default};`);
  } else if (changed('default')) {
    statements.push(
      now.facts.default === null ? `${alter} DROP DEFAULT;` : `${alter} SET DEFAULT ${now.facts.default};`,
    );
  }
  if (changed('notNull'))
    statements.push(`${alter} ${now.facts.notNull === true ? 'SET' : 'DROP'} NOT NULL;`);
  if (changed('identity')) {
    if (old.facts.identity !== null) statements.push(`${alter} DROP IDENTITY;`);
    if (identity !== null) {
      statements.push(`${alter} ADD GENERATED ${String(identity).toUpperCase()} AS IDENTITY;`);
    }
  }
  return statements.length === 0 ? null : only(statements);
}

function alteredTable(old: CatalogObject, now: CatalogObject): Altered | null {
  const statements: string[] = [];
  const flags = [
    ['rowSecurity', 'ROW LEVEL SECURITY', 'ENABLE', 'DISABLE'],
    ['forceRowSecurity', 'ROW LEVEL SECURITY', 'FORCE', 'NO FORCE'],
  ] as const;
  for (const [fact, what, on, off] of flags) {
    if (old.facts[fact] === now.facts[fact]) continue;
    statements.push(`ALTER TABLE ${now.text.sqlName} ${now.facts[fact] === true ? on : off} ${what};`);
  }
  return statements.length === 0 ? null : only(statements);
}

/** Values can only be added. */
function alteredEnum(old: CatalogObject, now: CatalogObject): Altered | null {
  if (now.facts.kind !== 'enum') return null;
  const had = old.members.map(({ name }) => name);
  const has = now.members.map(({ name }) => name);
  if (had.some((value) => !has.includes(value))) return null;
  const add = has.flatMap((value, index) => {
    if (had.includes(value)) return [];
    const previous = has[index - 1];
    const next = has[index + 1];
    const place =
      previous !== undefined
        ? ` AFTER ${literal(previous)}`
        : next === undefined
          ? ''
          : ` BEFORE ${literal(next)}`;
    return [`ALTER TYPE ${now.text.sqlName} ADD VALUE ${literal(value)}${place};`];
  });
  return add.length === 0 ? null : only(add);
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
