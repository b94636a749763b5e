import { statementsOf } from '../statements.ts';
import { advice, convention } from './convention.ts';

export const createExtension = convention({
  name: 'create-extension',
  summary: 'A migration creates an extension.',
  why: 'Most extensions need a superuser or a provider that allows them, and a package on every server and replica. Where that is missing the deploy stops here.',
  instead: 'Have those who run the servers create it, and name it under `extensions:` in the config.',
  sources: ['https://www.postgresql.org/docs/current/sql-createextension.html'],
  peers: ['migrationpilot MP078', 'pgrubic ST001', 'diesel-guard CreateExtension'],
  bad: [
    { title: 'IF NOT EXISTS', base: '', migration: 'CREATE EXTENSION IF NOT EXISTS plpgsql;' },
    {
      title: 'After another statement',
      base: '',
      migration: 'SELECT 1;\nCREATE EXTENSION IF NOT EXISTS "plpgsql";',
      line: 2,
    },
  ],
  good: [
    { title: 'None', base: '', migration: 'CREATE TABLE users (id bigint PRIMARY KEY);' },
    {
      title: 'A function that Postgres has',
      base: '',
      migration: 'CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid());',
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'CreateExtensionStmt')].map((place) =>
      advice(
        place,
        null,
        `The migration creates the extension ${place.node.extname ?? ''}`,
        'It has to be installed, and allowed, on every server that the migration comes to.',
      ),
    ),
});
