import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const inputsOf = (file: string): string[] => Object.keys(parse(read(file)).inputs);
const actions: Readonly<Record<string, readonly string[]>> = {
  'OWNER/migration-gate@REF': inputsOf('action.yml'),
  'OWNER/migration-gate/report@REF': inputsOf('report/action.yml'),
};

describe.each(['threat-model', 'github', 'forks', 'required-check', 'many-repositories'])(
  'docs/%s.md',
  (name) => {
    const text = read(`docs/${name}.md`);

    test('its workflows are YAML, and name inputs that there are', () => {
      for (const [, block = ''] of text.matchAll(/```yaml\n([\s\S]*?)```/g)) {
        for (const { uses, with: given = {} } of steps(parse(block))) {
          const inputs = actions[uses];
          if (inputs === undefined) continue;
          expect(inputs).toEqual(expect.arrayContaining(Object.keys(given)));
        }
      }
    });

    test('its links lead somewhere', () => {
      for (const [, target = ''] of text.matchAll(/\]\((?!https:)([^)#]+)(?:#[^)]*)?\)/g)) {
        expect({ target, exists: existsSync(resolve(dirname(join(root, 'docs/x.md')), target)) }).toEqual({
          target,
          exists: true,
        });
      }
    });
  },
);

interface Step {
  readonly uses: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** Every step, however much of a workflow stands around it. */
function steps(node: unknown): Step[] {
  if (Array.isArray(node)) return node.flatMap(steps);
  if (typeof node !== 'object' || node === null) return [];
  if ('uses' in node && typeof node.uses === 'string') return [node as Step];
  return Object.values(node).flatMap(steps);
}

test('the workflows of the pages are found', () => {
  const found = [...read('docs/forks.md').matchAll(/```yaml\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    steps(parse(block)).map(({ uses }) => uses),
  );
  expect(found).toEqual(expect.arrayContaining(Object.keys(actions)));
});
