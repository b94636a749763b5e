/**
 * Cuts the JSON Schema of SARIF 2.1.0 down to what `src/report/sarif.ts` writes, for the tests.
 *
 *     npm pack @microsoft/jest-sarif@1.0.0-beta.0 && tar xzf microsoft-jest-sarif-1.0.0-beta.0.tgz
 *     node scripts/cut-sarif-schema.ts package/lib/schemas/sarif-2.1.0-rtm.5.json
 *
 * Definitions that nothing of ours can reach are left out, and with them the properties that name them, so that
 * using one of those fails the tests until it is named here. Nothing that is kept is loosened.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const kept = new Set([
  'artifactChange',
  'artifactContent',
  'artifactLocation',
  'fix',
  'invocation',
  'location',
  'logicalLocation',
  'message',
  'multiformatMessageString',
  'notification',
  'physicalLocation',
  'propertyBag',
  'region',
  'replacement',
  'reportingConfiguration',
  'reportingDescriptor',
  'reportingDescriptorReference',
  'result',
  'run',
  'runAutomationDetails',
  'suppression',
  'tool',
  'toolComponent',
]);

type Json = { [key: string]: unknown };
const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('usage: node scripts/cut-sarif-schema.ts SCHEMA.json');
const target = fileURLToPath(new URL('../__tests__/report/sarif-2.1.0.schema.json', import.meta.url));

const schema = JSON.parse(readFileSync(source, 'utf8')) as Json & { definitions: Json };
const { $schema, title, type, properties, required, additionalProperties } = schema;
const cut = without({
  $schema,
  title,
  type,
  properties,
  required,
  additionalProperties,
  definitions: Object.fromEntries(Object.entries(schema.definitions).filter(([name]) => kept.has(name))),
});
writeFileSync(target, `${JSON.stringify(cut, null, 1)}\n`);

/** The same without prose, and without properties that only a definition which is left out describes. */
function without(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(without);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !(key === 'description' && typeof value === 'string') && !leadsAway(value))
      .map(([key, value]) => [key, without(value)]),
  );
}

function leadsAway(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const { $ref, items, additionalProperties: more } = node as Json;
  if (typeof $ref === 'string') return !kept.has($ref.replace('#/definitions/', ''));
  return leadsAway(items) || leadsAway(more);
}
