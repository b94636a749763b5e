import { isGenerated } from './files.ts';
import { joined, type Lexed, lex, type Span, type Style, within } from './lex.ts';
import { anyOf, columnForms, escaped, type Forms, isCommon, tableForms } from './names.ts';
import { classAround, type Lines, lineAt, linesOf, lineText, longestLine, scopeAt } from './scopes.ts';
import { columnPlaces, looksLikeSql, tablePlaces } from './sql.ts';
import type { Hit, Target } from './use.ts';

/** A target with its forms. */
export interface Wanted {
  readonly target: Target;
  readonly table: Forms;
  readonly column: Forms | null;
}

export const wanted = (target: Target): Wanted => ({
  target,
  table: tableForms(target.table),
  column: target.column === null ? null : columnForms(target.column),
});

interface Source {
  readonly path: string;
  readonly text: string;
  readonly lexed: Lexed;
  readonly lines: Lines;
  readonly sql: readonly Span[];
}

/** A file that names something more often than this is no code that a person wrote. */
const mostPlaces = 2_000;
const mostAnchors = 300;

/** The lines of a file that name what is wanted, or look like it. */
export function hitsIn(path: string, text: string, style: Style, all: readonly Wanted[]): Hit[] {
  if (isGenerated(text)) return [];
  const lexed = lex(text, style);
  const whole = style === 'sql' || style === 'xml';
  const spans = whole ? [{ start: 0, end: text.length }] : joined(lexed);
  const sql = spans.filter(({ start, end }) => looksLikeSql(lexed.code.slice(start, end)));
  const source: Source = { path, text, lexed, lines: linesOf(lexed.code), sql };
  return all.flatMap((each) => {
    const found = new Map<number, boolean>();
    const add = (offset: number, likely: boolean) => {
      const line = lineAt(source.lines, offset);
      found.set(line, (found.get(line) ?? false) || likely);
    };
    if (each.column === null) usesOfTable(source, each, add);
    else usesOfColumn(source, each, each.column, add);
    const shown = linesOf(text);
    return [...found]
      .sort(([a], [b]) => a - b)
      .flatMap(([line, likely]) => {
        const content = lineText(shown, line).trim();
        if (content.length > longestLine || isRetired(content) || isSelected(shown, line)) return [];
        return [{ target: each.target, line: line + 1, text: content, likely }];
      });
  });
}

/** `self.ignored_columns = ["email"]`, Prisma's `@ignore`, Diesel's `select_expression`: told not to use it. */
const isRetired = (line: string): boolean =>
  /\bignored_columns\b|@ignore\b|@@ignore\b|\bselect_expression\b/.test(line);

/** Diesel's field that is read from another expression: `#[diesel(select_expression = …)]` above it. */
function isSelected(lines: Lines, line: number): boolean {
  for (let above = line - 1; above >= 0 && /^\s*#\[/.test(lineText(lines, above)); above -= 1) {
    if (lineText(lines, above).includes('select_expression')) return true;
  }
  return false;
}

type Add = (offset: number, likely: boolean) => void;

function usesOfTable(source: Source, { table }: Wanted, add: Add): void {
  for (const offset of inSql(source, (text) => tablePlaces(text, table.exact))) add(offset, true);
  for (const { offset, kind } of anchors(source, table)) {
    add(offset, kind !== 'word');
  }
}

function usesOfColumn(source: Source, { table }: Wanted, column: Forms, add: Add): void {
  const { code } = source.lexed;
  const common = isCommon(column.exact);
  for (const offset of inSql(source, (text) => columnPlaces(text, table.exact, column.exact)))
    add(offset, true);

  const pattern = anyOf(column.all);
  const places = [...code.matchAll(pattern)].slice(0, mostPlaces).map(({ index }) => index);
  if (places.length === 0) return;
  for (const { offset, kind, scope } of anchors(source, table)) {
    for (const at of places) {
      if (at < scope.start || at >= scope.end || at === offset || inOtherSql(source, at)) continue;
      const named = isString(source, at) || isKey(source, at);
      if (kind === 'model') add(at, !common || isField(source, at));
      else if (kind === 'call' && named) add(at, true);
      else if (kind === 'word' && named) add(at, !common);
    }
  }
  // user.lastLoginAt, User.last_login_at, users.email
  const member = anyOf([...table.variables, ...table.models]).source;
  const access = new RegExp(
    `${member}(?:\\?|!)?(?:\\.|->|::)(?:columns\\.|c\\.)?(${column.all.map(escaped).join('|')})(?![\\w$])`,
    'g',
  );
  for (const match of code.matchAll(access)) {
    const at = match.index + match[0].length - (match[1] ?? '').length;
    if (!inOtherSql(source, at)) add(at, !common);
  }
}

