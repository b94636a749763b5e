import { completed } from '../statements.ts';
import { advice, convention } from './convention.ts';

export const identifierTooLong = convention({
  name: 'identifier-too-long',
  summary: 'Postgres cuts a name because it is longer than 63 bytes.',
  why: 'The server only gives a notice and goes on with another name than the one that was written. Two long names that differ at the end become one, and who looks for the name that stands in the file does not find it.',
  instead: 'A shorter name.',
  sources: ['https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS'],
  peers: ['squawk identifier-too-long', 'pgsafe identifier-too-long'],
  bad: [
    { title: 'A column', base: '', migration: `CREATE TABLE users (${'a'.repeat(64)} text);` },
    {
      title: 'An index, in bytes and not in characters',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: `\nALTER TABLE users ADD CONSTRAINT "${'ü'.repeat(32)}" CHECK (id > 0) NOT VALID;\nALTER TABLE users DROP CONSTRAINT "${'ü'.repeat(31)}";`,
      line: 2,
    },
  ],
  good: [
    { title: '63 bytes', base: '', migration: `CREATE TABLE users (${'a'.repeat(63)} text);` },
    { title: 'Short', base: '', migration: 'CREATE TABLE users (id bigint);' },
  ],
  check: (context) =>
    [...completed(context)].flatMap((place) => {
      const notice = place.statement.notices.find((text) =>
        /^identifier ".*" will be truncated to "/s.test(text),
      );
      if (notice === undefined) return [];
      return [
        advice(place, null, 'A name is longer than 63 bytes and is cut', `The server says: ${notice}.`),
      ];
    }),
});
