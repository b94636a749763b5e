import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** Requests and answers held against GitHub's own description of its API (`openapi.json`, cut by scripts/cut-openapi.ts). */

type Json = { [key: string]: unknown };

interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: 'path' | 'query' | 'header';
    readonly required: boolean;
    readonly schema: Json;
  }[];
  readonly body: Json | null;
  readonly status: number;
  readonly answer: Json | null;
  readonly example?: unknown;
}

const { operations } = JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8')) as {
  operations: readonly Operation[];
};
const ajv = new Ajv({ allErrors: true, strict: false });
addFormats.default(ajv);
/** Text of a URL is read as the number or truth value that the description asks for. */
const reader = new Ajv({ allErrors: true, strict: false, coerceTypes: true });
addFormats.default(reader);
const compiled = new Map<object, ValidateFunction>();

/** What GitHub shows as the answer of an operation, as far as the product relies on it. */
export function exampleOf(id: string): unknown {
  const found = operations.find((operation) => operation.id === id);
  if (found === undefined) throw new Error(`openapi.json has no ${id}`);
  return structuredClone(found.example);
}

/** What is wrong with a request; empty when GitHub describes it so. */
export function wrongInRequest(method: string, target: string, body: unknown): string[] {
  const url = new URL(target, 'http://api');
  if (url.pathname === '/graphql') return [];
  const found = match(method, url.pathname);
  if (found === null) return [`${method} ${url.pathname}: no operation of openapi.json`];
  const { operation, values } = found;
  const wrong: string[] = [];
  const known = new Map(
    operation.parameters.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter]),
  );
  const given = [
    ...Object.entries(values).map(([name, value]) => ({ place: 'path', name, value })),
    ...[...url.searchParams].map(([name, value]) => ({ place: 'query', name, value })),
  ];
  for (const { place, name, value } of given) {
    const parameter = known.get(`${place} ${name}`);
    if (parameter === undefined) wrong.push(`${place} ${name}: unknown`);
    else wrong.push(...problems(reader, wrap(parameter.schema), { value }, `${place} ${name}`));
  }
  for (const { in: place, name, required } of operation.parameters) {
    if (required && place === 'query' && !url.searchParams.has(name)) wrong.push(`query ${name}: missing`);
  }
  if (operation.body === null) {
    if (body !== null) wrong.push('body: none is described');
  } else {
    wrong.push(...problems(ajv, closed(operation.body) as Json, body ?? {}, 'body'));
  }
  return wrong.map((what) => `${operation.id}: ${what}`);
}

/** What is wrong with a successful answer; other answers are not held against anything. */
export function wrongInAnswer(method: string, target: string, status: number, body: unknown): string[] {
  if (status >= 300 && status !== 302) return [];
  const found = match(method, new URL(target, 'http://api').pathname);
  if (found === null) return [];
  const { id, answer, status: expected } = found.operation;
  const wrong = status === expected ? [] : [`status ${status}, not ${expected}`];
  if (answer !== null) wrong.push(...problems(ajv, answer, body, 'answer'));
  return wrong.map((what) => `${id}: ${what}`);
}

const values = new WeakMap<object, Json>();
/** A value of the URL as a schema can be asked about it. */
function wrap(schema: Json): Json {
  const known = values.get(schema);
  if (known !== undefined) return known;
  const made = { type: 'object', properties: { value: schema } };
  values.set(schema, made);
  return made;
}

function match(
  method: string,
  path: string,
): { operation: Operation; values: Record<string, string> } | null {
  const parts = path.split('/');
  for (const operation of operations) {
    const pattern = operation.path.split('/');
    if (operation.method !== method || pattern.length !== parts.length) continue;
    const found: Record<string, string> = {};
    const fits = pattern.every((piece, at) => {
      const name = /^\{(.+)\}$/.exec(piece)?.[1];
      if (name === undefined) return piece === parts[at];
      found[name] = decodeURIComponent(parts[at] ?? '');
      return parts[at] !== '';
    });
    if (fits) return { operation, values: found };
  }
  return null;
}

function problems(by: Ajv, schema: Json, value: unknown, what: string): string[] {
  let validate = compiled.get(schema);
  if (validate === undefined) {
    validate = by.compile(schema);
    compiled.set(schema, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${what}${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

const closedBodies = new WeakMap<object, unknown>();
/** A field that GitHub does not know is a mistake, even where it would pass it over. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const known = closedBodies.get(node);
  if (known !== undefined) return known;
  const all = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  const made =
    all.type === 'object' && all.properties !== undefined && all.oneOf === undefined
      ? { additionalProperties: false, ...all }
      : all;
  closedBodies.set(node, made);
  return made;
}
