import { expect, test } from 'vitest';
import { parseInChunks } from '../../src/sql/chunks.ts';
import { loadParser, type ParsedStatement, parseFile } from '../../src/sql/parse.ts';

await loadParser();

const hostile = `-- a ; b;
SELECT 1;\r
SELECT ';'; /* ;
 /* ;
 */ ;
 */ SELECT 'é;
🐘', $x$ ;
 $y$ ;
 $x$;
CREATE FUNCTION f() RETURNS int LANGUAGE sql
BEGIN ATOMIC
  SELECT 1;
  SELECT 2;
END;
CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a;
 DELETE FROM b);;
SELECT E'\\';', U&"d\\0061t;" ; SELECT 1 -- no semicolon; at the end
`;

test.each([1, 7, 20, 50, 100, 10_000])('chunks of %i characters give the same statements', (length) => {
  const whole = parseFile(hostile);
  expect(whole.error).toBeNull();
  const found: ParsedStatement[] = [];
  expect(parseInChunks(hostile, (statement) => found.push(statement), length)).toBeNull();
  const places = (statements: readonly ParsedStatement[]) =>
    statements.map(({ sql, start, end, line, endLine }) => ({ sql, start, end, line, endLine }));
  expect(places(found)).toEqual(places(whole.statements));
});

test.each([1, 30, 10_000])(
  'chunks of %i characters: the place of an error is the one in the file',
  (length) => {
    const sql = 'SELECT 1;\nSELECT 2;\n\nSELECT 3 FRM t;\nSELECT 4;\n';
    const found: number[] = [];
    const error = parseInChunks(sql, ({ line }) => found.push(line), length);
    expect(error).toEqual(parseFile(sql).error);
    expect(found.every((line) => line < 4)).toBe(true);
  },
);
