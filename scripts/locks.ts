import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { statementGroups } from '../__tests__/cases/statements.ts';
import { lockPage } from './lock-page.ts';

// `npm run locks`: writes docs/locks.md from the table of statements, which __tests__/run/truth-table.test.ts
// proves on every major. With --print it prints the page instead, with --check it fails when the page is not what
// the table says.

const file = fileURLToPath(new URL('../docs/locks.md', import.meta.url));
const page = lockPage(statementGroups);

if (process.argv.includes('--print')) {
  process.stdout.write(page);
} else if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== page) {
    process.stderr.write(
      'docs/locks.md is not what the table says. Run `npm run locks` and commit the result.\n',
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, page);
  process.stdout.write(`docs/locks.md: ${statementGroups.flatMap(({ rows }) => rows).length} rows\n`);
}
