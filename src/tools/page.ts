import type { MigrationTool, ToolReaction } from './tool.ts';

/** Sections of a tool's page in `docs/tools/`, in this order. */
export const pageHeadings = [
  'Detection',
  'Order',
  'Transactions',
  'Bookkeeping',
  'When history changes',
  'Way back',
  'Configuration',
  'Workflow',
] as const;

/** What a deploy does with a changed history, in a word. */
const reactions: Readonly<Record<ToolReaction['does'], string>> = {
  ignores: 'unnoticed',
  runs: 'runs',
  skips: '**never runs**, silently',
  refuses: 'the deploy stops',
  depends: 'depends on the script',
};

/**
 * `docs/tools/README.md`: what each tool's page says first of detection, order and transactions, and what the tool itself says
 * of late and edited files.
 *
 * @param pages the text of each tool's page, by its name
 */
export function toolsPage(tools: readonly MigrationTool[], pages: ReadonlyMap<string, string>): string {
  const rows = tools.map(({ name, title, onHistoryChange: { outOfOrder, edited } }) => {
    const page = pages.get(name) ?? '';
    const cells = [
      `[${title}](${name}.md)`,
      ...(['Detection', 'Order', 'Transactions'] as const).map((heading) => firstSentence(page, heading)),
      reactions[outOfOrder.does],
      reactions[edited.does],
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return `# Migration tools

No configuration is needed where the layout says which tool it is; where it does not, the gate asks and gives the lines to paste. Each page says what the tool does and what the gate makes of it.

| tool | found by | order | transactions | a late file | an edited file |
|:--|:--|:--|:--|:--|:--|
${rows.join('\n')}
`;
}

const says = { open: '<!-- findings -->', close: '<!-- /findings -->' };
const changes = {
  edited: 'edited',
  deleted: 'deleted',
  renamed: 'renamed',
  outOfOrder: 'late',
  duplicateVersion: 'duplicate',
} as const;

/**
 * A tool's page with the words of its findings at the end of the section on changed history, between two marks; where the
 * page has all of them already it stays as it is.
 */
export function withFindings(page: string, { onHistoryChange }: MigrationTool): string {
  const bare = page.replace(new RegExp(`\n*${says.open}[\\s\\S]*?${says.close}`), '');
  const section = sectionOf(bare, 'When history changes');
  const wanted = (Object.keys(changes) as (keyof typeof changes)[]).filter(
    (kind) => kind !== 'duplicateVersion' || !onHistoryChange.duplicateVersion.legal,
  );
  const text = section.replaceAll('\\|', '|');
  if (section === '' || wanted.every((kind) => text.includes(onHistoryChange[kind].says))) return bare;
  const list = wanted.map((kind) => `- ${changes[kind]}: ${onHistoryChange[kind].says}`).join('\n');
  return bare.replace(
    section,
    () => `${section}\n\n${says.open}\n\nFindings say it like this:\n\n${list}\n\n${says.close}`,
  );
}

/** The text under a heading of a page, up to the next. */
export function sectionOf(page: string, heading: string): string {
  const from = page.indexOf(`\n## ${heading}\n`);
  if (from === -1) return '';
  const text = page.slice(from + heading.length + 5);
  const next = text.search(/^## /m);
  return (next === -1 ? text : text.slice(0, next)).trim();
}

/** A full stop that ends a word and is followed by a capital letter ends the sentence. */
function firstSentence(page: string, heading: string): string {
  const [paragraph = ''] = sectionOf(page, heading).split('\n\n');
  const line = paragraph.replace(/\s+/g, ' ').trim();
  return (/^.*?[^.][.:](?=\s+[A-Z`]|$)/.exec(line)?.[0] ?? line).replace(/[.:]$/, '');
}
