import { parseFile } from '../sql/parse.ts';
import { fillOutside } from './backfill.ts';
import type { Fix, RuleContext } from './rule.ts';

/** A part of a fix that must be committed before the next one. */
export interface Step {
  /** What it is for, without full stop: `add the constraint without reading the rows`. */
  readonly title: string;
  /** Statements, each ending with `;`. A null makes the whole fix unavailable. */
  readonly sql: readonly (string | null)[];
  /** Its statements refuse a transaction block, so the tool must be told. */
  readonly outsideTransaction?: boolean;
  /** Lines shown as comments below the SQL: a backfill, an alternative. */
  readonly notes?: readonly string[];
}

/**
 * The SQL of a fix. Steps that need migrations of their own are told apart by comments in the words of the
 * user's tool. Null when a part could not be written or does not parse: a fix that does not run is never shown.
 */
export function recipe(
  context: Pick<RuleContext, 'tool'>,
  steps: readonly Step[],
  options: { sameSchema: boolean },
): Fix | null {
  if (steps.some((step) => step.sql.includes(null))) return null;
  const withSql = steps.filter((step) => step.sql.length > 0).length;
  let migration = 0;
  const parts = steps.map((step) => {
    const lines: string[] = [];
    if (step.sql.length > 0) {
      migration += 1;
      const unit = context.tool.sharesTransaction === true ? 'Deployment' : 'Migration';
      const where = withSql === 1 ? 'In place of the statement' : `${unit} ${migration} of ${withSql}`;
      lines.push(...comment(`${where}: ${step.title}`));
    } else {
      lines.push(...comment(step.title));
    }
    if (step.outsideTransaction === true && step.sql.length > 0) lines.push(...outside(context));
    lines.push(...(step.sql as string[]));
    lines.push(...(step.notes ?? []).flatMap(comment));
    return lines.join('\n');
  });
  const sql = parts.join('\n\n');
  if (parseFile(sql).error !== null) return null;
  const backfilled = steps.some(({ notes }) => fills(notes));
  const [only, ...more] = steps;
  const inPlace = more.length > 0 || backfilled ? undefined : only?.sql.join('\n');
  return {
    sql,
    sameSchema: options.sameSchema,
    ...(backfilled ? { backfilled } : {}),
    ...(inPlace ? { inPlace } : {}),
    parts: steps.map(({ title, sql: statements, outsideTransaction, notes }) => ({
      title,
      sql: statements as string[],
      outsideTransaction: outsideTransaction === true,
      fills: fills(notes),
    })),
  };
}

const fills = (notes: Step['notes']): boolean => notes?.some((note) => note.startsWith(fillOutside)) === true;

/** What stands above a statement that refuses a transaction, for the user's tool. */
export function outside({ tool }: Pick<RuleContext, 'tool'>): string[] {
  const { directive, advice } = tool.noTransaction;
  if (directive === null) return comment(folded(advice));
  return [...comment('A file of its own, outside a transaction; it begins with:'), directive];
}

/** A statement that refuses a transaction, as it is and by itself. */
export const outsideAlone = (context: Pick<RuleContext, 'tool'>, sql: string): Fix => ({
  sql: [...outside(context), `${sql};`].join('\n'),
  sameSchema: false,
  parts: [{ title: 'by itself', sql: [`${sql};`], outsideTransaction: true, fills: false }],
});

/** A sentence over lines that no output cuts. */
function folded(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length > 100) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}

/** Text as comment lines. A name with a line break in it must not end the comment. */
export const comment = (text: string): string[] => text.split(/[\r\n]+/).map((line) => `-- ${line}`);
