import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../git/repository.ts';
import { checked } from './applications.ts';
import { found } from './comment-of.ts';
import { npmTool } from './install.ts';
import { projects } from './projects.ts';

// A tool that runs itself is stopped half-way, by a statement that fails, and runs again.

const knex = (config: string, ...lines: string[]): string =>
  `${config}exports.up = async (knex) => {\n${lines.map((line) => `  ${line}\n`).join('')}};\nexports.down = async () => {};\n`;
const outside = 'exports.config = { transaction: false };\n';

async function rerun(files: Readonly<Record<string, string>>) {
  const repo = repository({ ...projects.knex?.base, '.gitignore': 'node_modules\n' });
  symlinkSync(
    join(await npmTool('knex@3.1.0', 'pg@8.16.3'), 'node_modules'),
    join(repo.directory, 'node_modules'),
  );
  return checked(repo, files, { checkRerun: true });
}

test('what a first try leaves behind is in the way of the next', async () => {
  const fragile = 'migrations/20240102000000_fragile.js';
  const report = await rerun({
    [fragile]: knex(
      outside,
      "await knex.raw('CREATE TABLE teams (id bigint PRIMARY KEY)');",
      "await knex.raw('CREATE INDEX CONCURRENTLY users_email_idx ON users (email)');",
    ),
  });
  expect(found(report)).toEqual([`rerun-fails ${fragile}:3`]);
  expect(report.findings.at(-1)?.title).toContain('stopped behind line 3: relation "teams" already exists');
  expect(report.notChecked.join('\n')).not.toContain('run again');
});

test('transactions, and statements that bear with what is there, can be run again', async () => {
  const report = await rerun({
    'migrations/20240102000000_robust.js': knex(
      outside,
      "await knex.raw('CREATE TABLE IF NOT EXISTS roles (id bigint PRIMARY KEY)');",
      "await knex.raw('DROP INDEX CONCURRENTLY IF EXISTS users_age_idx');",
      "await knex.raw('CREATE INDEX CONCURRENTLY users_age_idx ON users (age)');",
    ),
    'migrations/20240103000000_whole.js': knex(
      '',
      "await knex.schema.createTable('words', (t) => t.increments());",
      "await knex.schema.createTable('names', (t) => t.increments());",
    ),
  });
  expect([report.verdict, found(report)]).toEqual(['pass', []]);
  expect(report.notChecked.join('\n')).not.toContain('run again');
});

test('another schema after a stop', async () => {
  const file = 'migrations/20240102000000_other.js';
  const report = await rerun({
    [file]: knex(
      outside,
      'const { rows } = await knex.raw("SELECT to_regclass(\'teams\') AS there");',
      'if (rows[0].there === null) {',
      "  await knex.raw('CREATE TABLE teams (id bigint PRIMARY KEY)');",
      "  await knex.raw('CREATE TABLE roles (id bigint PRIMARY KEY)');",
      '}',
    ),
  });
  expect(found(report).map((each) => each.split(' ')[0])).toEqual(['rerun-fails']);
  expect(report.findings.at(-1)?.title).toContain('makes another schema when it stopped behind line 5');
});

test('a program that goes on behind an error has not been stopped', async () => {
  const report = await rerun({
    'migrations/20240102000000_goes_on.js': knex(
      outside,
      "await knex.raw('CREATE TABLE IF NOT EXISTS roles (id bigint PRIMARY KEY)');",
      "await knex.raw('CREATE TABLE IF NOT EXISTS teams (id bigint PRIMARY KEY)').catch(() => {});",
    ),
  });
  expect(report.notChecked.join('\n')).toContain('goes on behind a statement that fails');
});
