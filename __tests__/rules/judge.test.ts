import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/report/model.ts';
import { restoreCommand } from '../../src/rules/history/shell.ts';
import { ruleNamed, ruleNames, rules } from '../../src/rules/index.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { plain } from '../../src/tools/plain.ts';
import type { MigrationTool } from '../../src/tools/tool.ts';
import { migrationOf } from '../run/migrations.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { runExample, runMigrations, type Settings } from './run-example.ts';

await loadParser();
const major = majors.at(-1) ?? 17;

const base = 'CREATE TABLE a (id bigint PRIMARY KEY, n int);\nCREATE TABLE b (id bigint PRIMARY KEY, n int);';

const judged = async (migration: string, settings: Settings = {}): Promise<readonly Finding[]> =>
  (await runExample(await sharedShadow(major), major, { title: '', base, migration }, settings)).findings;

const files = async (
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
  settings: Settings = {},
): Promise<readonly Finding[]> =>
  (
    await runExample(
      await sharedShadow(major),
      major,
      { title: '', base: before, migration: after },
      settings,
    )
  ).findings;

const short = (findings: readonly Finding[]): string[] =>
  findings.map(
    ({ rule, line, severity, allowed }) =>
      `${rule}:${line} ${allowed === null ? severity : `allowed: ${allowed.reason}`}`,
  );

describe('registry', () => {
  test('names are unique and findable', () => {
    expect(new Set(ruleNames).size).toBe(rules.length);
    expect(ruleNamed('drop-table')?.name).toBe('drop-table');
    expect(ruleNamed('no-such-rule')).toBeUndefined();
  });

  test.each(rules.map((rule) => [rule.name, rule] as const))('%s says what a reader needs', (_, rule) => {
    expect(rule.bad.length).toBeGreaterThanOrEqual(2);
    expect(rule.good.length).toBeGreaterThanOrEqual(2);
    expect(rule.summary).toMatch(/^[A-Z`].*\.$/s);
    expect(rule.why.length).toBeGreaterThan(80);
    expect(rule.instead.length).toBeGreaterThan(10);
    // Comments, configuration and deployments are the gate's own: no manual of Postgres has them, and no other tool.
    if (rule.about !== 'configuration' && !rule.oncePerRun) expect(rule.peers.length).toBeGreaterThan(0);
    if (rule.about !== 'comment' && rule.about !== 'configuration')
      expect(rule.sources.length).toBeGreaterThan(0);
  });
});

describe('settings', () => {
  test('a severity of the config replaces the rule’s', async () => {
    expect(
      short(await judged('CREATE INDEX ON a (n);', { rules: { 'create-index-blocking': 'notice' } })),
    ).toEqual(['create-index-blocking:1 notice']);
  });

  test('off silences the rule and does not wake the catch-all', async () => {
    expect(
      short(await judged('CREATE INDEX ON a (n);', { rules: { 'create-index-blocking': 'off' } })),
    ).toEqual([]);
  });

  test('what is switched off or passed over is told, where it would have been more than a notice', async () => {
    const quiet = async (migration: string, settings: Settings) =>
      (
        await runExample(await sharedShadow(major), major, { title: '', base, migration }, settings)
      ).notJudged.map(({ rule, because }) => `${rule} ${because}`);
    const sql = 'CREATE INDEX ON a (n);';
    expect(await quiet(sql, {})).toEqual([]);
    expect(await quiet(sql, { rules: { 'create-index-blocking': 'off', 'drop-table': 'off' } })).toEqual([
      'create-index-blocking rule-off',
    ]);
    expect(await quiet(sql, { rules: { 'create-index-blocking': 'notice' } })).toEqual([]);
    expect(
      await quiet('CREATE TABLE c (n int PRIMARY KEY);', { rules: { 'create-index-blocking': 'off' } }),
    ).toEqual([]);
    expect(await quiet(sql, { ignoreMigrationsBefore: '99' })).toEqual([
      'create-index-blocking ignore-migrations-before',
    ]);
  });

  test('statements of migrations before the line are silent, failures are not', async () => {
    const shared = await sharedShadow(major);
    const run = (before: string) =>
      runMigrations(
        shared,
        major,
        base,
        [
          migrationOf('DROP TABLE a;', { version: '9', file: 'm/9.sql' }),
          migrationOf('DROP TABLE b;', { version: '10', file: 'm/10.sql' }),
          migrationOf('DROP TABLE c;', { version: '11', file: 'm/11.sql' }),
        ],
        { ignoreMigrationsBefore: before },
      );
    expect((await run('10')).findings.map(({ rule, file }) => `${rule} ${file}`)).toEqual([
      'migration-fails m/11.sql',
      'drop-table m/10.sql',
    ]);
    expect((await run('99')).findings.map(({ rule, file }) => `${rule} ${file}`)).toEqual([
      'migration-fails m/11.sql',
    ]);
  });

  test('order: severity, migration, line, rule', async () => {
    const shared = await sharedShadow(major);
    const { findings } = await runMigrations(shared, major, base, [
      migrationOf('DROP TABLE a;\nCREATE INDEX ON b (n);', { version: '1', file: 'z.sql' }),
      migrationOf('ALTER TABLE b DROP COLUMN n;\nALTER TABLE b ADD COLUMN c int NOT NULL;', {
        version: '2',
        file: 'a.sql',
      }),
    ]);
    expect(findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`)).toEqual([
      'create-index-blocking z.sql:2',
      'add-column-required a.sql:2',
      'drop-table z.sql:1',
      'drop-column a.sql:1',
    ]);
  });
});

