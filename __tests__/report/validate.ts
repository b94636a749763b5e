import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Report } from '../../src/report/model.ts';

type Json = { [key: string]: unknown };

const schema = JSON.parse(
  readFileSync(new URL('../../src/report/report.schema.json', import.meta.url), 'utf8'),
) as Json;

const shipped = compile(schema);
/** The same without room for unknown fields: readers allow them, a test of ours should know of each. */
const closed = compile(close(schema) as Json);

/**
 * Fails unless the value is a report that the shipped schema describes, without a field that the schema does
 * not know, and whose numbers agree with each other. Takes a Report, or what a JSON file held.
 */
export function assertValidReport(value: unknown): asserts value is Report {
  // What a reader gets: undefined fields are gone, dates and buffers are no longer what they were.
  const report = JSON.parse(JSON.stringify(value)) as Report;
  for (const validate of [shipped, closed]) {
    if (!validate(report)) throw new Error(`not a valid report:\n${problems(validate)}`);
  }
  const wrong = contradictions(report);
  if (wrong.length > 0) throw new Error(`a report that contradicts itself:\n${wrong.join('\n')}`);
}

function contradictions(report: Report): string[] {
  const wrong: string[] = [];
  const live = report.findings.filter((finding) => finding.allowed === null);
  for (const severity of ['error', 'warning', 'notice'] as const) {
    const count = live.filter((finding) => finding.severity === severity).length;
    if (report.counts[severity] !== count) {
      wrong.push(`counts.${severity} is ${report.counts[severity]}, findings have ${count}`);
    }
  }
  const allowed = report.findings.length - live.length;
  if (report.counts.allowed !== allowed)
    wrong.push(`counts.allowed is ${report.counts.allowed}, not ${allowed}`);
  const { error, warning } = report.counts;
  const blocking = report.failOn === 'never' ? 0 : report.failOn === 'error' ? error : error + warning;
  if (report.verdict === 'blocked' && blocking === 0) wrong.push('blocked without a finding that blocks');
  if (report.verdict === 'pass' && blocking > 0 && report.override === undefined)
    wrong.push('pass with a finding that blocks');
  const names = report.databases.map((database) => database.name);
  if (new Set(names).size !== names.length) wrong.push(`two databases of one name: ${names.join(', ')}`);
  for (const { rule, database } of report.findings) {
    if (database !== '' && !names.includes(database)) wrong.push(`${rule}: no database ${database}`);
  }
  return wrong;
}

function compile(of: Json): ValidateFunction {
  return new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false }).compile(of);
}

/** `additionalProperties: false` wherever a schema lists properties as a type (not inside conditions). */
function close(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(close);
  if (typeof node !== 'object' || node === null) return node;
  const closedNode: Json = {};
  for (const [key, value] of Object.entries(node)) {
    closedNode[key] = ['if', 'then', 'else', 'allOf'].includes(key) ? value : close(value);
  }
  const { type, properties } = node as Json;
  const isObject = type === 'object' || (Array.isArray(type) && type.includes('object'));
  if (isObject && properties !== undefined) closedNode.additionalProperties = false;
  return closedNode;
}

function problems(validate: ValidateFunction): string {
  return (validate.errors ?? [])
    .map(({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`)
    .join('\n');
}
