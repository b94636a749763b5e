import { identifier, literal } from '../../sql/names.ts';
import type { Bookkeeping, Migration } from '../tool.ts';
import type { PlannedChange } from './plan.ts';

/** Who deploys, in the rows that name somebody. */
const deployer = `'migration-gate', 'migration-gate@localhost'`;

/** Engine/pg.sql: the registry of version 1.1, which lies in a schema of its own. */
const tables = (schema: string): string => `CREATE SCHEMA IF NOT EXISTS ${schema};
CREATE TABLE ${schema}.releases (
    version REAL PRIMARY KEY,
    installed_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    installer_name TEXT NOT NULL,
    installer_email TEXT NOT NULL
);
CREATE TABLE ${schema}.projects (
    project TEXT PRIMARY KEY,
    uri TEXT NULL UNIQUE,
    created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    creator_name TEXT NOT NULL,
    creator_email TEXT NOT NULL
);
CREATE TABLE ${schema}.changes (
    change_id TEXT PRIMARY KEY,
    script_hash TEXT NULL,
    change TEXT NOT NULL,
    project TEXT NOT NULL REFERENCES ${schema}.projects(project) ON UPDATE CASCADE,
    note TEXT NOT NULL DEFAULT '',
    committed_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    committer_name TEXT NOT NULL,
    committer_email TEXT NOT NULL,
    planned_at TIMESTAMPTZ NOT NULL,
    planner_name TEXT NOT NULL,
    planner_email TEXT NOT NULL,
    UNIQUE(project, script_hash)
);
CREATE TABLE ${schema}.tags (
    tag_id TEXT PRIMARY KEY,
    tag TEXT NOT NULL,
    project TEXT NOT NULL REFERENCES ${schema}.projects(project) ON UPDATE CASCADE,
    change_id TEXT NOT NULL REFERENCES ${schema}.changes(change_id) ON UPDATE CASCADE,
    note TEXT NOT NULL DEFAULT '',
    committed_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    committer_name TEXT NOT NULL,
    committer_email TEXT NOT NULL,
    planned_at TIMESTAMPTZ NOT NULL,
    planner_name TEXT NOT NULL,
    planner_email TEXT NOT NULL,
    UNIQUE(project, tag)
);
CREATE TABLE ${schema}.dependencies (
    change_id TEXT NOT NULL REFERENCES ${schema}.changes(change_id) ON UPDATE CASCADE ON DELETE CASCADE,
    type TEXT NOT NULL,
    dependency TEXT NOT NULL,
    dependency_id TEXT NULL REFERENCES ${schema}.changes(change_id) ON UPDATE CASCADE CONSTRAINT dependencies_check CHECK (
            (type = 'require' AND dependency_id IS NOT NULL)
         OR (type = 'conflict' AND dependency_id IS NULL)
    ),
    PRIMARY KEY (change_id, dependency)
);
CREATE TABLE ${schema}.events (
    event TEXT NOT NULL CONSTRAINT events_event_check CHECK (event IN ('deploy', 'revert', 'fail', 'merge')),
    change_id TEXT NOT NULL,
    change TEXT NOT NULL,
    project TEXT NOT NULL REFERENCES ${schema}.projects(project) ON UPDATE CASCADE,
    note TEXT NOT NULL DEFAULT '',
    requires TEXT[] NOT NULL DEFAULT '{}',
    conflicts TEXT[] NOT NULL DEFAULT '{}',
    tags TEXT[] NOT NULL DEFAULT '{}',
    committed_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    committer_name TEXT NOT NULL,
    committer_email TEXT NOT NULL,
    planned_at TIMESTAMPTZ NOT NULL,
    planner_name TEXT NOT NULL,
    planner_email TEXT NOT NULL,
    PRIMARY KEY (change_id, committed_at)
);
INSERT INTO ${schema}.releases (version, installer_name, installer_email) VALUES (1.1, ${deployer});`;

const names = ['changes', 'dependencies', 'events', 'projects', 'releases', 'tags'] as const;

