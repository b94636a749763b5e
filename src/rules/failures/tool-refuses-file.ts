import type { Rule } from '../rule.ts';

const dbmate = (sql: string): string => `-- migrate:up\n${sql}\n\n-- migrate:down\n`;

export const toolRefusesFile: Rule = {
  name: 'tool-refuses-file',
  about: 'failure',
  severity: 'error',
  summary: 'The migration tool stops at a file before the server sees it.',
  why: 'The tool cannot make sense of the file: an annotation without its end, a section that is missing, a value that nobody gives. The deploy stops there, neither this migration nor a later one runs, and none of them was tried on the shadow.',
  instead: 'Correct the line as the tool asks.',
  sources: [
    'https://pressly.github.io/goose/documentation/annotations/',
    'https://github.com/amacneil/dbmate#migration-options',
  ],
  peers: ['goose validate', 'flyway validate'],
  bad: [
    {
      title: 'goose: a function that is not ended',
      tool: 'goose',
      base: { '1_users.sql': '-- +goose Up\nCREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '1_users.sql': '-- +goose Up\nCREATE TABLE users (id bigint PRIMARY KEY);',
        '2_count.sql':
          '-- +goose Up\n-- +goose StatementBegin\nCREATE FUNCTION one() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;',
      },
      line: 3,
    },
    {
      title: 'dbmate: no section says what to run',
      tool: 'dbmate',
      base: { '1_users.sql': dbmate('CREATE TABLE users (id bigint PRIMARY KEY);') },
      migration: {
        '1_users.sql': dbmate('CREATE TABLE users (id bigint PRIMARY KEY);'),
        '2_teams.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);',
      },
    },
  ],
  good: [
    {
      title: 'goose: the function is ended',
      tool: 'goose',
      base: { '1_users.sql': '-- +goose Up\nCREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '1_users.sql': '-- +goose Up\nCREATE TABLE users (id bigint PRIMARY KEY);',
        '2_count.sql':
          '-- +goose Up\n-- +goose StatementBegin\nCREATE FUNCTION one() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;\n-- +goose StatementEnd',
      },
    },
    {
      title: 'dbmate: the section is there',
      tool: 'dbmate',
      base: { '1_users.sql': dbmate('CREATE TABLE users (id bigint PRIMARY KEY);') },
      migration: {
        '1_users.sql': dbmate('CREATE TABLE users (id bigint PRIMARY KEY);'),
        '2_teams.sql': dbmate('CREATE TABLE teams (id bigint PRIMARY KEY);'),
      },
    },
  ],
  check: (context) =>
    context.migrations.flatMap(({ version, file, refused }) =>
      refused === null
        ? []
        : [
            {
              migration: version,
              file,
              line: refused.line,
              endLine: refused.line,
              object: null,
              title: `${context.tool.title} stops at ${file}`,
              message: refused.says,
              evidence: null,
              fix: null,
            },
          ],
    ),
};
