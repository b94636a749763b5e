/**
 * Cuts GitHub's OpenAPI description down to the requests that the product makes, for the tests.
 *
 *     npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz
 *     node scripts/cut-openapi.ts package/generated/api.github.com.json
 *
 * Of each operation it keeps the parameters and the body's schema as they are, of the answer the schema of those fields
 * that the product relies on, and of one example too.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** By operation: fields of the answer (of each element, where it is a list) that are relied on; dots go down. */
const used: Readonly<Record<string, readonly string[]>> = {
  'users/get-authenticated': ['login'],
  'issues/list-comments': ['id', 'html_url', 'body', 'user.login', 'user.type'],
  'issues/create-comment': ['id', 'html_url'],
  'issues/update-comment': ['id', 'html_url'],
  'issues/delete-comment': [],
  'issues/list-events-for-timeline': [],
  'repos/get-collaborator-permission-level': ['permission', 'role_name'],
  'pulls/get': ['number', 'state', 'head.sha', 'head.ref', 'base.ref', 'base.sha', 'labels.name'],
  'pulls/list': [
    'number',
    'title',
    'state',
    'head.sha',
    'head.ref',
    'head.repo.full_name',
    'base.ref',
    'base.sha',
  ],
  'pulls/list-files': ['filename', 'previous_filename', 'status', 'patch'],
  'pulls/list-review-comments': ['id', 'body', 'path', 'line', 'in_reply_to_id', 'user.login', 'user.type'],
  'pulls/create-review-comment': ['id', 'html_url'],
  'pulls/update-review-comment': ['id'],
  'pulls/delete-review-comment': [],
  'checks/create': ['id', 'html_url'],
  'checks/update': ['id', 'html_url'],
  'checks/list-for-ref': [
    'check_runs.id',
    'check_runs.name',
    'check_runs.external_id',
    'check_runs.app.slug',
  ],
  'actions/get-workflow-run': ['id', 'event', 'head_sha', 'conclusion'],
  'actions/list-workflow-run-artifacts': [
    'artifacts.id',
    'artifacts.name',
    'artifacts.size_in_bytes',
    'artifacts.expired',
  ],
  'actions/download-artifact': [],
};

type Json = { [key: string]: unknown };
const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('usage: node scripts/cut-openapi.ts api.github.com.json');
const description = JSON.parse(readFileSync(source, 'utf8')) as Json & {
  info: { version: string };
  paths: Record<string, Record<string, Json>>;
};

const operations = Object.entries(used).map(([id, fields]) => {
  for (const [path, methods] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.operationId === id)
        return { id, method: method.toUpperCase(), path, ...cut(operation, fields) };
    }
  }
  throw new Error(`there is no operation ${id}`);
});
const target = fileURLToPath(new URL('../__tests__/github/openapi.json', import.meta.url));
writeFileSync(target, `${JSON.stringify({ version: description.info.version, operations }, null, 1)}\n`);

function cut(operation: Json, fields: readonly string[]): Json {
  const parameters = ((operation.parameters ?? []) as Json[]).map((each) => {
    const { name, in: place, required = false, schema } = resolved(each) as Json;
    return { name, in: place, required, schema: schemaOf(schema) };
  });
  const body = contentOf(operation.requestBody);
  const [status, answer] =
    Object.entries(operation.responses as Json).find(([code]) => /^[23]/.test(code)) ?? [];
  if (status === undefined) throw new Error(`${operation.operationId} has no answer`);
  const content = contentOf(answer);
  const example = Object.values((content?.examples ?? {}) as Json).map(resolved)[0] as Json | undefined;
  return {
    parameters,
    body: body === null ? null : schemaOf(body.schema),
    status: Number(status),
    answer: content === null || fields.length === 0 ? null : only(resolved(content.schema), fields),
    ...(example === undefined ? {} : { example: picked(example.value, fields) }),
  };
}

function contentOf(node: unknown): Json | null {
  const { content } = resolved(node ?? {}) as Json;
  return ((content as Json | undefined)?.['application/json'] ?? null) as Json | null;
}

/** A schema without references and without prose. */
function schemaOf(node: unknown): unknown {
  const found = resolved(node);
  if (Array.isArray(found)) return found.map(schemaOf);
  if (typeof found !== 'object' || found === null) return found;
  const { nullable, ...rest } = found as Json;
  const schema = Object.fromEntries(
    Object.entries(rest)
      .filter(
        ([key, value]) =>
          !['example', 'examples', 'title', 'deprecated'].includes(key) &&
          !(key === 'description' && typeof value === 'string') &&
          !key.startsWith('x-'),
      )
      .map(([key, value]) => [key, key === 'properties' ? each(value as Json) : schemaOf(value)]),
  );
  return nullable === true && typeof schema.type === 'string'
    ? { ...schema, type: [schema.type, 'null'] }
    : schema;
}

/** A field may be called like a word of the schema's own. */
function each(properties: Json): Json {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, schemaOf(value)]));
}

/** Of an answer's schema the named fields. */
function only(node: unknown, fields: readonly string[]): Json {
  const schema = merged(node);
  if (schema.items !== undefined) return { type: 'array', items: only(schema.items, fields) };
  const names = [...new Set(fields.map((field) => field.split('.')[0] ?? ''))];
  const properties = Object.fromEntries(
    names.map((name) => {
      const property = ((schema.properties ?? {}) as Json)[name];
      if (property === undefined) throw new Error(`there is no field ${name}`);
      const below = fields
        .filter((field) => field.startsWith(`${name}.`))
        .map((field) => field.slice(name.length + 1));
      return [name, below.length === 0 ? shallow(schemaOf(property)) : only(property, below)];
    }),
  );
  const nullable = schema.nullable === true;
  const required = names.filter((name) => ((schema.required ?? []) as string[]).includes(name));
  return { type: nullable ? ['object', 'null'] : 'object', required, properties };
}

/** A value's own type alone. */
function shallow(node: unknown): Json {
  const { type, enum: values } = node as Json;
  return { ...(type === undefined ? {} : { type }), ...(values === undefined ? {} : { enum: values }) };
}

/** One schema of those that are given as alternatives or together. */
function merged(node: unknown): Json {
  const schema = resolved(node) as Json;
  const parts = [schema.allOf, schema.anyOf, schema.oneOf].find(Array.isArray) as unknown[] | undefined;
  if (parts === undefined) return schema;
  const all = parts.map((part) => resolved(part) as Json);
  const object = all.find(({ properties }) => properties !== undefined);
  return {
    ...schema,
    ...object,
    nullable: schema.nullable === true || all.some((part) => part.nullable === true),
  };
}

function resolved(node: unknown): unknown {
  if (typeof node !== 'object' || node === null || typeof (node as Json).$ref !== 'string') return node;
  const path = String((node as Json).$ref)
    .split('/')
    .slice(1);
  return resolved(path.reduce<unknown>((at, name) => (at as Json)[name.replaceAll('~1', '/')], description));
}

/** Of an example the named fields, all where none is named, and of a list the first element. */
function picked(value: unknown, fields: readonly string[]): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map((each) => picked(each, fields));
  if (fields.length === 0 || typeof value !== 'object' || value === null) return value;
  const names = [...new Set(fields.map((field) => field.split('.')[0] ?? ''))];
  return Object.fromEntries(
    names.map((name) => {
      const below = fields.filter((field) => field.startsWith(`${name}.`));
      return [
        name,
        picked(
          (value as Json)[name],
          below.map((field) => field.slice(name.length + 1)),
        ),
      ];
    }),
  );
}
