import mermaid from 'mermaid';
import { expect, test } from 'vitest';
import { label, word } from '../../src/catalog/er-text.ts';
import { toMarkdown } from '../../src/report/markdown/markdown.ts';
import { database, migration, report } from './make.ts';
import { payloads } from './payloads.ts';

/** A diagram as the catalog draws it, with the text wherever a name can stand. */
const drawn = (text: string): string =>
  [
    'erDiagram',
    `  t1["${label(text)} (new)"] {`,
    `    ${word(text)} ${word(text)} PK, FK "${label(text)}, new"`,
    '  }',
    `  t2["${label(text)}"]`,
    `  t1 }o--|| t2 : "${label(text)} (new)"`,
  ].join('\n');

test.each(Object.entries(payloads))("%s stays text for Mermaid's parser", async (_name, text) => {
  const of = report({ databases: [database({ migrations: [migration('1.sql')], erDiagram: drawn(text) })] });
  const block = /```mermaid\n([\s\S]*?)\n```/.exec(toMarkdown(of))?.[1];
  await expect(mermaid.parse(block ?? '')).resolves.toMatchObject({ diagramType: 'er' });
  expect(block?.split('\n')).toHaveLength(6);
});
