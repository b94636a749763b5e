import { typeConvention } from './convention.ts';

export const preferTimestamptz = typeConvention({
  name: 'prefer-timestamptz',
  summary: 'A new column is of type timestamp without time zone.',
  why: 'timestamp stores what a clock on the wall showed and not when: the same value means another moment to each session with another time zone, and around the change to summer time hours are missing or there twice. To change the type later means to rewrite the table, except in sessions that run in UTC.',
  instead: 'timestamptz, which stores the moment in the same eight bytes.',
  sources: ['https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_timestamp_.28without_time_zone.29'],
  peers: [
    'squawk prefer-timestamp-tz',
    'pgfence prefer-timestamptz',
    'migrationpilot MP040',
    'pgrubic TP001',
  ],
  bad: [
    { title: 'A new table', base: '', migration: 'CREATE TABLE events (at timestamp PRIMARY KEY);' },
    {
      title: 'A new column',
      base: 'CREATE TABLE "Event" (id bigint PRIMARY KEY);',
      migration: '\nALTER TABLE "Event" ADD COLUMN "createdAt" timestamp(3) without time zone;',
      line: 2,
    },
  ],
  good: [
    { title: 'timestamptz', base: '', migration: 'CREATE TABLE events (at timestamptz PRIMARY KEY);' },
    { title: 'A date', base: '', migration: 'CREATE TABLE events (on_day date PRIMARY KEY);' },
  ],
  applies: ({ type }) => type === 'timestamp',
  says: () => 'It does not say which moment is meant: use timestamptz.',
});
