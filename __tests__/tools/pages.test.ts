import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { tools } from '../../src/tools/index.ts';
import { pageHeadings, sectionOf, toolsPage, withFindings } from '../../src/tools/page.ts';
import { plain } from '../../src/tools/plain.ts';

const fileOf = (name: string) => fileURLToPath(new URL(`../../docs/tools/${name}.md`, import.meta.url));
const pageOf = (name: string) => (existsSync(fileOf(name)) ? readFileSync(fileOf(name), 'utf8') : '');

describe.each(Object.values(tools).map((tool) => [tool.name, tool] as const))('%s', (name, tool) => {
  const page = pageOf(name);

  test('has its page, with the sections that every tool has', () => {
    expect(page.split('\n')[0]).toMatch(/^# .+/);
    expect([...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([...pageHeadings]);
    for (const heading of pageHeadings) expect(sectionOf(page, heading)).not.toBe('');
  });

  test('says there what it says in findings (npm run docs)', () => {
    const section = sectionOf(page, 'When history changes').replaceAll('\\|', '|');
    const { duplicateVersion, ...others } = tool.onHistoryChange;
    const said = [...Object.values(others), ...(duplicateVersion.legal ? [] : [duplicateVersion])];
    for (const { says } of said) expect(section).toContain(says);
    for (const word of ['edited', 'deleted', 'renamed', 'late', 'duplicate']) {
      expect(section).toMatch(new RegExp(`^\\| *${word}`, 'm'));
    }
    expect(withFindings(page, tool)).toBe(page);
  });

  test('has a config that can be pasted', () => {
    const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(sectionOf(page, 'Configuration')) ?? [];
    if (yaml.includes('tool:')) expect(yaml).toContain(`tool: ${name}`);
  });
});

test('the table of all tools takes the first sentences of their pages', () => {
  const page =
    '# X\n\n## Detection\n\nBy `a.toml`. Or not.\n\n## Order\n\nBy name, as text\n\n## Transactions\n\nOne a file: always.\n';
  expect(toolsPage([plain], new Map([['plain', page]]))).toContain(
    '| [Plain SQL files](plain.md) | By `a.toml` | By name, as text | One a file: always | runs | unnoticed |',
  );
});
