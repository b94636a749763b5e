import { beforeAll, describe, expect, it } from 'vitest';
import { Undecided } from '../../src/errors.ts';
import { loadParser, parseFile } from '../../src/sql/parse.ts';
import { costlyRun } from '../../src/sql/scan-cost.ts';
import { decodeMigration } from '../../src/tools/reading/decode.ts';

beforeAll(loadParser);

const refusal = (text: string): Undecided | null => {
  try {
    decodeMigration('m/1.sql', Buffer.from(text));
    return null;
  } catch (error) {
    if (error instanceof Undecided) return error;
    throw error;
  }
};

describe('what the scanner would read again and again', () => {
  it.each([
    ['nested comments', `SELECT 1;\n${'/*'.repeat(20_000)}${'*/'.repeat(20_000)}`],
    ['comments within an operator', `SELECT 1;\nSELECT 1 ${'+/*'.repeat(20_000)}${'*/'.repeat(20_000)} 1`],
    ['nested comments after dashes', `SELECT 1;\n/*\t--${'/*'.repeat(20_000)}`],
    ['signs', `SELECT 1;\nSELECT ${'+-'.repeat(20_000)}1`],
    [
      'many shorter runs',
      `SELECT 1;\nSELECT ${Array(2_000)
        .fill(`${'+-'.repeat(500)}1`)
        .join(', ')}`,
    ],
  ])('%s: refused with file and line, and not parsed', (_, text) => {
    expect(refusal(text)).toMatchObject({
      reason: 'invalid-configuration',
      place: { file: 'm/1.sql', line: 2 },
      message: expect.stringMatching(/^m\/1\.sql has so many comments/),
    });
    expect(parseFile(text).error?.message).toMatch(/more comments or signs in a row/);
  });

  it.each([
    ['a line of dashes', `${`--${'-'.repeat(300)}\n`.repeat(5_000)}SELECT 1;\n`],
    ['a frame of stars', `/${'*'.repeat(100_000)}/ SELECT 1;\n`],
    ['an underlined title', `-- ${'='.repeat(100_000)}\nSELECT 1;\n`],
    ['drawn tables', `/*\n${`+${'-'.repeat(98)}+\n`.repeat(1_000)}*/ SELECT 1;\n`],
    ['nested comments with spaces', `${'/* '.repeat(20_000)}${'*/ '.repeat(20_000)}SELECT 1;\n`],
    ['a literal', `SELECT '${'='.repeat(100_000)}';\n`],
  ])('%s: read', (_, text) => {
    expect(refusal(text)).toBeNull();
    expect(parseFile(text)).toMatchObject({ error: null, statements: [{}] });
  });

  it('is counted over all runs, and told where it passes the limit', () => {
    const text = `${'+-'.repeat(50)} ${'+-'.repeat(50)}`;
    expect(costlyRun(text, 20_000)).toBeNull();
    expect(costlyRun(text, 19_999)).toBe(101);
    expect(costlyRun(text, 9_999)).toBe(0);
  });
});
