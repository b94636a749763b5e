import { type Untidy, type UntidyKind, untidy } from '../../history/hygiene.ts';
import type { FindingDraft, Rule } from '../rule.ts';

const users = 'CREATE TABLE users (id bigint PRIMARY KEY, age int);';
const later = 'CREATE TABLE later (id bigint PRIMARY KEY);';

export const historyHygiene: Rule = {
  name: 'history-hygiene',
  about: 'history',
  severity: 'notice',
  byDefault: 'off',
  noticeOnly: true,
  summary: 'What the whole history of base has left lying about.',
  why: 'The gate judges what a pull request brings. With this rule it also looks at all that base has: constraints that were added NOT VALID and that nothing ever validated, INVALID indexes, migrations that leave a session setting changed, numbers that are left out, several newest migrations, versions that are there twice. Each of them was somebody’s last week, and is nobody’s now.\n\nIt needs the shadow, so that every run boots one. It is a notice whatever severity the config gives it, and never part of the verdict.',
  instead:
    'A migration with `VALIDATE CONSTRAINT`; `REINDEX INDEX CONCURRENTLY`, or drop the index and build it again. What applied migrations say stays as it is: a new one mends it.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html',
    'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
  ],
  peers: ['flyway validate (gaps: none)'],
  bad: [
    {
      title: 'A constraint that was never validated',
      base: {
        '1_users.sql': users,
        '2_age.sql': `-- from now on\nALTER TABLE users ADD CONSTRAINT users_age CHECK (age > 0) NOT VALID;`,
      },
      migration: {
        '1_users.sql': users,
        '2_age.sql': `-- from now on\nALTER TABLE users ADD CONSTRAINT users_age CHECK (age > 0) NOT VALID;`,
      },
      line: 2,
    },
    {
      title: 'An index of a partitioned table that lacks a part',
      base: {
        '1_log.sql':
          'CREATE TABLE log (at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE log_1 PARTITION OF log DEFAULT;\nCREATE INDEX log_at ON ONLY log (at);',
      },
      migration: {
        '1_log.sql':
          'CREATE TABLE log (at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE log_1 PARTITION OF log DEFAULT;\nCREATE INDEX log_at ON ONLY log (at);',
      },
      line: 3,
    },
    {
      title: 'A number that is left out',
      base: { '1_users.sql': users, '2_x.sql': 'SELECT 1;', '4_later.sql': later },
      migration: { '1_users.sql': users, '2_x.sql': 'SELECT 1;', '4_later.sql': later },
    },
    {
      title: 'A setting that holds for all later migrations',
      tool: 'sqlx',
      base: { '1_users.sql': `-- as its owner\nSET search_path = public;\n${users}\n` },
      migration: { '1_users.sql': `-- as its owner\nSET search_path = public;\n${users}\n` },
      line: 2,
    },
  ],
  good: [
    {
      title: 'All is validated, set back and counted',
      base: {
        '1_users.sql': users,
        '2_age.sql':
          "SET search_path = 'public';\nALTER TABLE users ADD CONSTRAINT users_age CHECK (age > 0) NOT VALID;\nRESET search_path;",
        '3_age.sql': 'ALTER TABLE users VALIDATE CONSTRAINT users_age;',
      },
      migration: {
        '1_users.sql': users,
        '2_age.sql':
          "SET search_path = 'public';\nALTER TABLE users ADD CONSTRAINT users_age CHECK (age > 0) NOT VALID;\nRESET search_path;",
        '3_age.sql': 'ALTER TABLE users VALIDATE CONSTRAINT users_age;',
      },
    },
    {
      title: 'Counted by tens',
      base: { '10_users.sql': users, '20_x.sql': 'SELECT 1;', '30_later.sql': later },
      migration: { '10_users.sql': users, '20_x.sql': 'SELECT 1;', '30_later.sql': later },
    },
  ],
  check({ tool, baseHistory, before }) {
    if (baseHistory === undefined) return [];
    const found = untidy(tool, baseHistory, before);
    return (Object.keys(texts) as UntidyKind[]).flatMap((kind) =>
      told(
        kind,
        found.filter((one) => one.kind === kind),
      ),
    );
  },
};

/** Title for so many of a kind, and what to do. */
const texts: Readonly<Record<UntidyKind, { title(count: number): string; says: string }>> = {
  'not-valid': {
    title: (count) => `${some(count, 'constraint')} of base ${were(count)} never validated`,
    says: 'The rows from before may break it: neither the planner nor a reader can rely on it. VALIDATE CONSTRAINT reads them without blocking anybody.',
  },
  'invalid-index': {
    title: (count) => `${some(count, 'index', 'indexes')} of base ${count === 1 ? 'is' : 'are'} INVALID`,
    says: 'Every write maintains it and no query uses it. Build it again with REINDEX INDEX CONCURRENTLY, attach what it lacks, or drop it.',
  },
  setting: {
    title: (count) => `${some(count, 'migration')} of base leave${count === 1 ? 's' : ''} a setting behind`,
    says: 'What runs after it in the same deploy means something else than where it is deployed alone: a new database may differ from the old ones.',
  },
  gap: {
    title: (count) => `${some(count, 'gap')} in the numbers of base’s migrations`,
    says: 'A file that was deleted, or a number that somebody’s branch has taken: it will come late when it comes.',
  },
  head: {
    title: (count) => `${some(count, 'migration')} of base ${count === 1 ? 'is' : 'are'} the newest one`,
    says: 'The tool refuses to choose.',
  },
  duplicate: {
    title: (count) => `${some(count, 'version')} of base ${count === 1 ? 'is' : 'are'} there twice`,
    says: 'One of the two files never runs, or the tool stops.',
  },
};

const some = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
const were = (count: number): string => (count === 1 ? 'was' : 'were');

/** So many are listed. */
const most = 20;

function told(kind: UntidyKind, found: readonly Untidy[]): FindingDraft[] {
  const [first] = found;
  if (first === undefined) return [];
  const { title, says } = texts[kind];
  const lines = found
    .slice(0, most)
    .map(({ file, line, what }) => `${file === null ? '' : `${file}:${line}: `}${what}`);
  const left = found.length > most ? [`… and ${found.length - most} more`] : [];
  return [
    {
      migration: null,
      file: first.file,
      line: first.line,
      endLine: first.line,
      object: null,
      title: title(found.length),
      message: says,
      evidence: null,
      fix: null,
      detail: { language: 'text', text: [...lines, ...left].join('\n') },
    },
  ];
}
