import { fixture, type StatementCase, type StatementGroup } from '../__tests__/cases/statements.ts';
import { blocks, lockTitle } from '../src/run/locks.ts';
import type { LockMode } from '../src/run/trace.ts';

/** docs/locks.md: the truth table for people. */
export function lockPage(groups: readonly StatementGroup[]): string {
  const count = new Set(groups.flatMap(({ rows }) => rows.map(({ sql }) => sql))).size;
  return `${[
    '# What statements lock, rewrite and scan',
    '',
    `${count} statements on tables that exist, as the gate observes them. This page is written by \`npm run locks\` from`,
    '[the table](../__tests__/cases/statements.ts) that the tests run on PostgreSQL 13 to 18; a row without a version holds on',
    'all of them.',
    '',
    '- **Locks** are the strongest on each relation that was there before; indexes are left out. **Bold** ones make ordinary',
    '  queries wait: ACCESS EXCLUSIVE all of them, EXCLUSIVE, SHARE ROW EXCLUSIVE and SHARE every INSERT, UPDATE and DELETE.',
    '- **Rewritten**: the relation gets a new file, with all its indexes.',
    '- **Read**: all rows are read while the lock is held.',
    '- Of several statements in a row the last one is meant, with the locks that the ones before it still hold.',
    '- †: the statement refuses a transaction, so that its locks are gone when it ends. They are the manual’s; a test',
    '  pauses every such statement half-way on each major and compares.',
    '- ‡: the statement commits by itself while it runs; what it locked is not known.',
    '',
    ...groups.flatMap(({ title, rows }) => [
      `## ${title}`,
      '',
      '| Statement | Locks | Rewritten | Read |',
      '|:--|:--|:--|:--|',
      ...rows.map(line),
      '',
    ]),
    '## The tables',
    '',
    '```sql',
    fixture.trim(),
    '```',
  ].join('\n')}\n`;
}

function line(row: StatementCase): string {
  const { sql, rewrites = [], scans = [] } = row;
  const cells = [`${code(sql)}${versions(row)}`, locksCell(row), names(rewrites), names(scans)];
  return `| ${cells.join(' | ')} |`;
}

function versions({ since, until }: StatementCase): string {
  if (since !== undefined && until !== undefined) return ` (${since} to ${until})`;
  if (since !== undefined) return ` (${since} and later)`;
  return until === undefined ? '' : ` (up to ${until})`;
}

function locksCell({ locks, source }: StatementCase): string {
  if (source === 'unknown') return '‡';
  const shown = locks.map((lock) => {
    const [relation = '', mode = ''] = lock.split(':');
    const title = lockTitle(mode);
    return `${code(relation)} ${blocks(mode as LockMode).length > 0 ? `**${title}**` : title}`;
  });
  return `${shown.length === 0 ? '–' : shown.join('<br>')}${source === 'documented' ? ' †' : ''}`;
}

const names = (relations: readonly string[]): string => relations.map(code).join(', ');

/** A bar would end the table's cell, in code as well. */
const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;
