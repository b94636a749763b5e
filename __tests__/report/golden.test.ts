import { expect, test } from 'vitest';
import { toJson } from '../../src/report/json.ts';
import { commentBudget, toMarkdown } from '../../src/report/markdown/markdown.ts';
import { toTerminal } from '../../src/report/terminal/terminal.ts';
import { links } from './make.ts';
import { reports } from './reports.ts';
import { assertValidReport } from './validate.ts';

const large = new Set(['over-budget', 'two-hundred']);

test.each(Object.entries(reports))('%s', async (name, report) => {
  assertValidReport(report);
  const comment = toMarkdown(report, { id: 'default', budget: commentBudget, links, expand: false });
  await expect(comment).toMatchFileSnapshot(`golden/${name}.md`);
  await expect(toTerminal(report, { color: false })).toMatchFileSnapshot(`golden/${name}.txt`);
  const json = toJson(report);
  assertValidReport(JSON.parse(json));
  expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(report)));
  if (!large.has(name)) await expect(json).toMatchFileSnapshot(`golden/${name}.json`);
});
