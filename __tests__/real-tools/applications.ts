import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { noOptions } from '../../src/config/options.ts';
import { gate } from '../../src/gate.ts';
import type { Report } from '../../src/report/model.ts';
import type { ToolName } from '../../src/tools/tool.ts';
import { repository, type TestRepository } from '../git/repository.ts';
import { assertValidReport } from '../report/validate.ts';
import { debianProgram, npmTool } from './install.ts';
import { type Project, projects } from './projects.ts';

const packages: Partial<Record<ToolName, readonly [string, ...string[]]>> = {
  knex: ['knex@3.1.0', 'pg@8.16.3'],
  typeorm: ['typeorm@0.3.27', 'pg@8.16.3', 'ts-node@10.9.2', 'typescript@5.9.3', '@types/node@22.18.0'],
  sequelize: ['sequelize@6.37.7', 'sequelize-cli@6.6.3', 'pg@8.16.3'],
  'node-pg-migrate': ['node-pg-migrate@8.0.3', 'pg@8.16.3'],
};

/** Alembic, Django and Rails: Debian's own Python and Ruby have the packages. */
export async function systemPrograms(): Promise<void> {
  process.env.PATH = `/usr/bin:${process.env.PATH}`;
  delete process.env.VIRTUAL_ENV;
  await debianProgram('alembic', 'alembic', 'python3-psycopg2');
  await debianProgram('django-admin', 'python3-django', 'python3-psycopg2');
  await debianProgram('rails', 'ruby-railties', 'ruby-activerecord', 'ruby-pg');
}

export const projectOf = (tool: ToolName): Project => {
  const project = projects[tool];
  if (project === undefined) throw new Error(`no project of ${tool}`);
  return project;
};

/** The application on main, with its dependencies installed and not committed. */
export async function applicationOf(tool: ToolName, base = projectOf(tool).base): Promise<TestRepository> {
  const repo = repository({ ...base, '.gitignore': 'node_modules\n' });
  const needed = packages[tool];
  if (needed !== undefined)
    symlinkSync(join(await npmTool(...needed), 'node_modules'), join(repo.directory, 'node_modules'));
  if (tool === 'rails') chmodSync(join(repo.directory, 'bin/rails'), 0o755);
  return repo;
}

/** The report of a pull request that changes these files. */
export async function checked(
  repo: TestRepository,
  change: Readonly<Record<string, string>>,
  options: { checkDown?: boolean; checkRerun?: boolean; applyCommand?: string; rules?: string } = {},
): Promise<Report> {
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit({ ...change });
  const report = await gate({
    options: {
      ...noOptions,
      repo: repo.directory,
      base: 'main',
      head: 'change',
      shadow: 'embedded',
      applyCommand: options.applyCommand ?? null,
      rules: options.rules ?? null,
      postgresVersion: 17,
      checkDown: options.checkDown ?? null,
      checkRerun: options.checkRerun ?? null,
      cache: false,
    },
  });
  assertValidReport(report);
  return report;
}
