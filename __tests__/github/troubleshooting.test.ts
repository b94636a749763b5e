import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfigFile } from '../../src/config/file.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/troubleshooting.md'), 'utf8');
const messages = [...page.matchAll(/^### `(.+)`$/gm)].map(([, message = '']) => message);
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  // A text that goes on in the next line of the source is one text.
  .map((file) => readFileSync(join(root, 'src', file), 'utf8').replace(/[`'"] \+\n\s*[`'"]/g, ''));

test('there are messages', () => expect(messages.length).toBeGreaterThan(30));

test.each(messages)('%s is what the program says', (message) => {
  const parts = message
    .split('…')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const holds = (source: string): boolean => {
    let at = 0;
    for (const part of parts) {
      const found = source.replaceAll("\\'", "'").indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return true;
  };
  expect(sources.filter(holds)).not.toEqual([]);
});

describe.each(['troubleshooting', 'monorepos', 'private-registries'])('docs/%s.md', (name) => {
  const text = readFileSync(join(root, `docs/${name}.md`), 'utf8');

  test('links lead somewhere', () => {
    for (const [, target = ''] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      expect({ target, there: existsSync(resolve(dirname(join(root, 'docs/x.md')), target)) }).toEqual({
        target,
        there: true,
      });
    }
  });

  test('configs can be pasted, and workflows name inputs that there are', () => {
    const inputs = Object.keys(parse(readFileSync(join(root, 'action.yml'), 'utf8')).inputs);
    for (const [, block = ''] of text.matchAll(/```yaml\n([\s\S]*?)```/g)) {
      const value = parse(block);
      if ('databases' in value) expect(readConfigFile('x.yml', block, []).values.databases).toBeDefined();
      for (const step of value.steps ?? []) {
        if (step.uses.includes('migration-gate'))
          expect(inputs).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
      }
    }
  });
});
