import { z } from 'zod';
import { Undecided } from '../errors.ts';
import type { ShadowDatabase } from '../shadow/shadow.ts';
import type { ModelChange, ModelCheck, ModelsAnswer } from '../tools/command-adapter.ts';
import { lastLines } from './command/call.ts';
import { openWorkspace, type ProgramInput } from './command/workspace.ts';

/** The models of the project's code beside what its migrations make. */
export interface Models {
  /** What a person types for the same question. */
  readonly asked: string;
  /** What a person types for the migration that is missing. */
  readonly makes: string;
  /** Operations that no migration of head has, and that base did not lack. */
  readonly fresh: readonly ModelChange[];
  /** Those that base lacks as well. */
  readonly known: readonly ModelChange[];
  /** They were compared with a database, of which the tool cannot read everything. */
  readonly needsDatabase: boolean;
  /** Null: base could not be asked, so that all of them count as fresh. */
  readonly base: 'asked' | null;
}

type Side = 'base' | 'head';

/** Gives a copy of the database as one side's migrations have made it; null: there is no server. */
export type CopyOf = ((side: Side) => Promise<ShadowDatabase>) | null;

/** What came of the comparison; `models` is null where there is nothing to tell. */
export interface ComparedModels {
  readonly models: Models | null;
  /** One sentence each. */
  readonly notChecked: readonly string[];
}

/** More of them are counted and not kept. */
const MOST = 500;
const words = z.string().max(20_000);
const answerShape = z.object({
  declares: z.boolean(),
  changes: z
    .array(z.object({ where: words, says: words, code: words, lacking: z.boolean() }))
    .transform((changes) => changes.slice(0, MOST)),
  notChecked: z.array(z.string().max(1_000)).max(10),
});

/**
 * Asks the project's own copy of the tool whether its models are what its migrations make. Base is asked only where head
 * differs. Never decides anything by failing: what could not be asked is told.
 */
export async function compareModels(
  program: ProgramInput,
  check: ModelCheck,
  options: {
    readonly copyOf: CopyOf;
    /** Base has no migrations, and whatever its models say is nobody's drift. */
    readonly baseIsEmpty: boolean;
    readonly onProgress: (message: string) => void;
  },
): Promise<ComparedModels> {
  const { copyOf, baseIsEmpty, onProgress } = options;
  onProgress(`comparing the models with what the migrations make (${check.asked})`);
  const head = await answerOf(program, check, 'head', copyOf);
  if (typeof head === 'string') {
    return { models: null, notChecked: [`Whether the models are what the migrations make: ${head}`] };
  }
  if (!head.declares) return { models: null, notChecked: head.notChecked };
  const blind =
    check.blindTo === null
      ? []
      : [
          `In the models (${program.title} compares them with the database), what it cannot see: ${check.blindTo}.`,
        ];
  const notChecked = [...head.notChecked, ...blind];
  if (head.changes.length === 0) return { models: null, notChecked };
  const base = baseIsEmpty ? nothing : await answerOf(program, check, 'base', copyOf);
  const before = new Set(typeof base === 'string' ? [] : base.changes.map(keyOf));
  return {
    models: {
      asked: check.asked,
      makes: check.makes,
      needsDatabase: check.needsDatabase,
      fresh: head.changes.filter((change) => !before.has(keyOf(change))),
      known: head.changes.filter((change) => before.has(keyOf(change))),
      base: typeof base === 'string' ? null : 'asked',
    },
    notChecked,
  };
}

const nothing: ModelsAnswer = { declares: false, changes: [], notChecked: [] };

const keyOf = ({ where, says, code }: ModelChange): string => JSON.stringify([where, says, code]);

/** The answer, or why there is none. */
async function answerOf(
  program: ProgramInput,
  check: ModelCheck,
  side: Side,
  copyOf: CopyOf,
): Promise<ModelsAnswer | string> {
  if (check.needsDatabase && copyOf === null) return 'there was no database to ask.';
  try {
    await using workspace = await openWorkspace(program, side);
    const copied = copyOf === null ? null : await copyFor(copyOf, side);
    if (typeof copied === 'string') return copied;
    await using copy = copied;
    const { ended, answer } = await workspace.ask(copy?.connection ?? null, check.call);
    if (ended.code !== 0 || answer === null) {
      const how = ended.code === null ? 'did not end in time' : `ended with ${ended.code}`;
      return `the question (as ${check.asked} asks it) ${how}. Its last lines: ${lastLines(ended.output, 4, 600)}`;
    }
    return answerShape.parse(JSON.parse(answer));
  } catch (error) {
    if (error instanceof Undecided) return error.message;
    if (error instanceof SyntaxError || error instanceof z.ZodError) return 'what came back cannot be read.';
    throw error;
  }
}

/** A copy, or why there is none: a command may have left somebody connected. */
export async function copyFor(copyOf: NonNullable<CopyOf>, side: Side): Promise<ShadowDatabase | string> {
  try {
    return await copyOf(side);
  } catch (error) {
    return `the database cannot be copied: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