describe('accepted findings', () => {
  test.each([
    {
      title: 'above the statement',
      sql: '-- migration-gate:allow drop-table: archived\nDROP TABLE a;\nDROP TABLE b;',
      found: ['drop-table:2 allowed: archived', 'drop-table:3 warning'],
    },
    {
      title: 'at the end of its line',
      sql: 'DROP TABLE a; -- migration-gate:allow drop-table: archived\nDROP TABLE b;',
      found: ['drop-table:1 allowed: archived', 'drop-table:2 warning'],
    },
    {
      title: 'for the file',
      sql: '-- migration-gate:allow drop-table: archived\n\nDROP TABLE a;\nDROP TABLE b;',
      found: ['drop-table:3 allowed: archived', 'drop-table:4 allowed: archived'],
    },
    {
      title: 'the statement’s own comment goes before the file’s',
      sql: '-- migration-gate:allow drop-table: all\n\nDROP TABLE a;\n-- migration-gate:allow drop-table: this one\nDROP TABLE b;',
      found: ['drop-table:3 allowed: all', 'drop-table:5 allowed: this one'],
    },
    {
      title: 'a failing migration',
      sql: '-- migration-gate:allow migration-fails: made by hand in production\nDROP TABLE c;',
      found: ['migration-fails:2 allowed: made by hand in production'],
    },
    {
      title: 'another rule of the statement stays',
      sql: '-- migration-gate:allow drop-table: archived\nALTER TABLE a DROP COLUMN n;',
      found: ['unused-allow:1 warning', 'drop-column:2 warning'],
    },
    {
      title: 'no reason accepts nothing',
      sql: '-- migration-gate:allow drop-table\nDROP TABLE a;',
      found: ['unused-allow:1 warning', 'drop-table:2 warning'],
    },
    {
      title: 'an unknown rule accepts nothing',
      sql: '-- migration-gate:allow drop-tables: x\nDROP TABLE a;',
      found: ['unused-allow:1 warning', 'drop-table:2 warning'],
    },
    {
      title: 'behind the last statement it accepts nothing',
      sql: 'DROP TABLE a;\n\n-- migration-gate:allow drop-table: x',
      found: ['drop-table:1 warning', 'unused-allow:3 warning'],
    },
    {
      title: 'after an error nobody knows what would have matched',
      sql: 'DROP TABLE c;\n-- migration-gate:allow drop-table: x\nDROP TABLE a;',
      found: ['migration-fails:1 error'],
    },
  ])('$title', async ({ sql, found }) => {
    expect(short(await judged(sql))).toEqual(found);
  });

  test('a comment on a rule that is off is not unused', async () => {
    const sql = '-- migration-gate:allow drop-table: archived\nDROP TABLE a;';
    expect(short(await judged(sql, { rules: { 'drop-table': 'off' } }))).toEqual([]);
  });

  test('the suggestion names the nearest rule', async () => {
    const [finding] = await judged('-- migration-gate:allow create-index-bloking: x\nSELECT 1;');
    expect(finding?.message).toContain('create-index-blocking');
  });
});

