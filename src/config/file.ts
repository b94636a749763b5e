import { isScalar, LineCounter, type Node, type ParsedNode, parseDocument } from 'yaml';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import { currentPlatform, majorsOf } from '../shadow/versions.ts';
import { toolNames } from '../tools/index.ts';
import { didYouMean, quoted } from './nearest.ts';

const severities = ['error', 'warning', 'notice', 'off'] as const;
const lockTimeouts = ['in-migrations', 'set-by-role'] as const;
const thresholds = ['error', 'warning', 'never'] as const;
/** Majors that a shadow can be booted for on this machine. */
export const majors = majorsOf(currentPlatform());

const text = z.string().min(1);

/** The short form is taken so that its error can say what is missing. */
const baseline = z.union([
  text,
  z.strictObject({ file: text, version: z.union([text, z.int()]).transform(String).optional() }),
]);

const database = z.strictObject({
  name: text.optional(),
  path: z.string(),
  tool: z.enum(toolNames).optional(),
  'postgres-version': z
    .union([z.int(), z.string().regex(/^\d+$/)])
    .transform(Number)
    .optional(),
  'postgres-image': text.optional(),
  extensions: z.array(text).default([]),
  setup: z.array(text).default([]),
  baseline: baseline.optional(),
  placeholders: z.record(z.string(), z.string()).default({}),
  'apply-command': text.nullish(),
  'base-setup-command': text.nullish(),
  'command-environment': z
    .record(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/),
      z.union([z.string(), z.number(), z.boolean()]).transform(String),
    )
    .default({}),
  'out-of-order': z.boolean().optional(),
  'declared-schema': text.optional(),
});

const schema = (ruleNames: readonly string[]) =>
  z.strictObject({
    databases: z.array(database).min(1).optional(),
    rules: z.partialRecord(z.enum(ruleNames as [string, ...string[]]), z.enum(severities)).optional(),
    'fail-on': z.enum(thresholds).optional(),
    'table-stats': text.optional(),
    'ignore-migrations-before': text.optional(),
    'lock-timeout': z.enum(lockTimeouts).optional(),
    'timeout-minutes': z.number().positive().max(360).optional(),
    'shadow-superuser': z.boolean().optional(),
    'shadow-data': z.enum(['existing', 'own']).optional(),
    'check-down': z.boolean().optional(),
    'applied-ref': z
      .string()
      .regex(/^(?!-)[^\s*]*(\*[^\s*]*){0,2}$/, 'give a tag, a branch, or a glob with one or two stars')
      .min(1)
      .max(200)
      .optional(),
    'accept-squash': z.union([z.boolean(), text]).optional(),
    'check-rerun': z.boolean().optional(),
    'check-open-prs': z.boolean().optional(),
  });

export type ConfigFile = z.infer<ReturnType<typeof schema>>;

/** An entry of `databases:`. */
export type WrittenDatabase = NonNullable<ConfigFile['databases']>[number];

/** Reports wrong use at the line where the config file says it. */
export type WrongKey = (...path: PropertyKey[]) => (message: string) => never;

export interface ReadConfig {
  readonly values: ConfigFile;
  /** 1-based line of a value, for errors that only show later. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** Reads and checks a config file. Every error names the file's line and, for a wrong word, the nearest right one. */
export function readConfigFile(file: string, source: string, ruleNames: readonly string[]): ReadConfig {
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter, prettyErrors: false });
  const fail = (message: string, line: number): never => {
    throw new UserError(`${file}:${line}: ${message}`, { place: { file, line } });
  };
  const lineAt = (offset: number | undefined) => (offset === undefined ? 1 : counter.linePos(offset).line);
  const broken = document.errors[0];
  if (broken !== undefined) fail(`This is not valid YAML: ${broken.message}`, lineAt(broken.pos[0]));

  const node = (path: readonly PropertyKey[]): ParsedNode | undefined =>
    path.length === 0
      ? (document.contents ?? undefined)
      : (document.getIn(path.map(asKey), true) as ParsedNode | undefined);
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const found = keyNode(node(path.slice(0, length - 1)), path[length - 1]) ?? node(path.slice(0, length));
      if (found?.range) return lineAt(found.range[0]);
    }
    return 1;
  };

  // A version is text: YAML would turn `0007` into the number 7 and round what has more than 15 digits.
  const version = document.contents === null ? undefined : node(['ignore-migrations-before']);
  if (isScalar(version) && typeof version.value === 'number') version.value = version.source as never;

  const plain: unknown = document.contents === null ? {} : toPlain(document, fail);
  const result = schema(ruleNames).safeParse(plain);
  if (result.success) return { values: result.data, lineOf };
  const issue = result.error.issues[0];
  if (issue === undefined) throw result.error;
  const problem = explain(issue, plain, ruleNames);
  return fail(problem.message, lineOf(problem.path));
}

const asKey = (key: PropertyKey): string | number => (typeof key === 'symbol' ? String(key) : key);

function toPlain(document: { toJS(): unknown }, fail: (message: string, line: number) => never): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // Thrown for aliases that would expand without bounds.
    return fail(`This cannot be read: ${error instanceof Error ? error.message : String(error)}`, 1);
  }
}

function keyNode(map: Node | undefined, key: PropertyKey | undefined): Node | undefined {
  if (map === undefined || !('items' in map) || !Array.isArray(map.items)) return undefined;
  for (const item of map.items as { key?: unknown }[]) {
    if (isScalar(item.key) && item.key.value === key) return item.key as Node;
  }
  return undefined;
}

type Issue = z.core.$ZodIssue;

function explain(
  issue: Issue,
  plain: unknown,
  ruleNames: readonly string[],
): { message: string; path: readonly PropertyKey[] } {
  const { path } = issue;
  const value = path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
    plain,
  );
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    if (path[0] === 'rules') return unknownRule(key, ruleNames);
    const valid =
      path[0] === 'databases' ? Object.keys(database.shape) : Object.keys(schema(ruleNames).shape);
    return { message: `The key ${quoted(key)} is not known.${didYouMean(key, valid)}`, path: [...path, key] };
  }
  if (issue.code === 'invalid_key') return unknownRule(String(path.at(-1)), ruleNames);
  const where = path.map(String).join('.') || 'The file';
  if (issue.code === 'invalid_value') {
    const words = issue.values.map(String);
    const given = typeof value === 'string' ? value : String(value);
    return { message: `${where}: ${quoted(given)} is not valid.${didYouMean(given, words)}`, path };
  }
  if (path.at(-1) === 'postgres-version') {
    return { message: `${where}: only the major version is given, as a number: 17.`, path };
  }
  if (value === undefined && path.length > 0) return { message: `${where} is missing.`, path };
  return { message: `${where}: ${issue.message}.`, path };
}

const unknownRule = (rule: string, ruleNames: readonly string[]) => ({
  message: `There is no rule ${quoted(rule)}.${didYouMean(rule, ruleNames)}`,
  path: ['rules', rule],
});
