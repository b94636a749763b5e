import type { Node } from '@pgsql/types';
import type { Catalog } from '../catalog/model.ts';
import { Undecided } from '../errors.ts';
import { loadParser, parseFile } from '../sql/parse.ts';
import type { SchemaComparison } from '../tools/command-adapter.ts';
import { lastLines } from './command/call.ts';
import { openWorkspace, type ProgramInput } from './command/workspace.ts';
import type { Declared } from './declared.ts';
import { type CopyOf, copyFor } from './models.ts';

/** What the tool would run on one side's database to make it what that side's schema says. */
interface Answer {
  readonly statements: readonly Missing[];
}

interface Missing {
  readonly sql: string;
  /** One for each thing that it does. */
  readonly keys: readonly string[];
  readonly lacking: boolean;
}

/** A database as one side's migrations make it, and the schema that this side declares. */
export interface ComparedSide {
  readonly side: 'base' | 'head';
  readonly schema: string;
  readonly made: Catalog;
}

/**
 * Lets the project's own tool lay its schema beside the migrated database. Base is asked only where head differs, and what
 * base lacks as well is no part of the answer, unless it is all there is.
 *
 * @param base null: base declares none
 * @returns a sentence where it could not be compared
 */
export async function compareByTool(
  program: ProgramInput,
  comparison: SchemaComparison,
  copyOf: NonNullable<CopyOf>,
  head: ComparedSide,
  base: ComparedSide | null,
): Promise<Declared | string> {
  await loadParser();
  const found = await answerOf(program, comparison, copyOf, head);
  if (typeof found === 'string') return found;
  const same = { file: head.schema, differences: [], diff: '', failure: null };
  if (found.statements.length === 0) return same;
  const before = base === null ? null : await answerOf(program, comparison, copyOf, base);
  if (typeof before === 'string') {
    return `it is not, and whether that is so in base as well could not be asked: ${before}`;
  }
  const known = new Set(before?.statements.flatMap(({ keys }) => keys));
  const fresh = found.statements.filter(({ keys }) => keys.some((key) => !known.has(key)));
  const told = fresh.length === 0 ? found.statements : fresh;
  return {
    ...same,
    known: fresh.length === 0,
    missing: {
      asked: comparison.asked,
      makes: comparison.makes,
      absorbs: comparison.absorbs,
      sql: told.map(({ sql }) => sql),
      lacking: told.some(({ lacking }) => lacking),
      others: found.statements.length - told.length,
    },
  };
}

async function answerOf(
  program: ProgramInput,
  comparison: SchemaComparison,
  copyOf: NonNullable<CopyOf>,
  { side, schema, made }: ComparedSide,
): Promise<Answer | string> {
  try {
    await using workspace = await openWorkspace(program, side);
    const copied = await copyFor(copyOf, side);
    if (typeof copied === 'string') return copied;
    await using copy = copied;
    const { ended, answer } = await workspace.ask(copy.connection, (project, to) =>
      comparison.call(project, schema, to),
    );
    if (ended.code !== 0 || answer === null) {
      const how = ended.code === null ? 'did not end in time' : 'failed';
      return `${comparison.asked} ${how}. Its last lines: ${lastLines(ended.output, 12, 1_200)}`;
    }
    const { statements, error } = parseFile(answer);
    if (error !== null) return `what ${comparison.asked} printed cannot be read: ${error.message}.`;
    return { statements: statements.flatMap(({ node, sql }) => missing(node, sql, made)) };
  } catch (error) {
    if (error instanceof Undecided) return error.message;
    throw error;
  }
}

type Body = Record<string, unknown>;

/** One statement, without what no migration could do. */
function missing(node: Node, sql: string, made: Catalog): Missing[] {
  const [kind = '', body = {}] = Object.entries(node)[0] as [string, Body];
  const parts = kind === 'AlterTableStmt' ? ((body.cmds as Body[] | undefined) ?? []) : [];
  if (parts.length === 0) {
    return [{ sql, keys: [keyOf(node)], lacking: !removing.has(kind) }];
  }
  const real = parts.filter((part) => !isGenerated(body, part, made));
  if (real.length === 0) return [];
  const about = { kind, relation: body.relation };
  return [
    {
      sql,
      keys: real.map((part) => keyOf({ about, part })),
      lacking: real.some((part) => !String(subtypeOf(part)).startsWith('AT_Drop')),
    },
  ];
}

/** The database is to have less, or the same under another name. */
const removing: ReadonlySet<string> = new Set(['DropStmt', 'RenameStmt']);

const subtypeOf = (part: Body): unknown => (part.AlterTableCmd as Body | undefined)?.subtype;

/** Prisma takes the expression of a generated column for a default, and its schema has no word for one: nobody could drop it. */
function isGenerated(body: Body, part: Body, made: Catalog): boolean {
  const command = part.AlterTableCmd as Body | undefined;
  const { schemaname = 'public', relname } = (body.relation ?? {}) as Body;
  if (command?.subtype !== 'AT_ColumnDefault' || command.def !== undefined) return false;
  const column = made.byName('column', `${schemaname}.${relname}.${command.name}`);
  return column !== undefined && column.facts.generated !== null;
}

const keyOf = (tree: unknown): string =>
  JSON.stringify(tree, (key, value) => (key === 'location' ? undefined : value));
