import { statementsOf } from '../statements.ts';
import { advice, convention, written } from './convention.ts';

export const tableInheritance = convention({
  name: 'table-inheritance',
  summary: 'A new table inherits from another one.',
  why: 'Keys, unique constraints and foreign keys do not reach across the tables, and every query of the parent reads the children too, unless it says ONLY.',
  instead: 'Partitions, or a foreign key.',
  sources: ['https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_table_inheritance'],
  peers: ['pgrubic GN001'],
  bad: [
    {
      title: 'INHERITS',
      base: 'CREATE TABLE a (id bigint);',
      migration: 'CREATE TABLE b (n bigint) INHERITS (a);',
    },
    {
      title: 'In the same migration',
      base: '',
      migration: 'CREATE TABLE "A" (id bigint);\nCREATE TABLE b () INHERITS ("A");',
      line: 2,
    },
  ],
  good: [
    {
      title: 'A partition',
      base: '',
      migration:
        'CREATE TABLE a (id bigint) PARTITION BY RANGE (id);\nCREATE TABLE a1 PARTITION OF a FOR VALUES FROM (1) TO (2);',
    },
    { title: 'LIKE', base: 'CREATE TABLE a (id bigint);', migration: 'CREATE TABLE b (LIKE a);' },
  ],
  check: (context) =>
    [...statementsOf(context, 'CreateStmt')].flatMap((place) => {
      const { inhRelations = [], partbound, relation } = place.node;
      if (inhRelations.length === 0 || partbound !== undefined) return [];
      const name = written(relation);
      return [
        advice(
          place,
          name,
          `${name} inherits from another table`,
          'Keys and foreign keys do not reach across both: use partitions, or a foreign key.',
        ),
      ];
    }),
});
