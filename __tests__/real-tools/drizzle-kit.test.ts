import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { repository } from '../git/repository.ts';
import { checked } from './applications.ts';
import { commentOf, found } from './comment-of.ts';
import { drizzlePackages, drizzleProject } from './drizzle-project.ts';
import { npmTool } from './install.ts';

// Drizzle's SQL files are applied by the gate, and by drizzle-kit where an apply-command says so: both must see the same.

async function report(applyCommand?: string, change = drizzleProject.change): Promise<Report> {
  const repo = repository({ ...drizzleProject.base, '.gitignore': 'node_modules\n' });
  symlinkSync(join(await npmTool(...drizzlePackages), 'node_modules'), join(repo.directory, 'node_modules'));
  return checked(repo, change, applyCommand === undefined ? {} : { applyCommand });
}

const seen = ({ databases, findings, verdict, undecided }: Report) => ({
  verdict,
  undecided,
  findings: findings.map(({ rule, severity, file, line, title, evidence }) => ({
    rule,
    severity,
    file,
    line,
    title,
    evidence,
  })),
  migrations: databases[0]?.migrations.map(({ file, statements }) => ({
    file,
    statements: statements.map(({ line, sql, locks, rewrites, scans }) => ({
      line,
      sql: sql.replace(/;\s*$/, ''),
      // The table that the tool keeps, in which the gate writes the rows itself where it applies the files.
      locks: locks.filter(({ schema }) => schema !== 'drizzle'),
      rewrites,
      scans,
    })),
  })),
  changes: databases[0]?.schemaChanges,
});

const command = 'npx --no-install drizzle-kit migrate';

test('native and run agree', async () => {
  const [native, run] = [await report(), await report(command)];
  expect(run.notes.join('\n')).toContain('Drizzle ran itself');
  expect(native.notes.join('\n')).not.toContain('ran itself');
  expect(seen(run)).toEqual(seen(native));
  expect(found(run)).toEqual([
    'create-index-blocking drizzle/0001_email.sql:1',
    'alter-column-type-rewrite drizzle/0002_age.sql:2',
    'ddl-and-dml-mixed drizzle/0003_fill.sql:2',
  ]);
  await expect(commentOf(run)).toMatchFileSnapshot('golden/drizzle-kit.md');
});

test('an edited file, in both ways', async () => {
  const file = 'drizzle/0000_users.sql';
  const change = { [file]: (drizzleProject.base[file] ?? '').replace('"email"', '"mail"') };
  const [native, run] = [await report(undefined, change), await report(command, change)];
  expect(found(run)).toEqual(found(native));
  expect(found(run)[0]).toContain('edited-applied-migration');
  expect(run.databases[0]?.divergence).toEqual(native.databases[0]?.divergence);
});

test('a statement that the server refuses, in both ways', async () => {
  const file = 'drizzle/0002_age.sql';
  const change = {
    ...drizzleProject.change,
    [file]: (drizzleProject.change[file] ?? '').replace('"age"', '"years"'),
  };
  const [native, run] = [await report(undefined, change), await report(command, change)];
  expect(found(run)).toEqual(found(native));
  expect(found(run)).toContain(`migration-fails ${file}:2`);
});