/** What the rows of a change are made of. */
export interface Registered {
  readonly project: string;
  readonly uri: string | null;
  readonly change: PlannedChange;
  readonly scriptHash: string | null;
  /** Ids of the changes that it requires, by the name that the plan gives; those of other projects are not there. */
  readonly required: Readonly<Record<string, string>>;
}

const registered = ({ extra }: Migration): Registered => JSON.parse(String(extra?.registered));

/** Role/DBIEngine.pm: what Sqitch writes when it deploys and reverts a change. */
export function sqitchBookkeeping(registry: string): Bookkeeping {
  const schema = identifier(registry);
  return {
    setup: tables(schema),
    before: () => '',
    // Sqitch writes its rows from another session, with a role and a search_path of its own.
    after: (one) => `RESET ROLE;\n${deployed(schema, registered(one))}`,
    undo: (one) => `RESET ROLE;\n${reverted(schema, registered(one))}`,
    // By their names too: a project may give the registry a schema in which its own tables are.
    relations: names.map((name) => `${registry}.${name}`),
    schemas: [registry],
  };
}

const people = 'committer_name, committer_email, planned_at, planner_name, planner_email';

const planned = (one: Pick<PlannedChange, 'date' | 'planner'>): string =>
  `${deployer}, ${literal(one.date)}, ${literal(one.planner.name)}, ${literal(one.planner.email)}`;

function deployed(schema: string, one: Registered): string {
  const { change, required } = one;
  const [project, id] = [literal(one.project), literal(change.id)];
  const dependencies = [
    ...change.requires
      .filter((name) => required[name] !== undefined)
      .map((name) => `(${id}, 'require', ${literal(name)}, ${literal(required[name] ?? '')})`),
    ...change.conflicts.map((name) => `(${id}, 'conflict', ${literal(name)}, NULL)`),
  ];
  return [
    `INSERT INTO ${schema}.projects (project, uri, creator_name, creator_email) VALUES (${project}, ${one.uri === null ? 'NULL' : literal(one.uri)}, ${deployer}) ON CONFLICT (project) DO NOTHING;`,
    `INSERT INTO ${schema}.changes (change_id, script_hash, change, project, note, ${people}) VALUES (${id}, ${one.scriptHash === null ? 'NULL' : literal(one.scriptHash)}, ${literal(change.name)}, ${project}, ${literal(change.note)}, ${planned(change)});`,
    ...(dependencies.length === 0
      ? []
      : [
          `INSERT INTO ${schema}.dependencies (change_id, type, dependency, dependency_id) VALUES ${dependencies.join(', ')};`,
        ]),
    ...change.tags.map(
      (tag) =>
        `INSERT INTO ${schema}.tags (tag_id, tag, project, change_id, note, ${people}) VALUES (${literal(tag.id)}, ${literal(`@${tag.name}`)}, ${project}, ${id}, ${literal(tag.note)}, ${planned(tag)});`,
    ),
    event('deploy', schema, one),
  ].join('\n');
}

function reverted(schema: string, one: Registered): string {
  const id = literal(one.change.id);
  return [
    `DELETE FROM ${schema}.tags WHERE change_id = ${id};`,
    `DELETE FROM ${schema}.changes WHERE change_id = ${id};`,
    event('revert', schema, one),
  ].join('\n');
}

function event(kind: 'deploy' | 'revert', schema: string, { project, change }: Registered): string {
  const list = (names: readonly string[]) => `ARRAY[${names.map(literal).join(', ')}]::text[]`;
  return `INSERT INTO ${schema}.events (event, change_id, change, project, note, requires, conflicts, tags, ${people}) VALUES ('${kind}', ${literal(change.id)}, ${literal(change.name)}, ${literal(project)}, ${literal(change.note)}, ${list(change.requires)}, ${list(change.conflicts)}, ${list(change.tags.map(({ name }) => `@${name}`))}, ${planned(change)});`;
}
