import { describe, expect, test } from 'vitest';
import { diff } from '../../src/catalog/diff.ts';
import { snapshot } from '../../src/catalog/snapshot.ts';
import { majors } from '../shadow/majors.ts';
import { columnCases } from './cases/columns.ts';
import { constraintCases, indexCases } from './cases/constraints.ts';
import { functionCases, triggerCases, viewCases } from './cases/programs.ts';
import { besidesCases, serviceCases } from './cases/surroundings.ts';
import { tableCases } from './cases/tables.ts';
import { typeCases } from './cases/types.ts';
import { languageCases } from './cases/words.ts';
import { told } from './catalog-case.ts';
import { emptyDatabase, run } from './database.ts';

// The same history on the lowest and on the highest major of the run ends in the same schema.
const [lowest = 0, highest = 0] = [Math.min(...majors), Math.max(...majors)];

const cases = [
  ...tableCases,
  ...columnCases,
  ...constraintCases,
  ...indexCases,
  ...typeCases,
  ...viewCases,
  ...functionCases,
  ...triggerCases,
  ...besidesCases,
  ...serviceCases,
  ...languageCases,
];

describe.runIf(lowest < highest)(`PostgreSQL ${lowest} and ${highest}`, () => {
  test.each(cases.filter(({ since = 0 }) => since <= lowest))(
    '$title',
    async ({ base, migration, after }) => {
      const [old, now] = [await emptyDatabase(lowest), await emptyDatabase(highest)];
      for (const client of [old, now]) {
        await run(client, base);
        await run(client, migration);
      }
      const changes = diff(
        await snapshot(old, { ignore: [], roles: false }),
        await snapshot(now, { ignore: [], roles: false }),
        'name',
      );
      // The majors bring their own versions of extensions.
      expect(changes.filter(({ type }) => type !== 'extension').map((change) => told(change))).toEqual([]);
      if (after !== undefined) for (const client of [old, now]) await run(client, after);
    },
  );
});
