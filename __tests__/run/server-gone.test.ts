import { expect, test } from 'vitest';
import { asServerGone } from '../../src/run/server-gone.ts';
import { openSession } from '../../src/run/session.ts';
import { startShadow } from '../../src/shadow/index.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';

test.each(['disk_full', 'io_error'])('%s is no fault of a migration', async (condition) => {
  const { shadow } = await sharedShadow(17);
  await using session = await openSession(shadow.connection);
  const sql = `DO $$ BEGIN RAISE EXCEPTION 'could not extend file "x"' USING ERRCODE = '${condition}'; END $$`;
  await expect(session.send(sql)).rejects.toMatchObject({
    reason: 'shadow-unavailable',
    message: expect.stringContaining('no room left: could not extend file "x". '),
  });
});

test('a server that is gone, whoever asks', async () => {
  const shadow = await startShadow({ shadow: 'embedded', major: 17, extensions: [] });
  const { connection } = shadow;
  await shadow[Symbol.asyncDispose]();
  const error: unknown = await openSession(connection).catch((caught: unknown) => caught);
  expect(asServerGone(error)).toMatchObject({ reason: 'shadow-unavailable' });
});

test('other failures are what they are', () => {
  expect(asServerGone(new Error('x'))).toBeNull();
  expect(asServerGone(Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'open' }))).toBeNull();
  expect(asServerGone(Object.assign(new Error('x'), { code: '42P01' }))).toBeNull();
  expect(asServerGone('x')).toBeNull();
});
