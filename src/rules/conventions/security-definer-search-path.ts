import type { Node } from '@pgsql/types';
import { nameParts, statementsOf } from '../statements.ts';
import { advice, convention } from './convention.ts';

export const securityDefinerSearchPath = convention({
  name: 'security-definer-search-path',
  severity: 'warning',
  summary: 'A SECURITY DEFINER function does not set its search_path.',
  why: 'It runs with its owner’s rights and with the caller’s search_path: a caller who may create objects anywhere on that path can have the function call theirs.',
  instead:
    "`SET search_path = ''` (or `pg_catalog, pg_temp`) at the function, and names with their schemas in it.",
  sources: ['https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY'],
  peers: ['migrationpilot MP099', 'pgrubic ST003–ST005'],
  bad: [
    {
      title: 'Without',
      base: '',
      migration: "CREATE FUNCTION f() RETURNS int SECURITY DEFINER LANGUAGE sql AS 'SELECT 1';",
    },
    {
      title: 'A procedure with another setting',
      base: '',
      migration: "\nCREATE PROCEDURE p() SECURITY DEFINER SET work_mem = '1MB' LANGUAGE sql AS 'SELECT 1';",
      line: 2,
    },
  ],
  good: [
    {
      title: 'With',
      base: '',
      migration:
        "CREATE FUNCTION f() RETURNS int SECURITY DEFINER SET search_path = '' LANGUAGE sql AS 'SELECT 1';",
    },
    {
      title: 'With the caller’s rights',
      base: '',
      migration: "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';",
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'CreateFunctionStmt')].flatMap((place) => {
      const options = (place.node.options ?? []).flatMap((each) => ('DefElem' in each ? [each.DefElem] : []));
      const definer = options.some(({ defname, arg }) => defname === 'security' && isTrue(arg));
      const set = options.some(
        ({ defname, arg }) =>
          defname === 'set' &&
          arg !== undefined &&
          'VariableSetStmt' in arg &&
          arg.VariableSetStmt.name === 'search_path',
      );
      if (!definer || set) return [];
      const { name } = nameParts(place.node.funcname);
      return [
        advice(
          place,
          name,
          `${name} runs with its owner’s rights and the caller’s search_path`,
          "Add SET search_path = '' and name all schemas in it.",
        ),
      ];
    }),
});

const isTrue = (arg: Node | undefined): boolean =>
  arg !== undefined && 'Boolean' in arg && arg.Boolean.boolval === true;