describe('history', () => {
  const table = (name: string) => `CREATE TABLE ${name} (id bigint PRIMARY KEY);`;
  const refusing: MigrationTool = {
    ...plain,
    onHistoryChange: {
      ...plain.onHistoryChange,
      edited: { does: 'refuses', says: 'The tool compares checksums and stops.' },
      outOfOrder: { does: 'refuses', says: 'The tool stops.' },
      duplicateVersion: { does: 'runs', says: 'It runs both.', legal: true },
    },
  };

  test('white space is a notice, and an error where the tool compares checksums', async () => {
    const [before, after] = [{ '1_a.sql': table('t') }, { '1_a.sql': `-- a comment\n${table('t')}\n` }];
    expect(short(await files(before, after))).toEqual(['edited-applied-migration:1 notice']);
    const [finding] = await files(before, after, { tool: refusing });
    expect(finding?.severity).toBe('error');
    expect(finding?.message).toContain('compares checksums');
    expect(finding?.detail?.text).toContain('+-- a comment');
  });

  test('many edited files are one finding that lists them', async () => {
    const numbers = Array.from({ length: 8 }, (_, index) => index + 1);
    const before = Object.fromEntries(numbers.map((n) => [`${n}_t.sql`, table(`t${n}`)]));
    const formatted = Object.fromEntries(numbers.map((n) => [`${n}_t.sql`, `${table(`t${n}`)}\n\n`]));
    const findings = await files(before, formatted);
    expect(short(findings)).toHaveLength(1);
    expect(findings[0]?.title).toContain('8 applied migrations');
    expect(findings[0]?.detail?.text.split('\n')).toHaveLength(8);
  });

  test.each([
    ['apart at its top', '\n\n'],
    ['directly above its first statement', '\n'],
  ])('an edit that a comment in the file accepts, %s', async (_, between) => {
    const after = `-- migration-gate:allow edited-applied-migration: never deployed anywhere${between}CREATE TABLE t (id int);`;
    expect(short(await files({ '1_t.sql': table('t') }, { '1_t.sql': after }))).toEqual([
      'edited-applied-migration:1 allowed: never deployed anywhere',
    ]);
  });

  test('the divergence is told once, in words', async () => {
    const findings = await files(
      { '1_a.sql': table('a'), '2_b.sql': table('b') },
      {
        '1_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY, x int);',
        '2_b.sql': 'CREATE TABLE b (id int PRIMARY KEY);',
      },
    );
    expect(findings).toHaveLength(2);
    const texts = findings.map(({ message }) => message);
    expect(texts.filter((text) => text.includes('diverge'))).toHaveLength(1);
    expect(texts.join()).toContain('a new database will have column public.a.x, production will not');
  });

  test('a head that cannot build an empty database says so', async () => {
    const findings = await files(
      { '1_a.sql': table('a'), '2_b.sql': 'ALTER TABLE a ADD COLUMN x int;' },
      { '2_b.sql': 'ALTER TABLE a ADD COLUMN x int;' },
    );
    expect(findings.map(({ rule }) => rule)).toEqual(['deleted-applied-migration']);
    expect(findings[0]?.message).toContain(
      'cannot be built any more: migrations/2_b.sql:1: relation "a" does not exist',
    );
  });

  test('out of order: a notice where both orders end the same, an error where the tool stops', async () => {
    const [before, after] = [
      { '1_a.sql': table('a'), '3_c.sql': table('c') },
      { '1_a.sql': table('a'), '2_b.sql': table('b'), '3_c.sql': table('c') },
    ];
    expect(short(await files(before, after))).toEqual(['out-of-order-migration:1 notice']);
    expect(short(await files(before, after, { tool: refusing }))).toEqual(['out-of-order-migration:1 error']);
  });

  test('a version that two files share is fine where the tool says so', async () => {
    const [before, after] = [{ '1_a.sql': table('a') }, { '1_a.sql': table('a'), '1_b.sql': table('b') }];
    expect(short(await files(before, after, { tool: refusing }))).toEqual([]);
  });

  test.each([
    [['db/1_a.sql'], 'git checkout main -- db/1_a.sql'],
    [["db/it's $(here)/1.sql"], `git checkout main -- 'db/it'\\''s $(here)/1.sql'`],
    [['-x.sql', 'a b.sql'], "git checkout main -- -x.sql 'a b.sql'"],
    [['a[1]*.sql'], "git checkout main -- ':(literal)a[1]*.sql'"],
    [[':top.sql'], "git checkout main -- ':(literal):top.sql'"],
  ])('the way back for %j', (paths, command) => {
    expect(restoreCommand('main', paths)).toBe(command);
  });
});

describe('errors', () => {
  test('the caret stands below the place, long lines are cut around it', async () => {
    const [finding] = await judged(`SELECT 1;\nSELECT\t'${'x'.repeat(300)}', nope FROM a;\nSELECT 2;`);
    expect(finding?.line).toBe(2);
    const lines = finding?.detail?.text.split('\n') ?? [];
    expect(lines.length).toBeLessThanOrEqual(15);
    const caret = lines.findIndex((line) => /^\s*\|\s*\^$/.test(line));
    expect(lines[caret - 1]?.slice(lines[caret]?.indexOf('^'))).toMatch(/^nope FROM/);
    expect(lines.at(-1)).toMatch(/^ERROR 42703: column "nope" does not exist/);
  });

  test.each([
    ['ALTER TABLE a DROP COLUMN nn;', 'Did you mean n?'],
    ['DROP TABLE aa;', 'Did you mean a?'],
    ['SELECT nope FROM a;', 'bring it into the history'],
    ['SELECT a.nn FROM a;', 'Did you mean n?'],
    ['ALTER TABLE far_away ADD COLUMN x int;', 'If production has it all the same'],
    ['CREATE TABLE publik.x ();', 'Did you mean public?'],
  ])('what is not there: %s', async (sql, says) => {
    const [finding] = await judged(sql);
    expect(finding?.rule).toBe('migration-fails');
    expect(finding?.message).toContain(says);
  });

  test('detail and hint of the server are shown', async () => {
    const [finding] = await judged('CREATE VIEW v AS SELECT id FROM a;\nDROP TABLE a;');
    expect(finding?.rule).toBe('migration-fails');
    expect(finding?.detail?.text).toContain('DETAIL: view v depends on table a');
    expect(finding?.detail?.text).toContain('HINT: Use DROP ... CASCADE');
  });
});
