import { expect, test } from 'vitest';
import { commentBudget, toMarkdown } from '../../src/report/markdown/markdown.ts';
import type { Report } from '../../src/report/model.ts';
import { toTerminal } from '../../src/report/terminal/terminal.ts';
import type { Code } from '../../src/tools/words/words.ts';
import { database, finding, report } from './make.ts';
import { assertValidReport } from './validate.ts';

const withCode = (code: Code): Report =>
  report({
    databases: [database({})],
    findings: [
      finding('create-index-blocking', 'error', {
        title: 'Creating index i blocks writes',
        message: 'It does.',
        fix: { sql: 'SELECT 1;', verified: false, code },
      }),
    ],
  });
const comment = (code: Code): string => toMarkdown(withCode(code), { id: 'default', budget: commentBudget });
const python = (text: string): Code => ({ language: 'python', tool: 'Alembic', text });

test('code stands below the SQL, folded where it is long', () => {
  assertValidReport(withCode(python('op.execute("SELECT 1")')));
  expect(comment(python('op.execute("SELECT 1")'))).toContain(
    '```sql\nSELECT 1;\n```\n\n**In Alembic:**\n\n```python\nop.execute("SELECT 1")\n```',
  );
  const long = 'op.execute("SELECT 1")\n'.repeat(20).trim();
  expect(comment(python(long))).toContain(
    `<details>\n<summary>In Alembic</summary>\n\n\`\`\`python\n${long}\n\`\`\`\n\n</details>`,
  );
});

test('no line of it closes the block, and what hides is shown', () => {
  const text = comment(python('a\n```\n# @everyone \u202e</details>'));
  expect(text).toContain('````python\na\n```\n# @everyone ');
  expect(text).not.toContain('\u202e');
});

test('the terminal shows it below the SQL', () => {
  const shown = toTerminal(withCode(python('a = "\u001b[31m"\nb')), { color: false });
  expect(shown).toMatch(/SELECT 1;\n\n {2}In Alembic:\n {4}a = /);
  expect(shown).not.toContain('\u001b[31m');
});
