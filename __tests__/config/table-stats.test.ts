import { describe, expect, test } from 'vitest';
import { readTableStats } from '../../src/config/table-stats.ts';
import { UserError } from '../../src/errors.ts';

describe('reads', () => {
  test.each([
    ['JSON', 's.json', '[{"schema":"public","table":"users","rows":120000000,"bytes":48000000000}]'],
    [
      'JSON with numbers as text',
      's.json',
      '[{"schema":"public","table":"users","rows":"120000000","bytes":"48000000000"}]',
    ],
    ['CSV as psql writes it', 's.csv', 'schema,table,rows,bytes\npublic,users,120000000,48000000000\n'],
    [
      'CSV with other columns, CRLF and a byte order mark',
      's.txt',
      '\ufeffTable,Schema,bytes,note,rows\r\nusers,public,48000000000,x,120000000\r\n',
    ],
    ['without a schema', 's.json', '[{"table":"users","rows":120000000,"bytes":48000000000}]'],
    ['estimates with an exponent', 's.csv', 'schema,table,rows,bytes\npublic,users,1.2e+08,48000000000\n'],
  ])('%s', (_title, file, text) => {
    expect([...readTableStats(file, text)]).toEqual([
      ['public.users', { rows: 120_000_000, bytes: 48_000_000_000 }],
    ]);
  });

  test.each([
    ['s.json', '[{"table":"a","rows":1}]'],
    ['s.json', '[{"table":"a","rows":1,"bytes":null}]'],
    ['s.csv', 'table,rows,bytes\na,1,\n'],
    ['s.csv', 'table,rows\na,1\n'],
  ])('no bytes: %s %j', (file, text) => {
    expect([...readTableStats(file, text)]).toEqual([['public.a', { rows: 1, bytes: null }]]);
  });

  test('names with quotes, commas and dots', () => {
    expect([
      ...readTableStats('s.csv', 'schema,table,rows,bytes\n"my app","a,""b"".c",5,0\n').keys(),
    ]).toEqual(['my app.a,"b".c']);
  });
});

describe('refuses', () => {
  test.each([
    ['s.json', '{"users": 5}', /s\.json: This is not a JSON array/],
    ['s.json', '[{"table":"a"', /s\.json: This is not valid JSON/],
    [
      's.json',
      '[{"table":"a","rows":1},{"table":"b","rows":"many"}]',
      /s\.json: element 2: rows must be a number/,
    ],
    ['s.json', '[{"table":"a","rows":-1}]', /rows must not be negative/],
    ['s.csv', 'schema,table,rows,bytes\npublic,a,1,2\npublic,b,lots,2\n', /s\.csv:3: rows must be a number/],
    ['s.csv', 'schema,table,rows,bytes\npublic,a\n', /s\.csv:2: This is neither JSON nor CSV/],
    ['s.csv', 'schema,name,rows\npublic,a,1\n', /s\.csv:2: table /],
  ])('%s %j', (file, text, message) => {
    let caught: unknown;
    try {
      readTableStats(file, text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(UserError);
    expect((caught as UserError).message).toMatch(message);
  });
});
