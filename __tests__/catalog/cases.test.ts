import { describe, expect, test } from 'vitest';
import { diff } from '../../src/catalog/diff.ts';
import { snapshot } from '../../src/catalog/snapshot.ts';
import { schemaDiff } from '../../src/catalog/text.ts';
import { majors } from '../shadow/majors.ts';
import { columnCases } from './cases/columns.ts';
import { constraintCases, indexCases } from './cases/constraints.ts';
import { functionCases, triggerCases, viewCases } from './cases/programs.ts';
import { besidesCases, serviceCases } from './cases/surroundings.ts';
import { tableCases } from './cases/tables.ts';
import { typeCases } from './cases/types.ts';
import { languageCases, notNullCases, roleCases } from './cases/words.ts';
import { type CatalogCase, told } from './catalog-case.ts';
import { emptyDatabase, run, whole } from './database.ts';

const groups: Readonly<Record<string, readonly CatalogCase[]>> = {
  tables: tableCases,
  columns: columnCases,
  constraints: constraintCases,
  indexes: indexCases,
  types: typeCases,
  views: viewCases,
  functions: functionCases,
  'triggers and policies': triggerCases,
  'owners, comments, privileges': besidesCases,
  'rules, publications, foreign data': serviceCases,
  'operators, casts, collations, text search': languageCases,
  'names of NOT NULL': notNullCases,
  roles: roleCases,
};

const everything = { ignore: [] };

describe.each(majors)('PostgreSQL %i', (major) => {
  for (const [group, cases] of Object.entries(groups)) {
    const known = cases.filter(({ since = 0 }) => since <= major);
    describe.skipIf(known.length === 0)(group, () => {
      test.each(known)('$title', async (tried) => {
        const first = await emptyDatabase(major);
        await run(first, tried.base);
        const before = await snapshot(first, { ...everything, earlier: null });
        expect(diff(before, await snapshot(first, everything), 'identity')).toEqual([]);

        await run(first, tried.migration);
        const after = await snapshot(first, everything);
        expect(whole(await snapshot(first, { ...everything, earlier: before }))).toEqual(whole(after));
        const changes = diff(before, after, 'identity');
        const owner = String((await first.query('SELECT current_user AS name')).rows[0].name);
        expect(changes.map((change) => told(change, tried.expected))).toEqual(
          tried.expected.map((line) => line.replace('OWNER', owner)),
        );
        // What is told has a text, and what has a text is told.
        expect(schemaDiff(before, after, 'identity').length === 0).toBe(changes.length === 0);

        // Another server's oids, the same statements: nothing differs.
        const second = await emptyDatabase(major, cases === roleCases ? 'elsewhere' : 'second');
        await run(second, tried.base);
        await run(second, tried.migration);
        const elsewhere = await snapshot(second, everything);
        expect(diff(after, elsewhere, 'name').map((change) => told(change))).toEqual([]);
        expect(schemaDiff(after, elsewhere, 'name')).toEqual([]);
        if (tried.after !== undefined) for (const client of [first, second]) await run(client, tried.after);
      });
    });
  }
});