function inSql({ lexed, sql }: Source, find: (text: string) => number[]): number[] {
  return sql.flatMap(({ start, end }) => find(lexed.code.slice(start, end)).map((at) => start + at));
}

/** SQL has been read by its own rules: what it does not name there it does not name. */
const inOtherSql = ({ sql }: Source, at: number): boolean => within(sql, at);

const isString = ({ lexed }: Source, at: number): boolean =>
  within(lexed.strings, at) || lexed.code[at - 1] === ':';

/** `email:`, `email =>`, `:email`, `{ email }`, `email=`: a key of an object, an argument by its name. */
function isKey({ path, lexed: { code } }: Source, at: number): boolean {
  const after = /^[\w$]+["'`]?\s*(?:\?|!)?(?::(?!:)|=>|=(?!=)|,|\})/.exec(code.slice(at, at + 200));
  if (after === null) return false;
  const before = code.slice(Math.max(0, at - 40), at);
  // `(email: string) =>` is a parameter, `where(email: 1)` Ruby's key.
  return (/\.\w?[jt]sx?$/.test(path) ? /[{,]\s*["'`]?$/ : /[{,(:]\s*["'`]?$/).test(before);
}

/** The line begins with the name (after words such as `private` or `t.string`), or names it in quotes: a declaration. */
function isField(source: Source, at: number): boolean {
  const line = lineAt(source.lines, at);
  const before = source.lexed.code.slice(source.lines.starts[line] ?? 0, at);
  return (
    isString(source, at) ||
    /^\s*(?:(?:public|private|protected|readonly|declare|pub|val|var|let|field|final|[\w<>[\]?]+)\s+)*$/.test(
      before,
    )
  );
}

interface Anchor {
  readonly offset: number;
  /** A model's declaration, the table of a query builder's call, or a word that is equal. */
  readonly kind: 'model' | 'call' | 'word';
  readonly scope: Span;
}

/** Where a file speaks of the table, outside SQL, and how far it does. */
function anchors(source: Source, table: Forms): Anchor[] {
  return [...declared(source, table), ...named(source, table), ...called(source, table)].slice(
    0,
    mostAnchors,
  );
}

/** `pgTable('users'`, `knex('users')`, `.from("users")`, `__tablename__ = 'users'`, `schema "users"`, `@@map("users")`. */
function named(source: Source, { exact }: Forms): Anchor[] {
  const { code, strings } = source.lexed;
  const symbol = new RegExp(`(?<=[\\s(,]):${escaped(exact)}(?![\\w$:])`, 'g');
  const found = [
    ...strings
      .filter(({ start, end }) => code.slice(start, end).replace(/^\w+\./, '') === exact)
      .map(({ start }) => start),
    ...[...code.matchAll(symbol)].map(({ index }) => index + 1),
  ];
  return found.map((offset) => {
    const before = code.slice(Math.max(0, offset - 120), offset);
    const own =
      /(?:table_?name|db_table|__tablename__|@@map\(|\$table|\bcollection)\W*(?::\s*\w+\s*)?[=:(]?\s*["'`]?:?$/i.test(
        before,
      );
    const call =
      /(?:table|entity|from|into|join|knex|\bdb|\btrx|schema|createtable|altertable|define|update|insert|delete|select|relation|table_for|name)\w*(?:<[^>]*>)?\s*(?:\(\s*(?:\{?\s*(?:name|value)\s*[:=]\s*)?)?["'`]:?$/i.test(
        before,
      ) || /(?:table|schema|from|join|create_table)\s*\(?\s*:?$/i.test(before);
    const declares =
      own ||
      /(?:Table|Entity|schema|define)\s*(?:\(\s*)?(?:\{?\s*(?:name|value)\s*[:=]\s*)?["'`]$/.test(before);
    // A map's key in Rust, whose query builders name tables by symbols.
    const keyed = source.path.endsWith('.rs') && /\.(?:insert|remove|entry|get)\(\s*"$/.test(before);
    const around = own ? classAround(source.lines, offset) : null;
    return {
      offset,
      kind: declares ? 'model' : call && !keyed ? 'call' : 'word',
      scope: around ?? scopeAt(source.lines, offset),
    };
  });
}

/** `prisma.user.findMany(`, `UserProfile.where(`, `UserProfile.objects.filter(`. */
function called({ lexed: { code }, lines }: Source, table: Forms): Anchor[] {
  const models = table.models.map(escaped).join('|');
  const variables = table.variables.map(escaped).join('|');
  const pattern = new RegExp(
    `(?<![\\w$.])(?:(?:prisma|db|tx|trx|client|\\w+\\.prisma|\\w+\\.db)\\.(${variables})|(${models}))\\.(?:objects\\.|query\\.)?(\\w+)\\(`,
    'g',
  );
  return [...code.matchAll(pattern)].map((match) => {
    const offset = match.index + match[0].indexOf(match[1] ?? match[2] ?? '');
    return { offset, kind: reads.test(match[3] ?? '') ? 'call' : 'word', scope: scopeAt(lines, offset) };
  });
}

/** What ORMs call reading and writing rows. */
const reads =
  /^(?:find|where|create|update|delete|destroy|insert|upsert|select|pluck|order|group|filter|exclude|get|first|values|exists|count|aggregate|bulk|query|new$|build$|all$|save|sum$|max$|min$|only$|defer$)/i;

/** `class User < ApplicationRecord`, `model User {`, `diesel::table! { users (id) {`, `type User struct {`. */
function declared(source: Source, table: Forms): Anchor[] {
  const { code } = source.lexed;
  const prisma = source.path.endsWith('.prisma');
  const django = table.exact.split('_').slice(1).join('_');
  const app = table.exact.split('_')[0] ?? '';
  const models = [
    ...table.models,
    ...(django !== '' && source.path.includes(`${app}/`) ? tableForms(django).models : []),
    ...(prisma ? [table.exact] : []),
  ];
  const names = models.map(escaped).join('|');
  const patterns = prisma
    ? [new RegExp(`^[ \\t]*model\\s+(${names})\\s*\\{`, 'gm')]
    : [
        // A model whose table is told stands for that one, and not for the one of its name.
        new RegExp(
          `^[ \\t]*(?:@\\w+(?:\\([^)\\n]{0,200}\\))?\\s+)*(?:export\\s+|default\\s+|abstract\\s+|public\\s+|final\\s+|data\\s+|pub\\s+)*(?:class|struct)\\s+(${names})(?:Entity|Model)?\\b`,
          'gm',
        ),
        new RegExp(`^[ \\t]*type\\s+(${names})\\s+struct\\b`, 'gm'),
        // Diesel's `#[diesel(table_name = users)]` above a struct of any name.
        new RegExp(
          `^[ \\t]*#\\[diesel\\([^\\n]{0,200}?\\btable_name\\s*=\\s*(?:\\w+::)*(${escaped(table.exact)})\\b`,
          'gm',
        ),
        new RegExp(`^[ \\t]*(?:pub\\s+)?(${escaped(table.exact)})\\s*\\((?:[\\w,\\s]+)\\)\\s*\\{`, 'gm'),
      ];
  return patterns.flatMap((pattern) =>
    [...code.matchAll(pattern)].flatMap((match): Anchor[] => {
      const offset = match.index + match[0].lastIndexOf(match[1] ?? '');
      const scope = scopeAt(source.lines, offset);
      const told = tableTold(
        code.slice(Math.max(0, match.index - 200), scope.start),
        code.slice(scope.start, scope.end),
        prisma,
      );
      if (told !== null && told !== table.exact) return [];
      return [
        {
          offset,
          kind: isModel(match[0], code.slice(scope.start, scope.end), prisma) ? 'model' : 'word',
          scope,
        },
      ];
    }),
  );
}

/** The table that a model says it stands for. */
function tableTold(above: string, body: string, prisma: boolean): string | null {
  const inside = prisma
    ? /@@map\(\s*(?:name:\s*)?"([^"]*)"/.exec(body)
    : /(?:__tablename__|db_table|table_name|\$table)\s*=\s*["']([^"']*)["']/.exec(body);
  const annotated = prisma
    ? null
    : /@(?:Entity|Table)\s*\(\s*(?:\{?\s*(?:name|tableName)\s*[:=]\s*)?["'`]([^"'`]*)["'`][^\n]*\n\s*(?:@[^\n]*\n\s*)*$/.exec(
        above,
      );
  const text = inside?.[1] ?? annotated?.[1];
  return text === undefined ? null : text.replace(/^\w+\./, '');
}

const isModel = (head: string, body: string, prisma: boolean): boolean =>
  prisma ||
  /ApplicationRecord|ActiveRecord|models\.Model|\bBase\b|db\.Model|Model\b|@Entity|@Table|@Column|Column\(|mapped_column|gorm:|db:"|#\[(?:derive|diesel)|Queryable|sqlx|FromRow|->\s*\w+,/.test(
    `${head}\n${body}`,
  );
