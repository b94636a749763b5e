/** How what runs is closed where several things do, and one of them fails. */

/** What comes after the upgrade path must not leave its server running when it fails. */
export async function closing<T>(path: { close(): PromiseLike<void> }, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await path.close();
    throw error;
  }
}

/** Closes all of them, also when one fails; what lies on the server before it. */
export async function closeAll(
  apart: boolean,
  others: readonly (AsyncDisposable | null)[],
  server: AsyncDisposable,
): Promise<void> {
  const close = async (each: AsyncDisposable | null): Promise<void> => each?.[Symbol.asyncDispose]();
  const inOrder = async (): Promise<void> => {
    for (const each of others) await close(each);
  };
  const ended = apart
    ? await Promise.allSettled([inOrder(), close(server)])
    : [...(await Promise.allSettled([inOrder()])), ...(await Promise.allSettled([close(server)]))];
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
}

/** Like Promise.all, but waits for both to have ended, and closes the first when the second fails. */
export async function bothOrNeither<A, B>(
  a: Promise<A>,
  b: Promise<B>,
  close: (first: A) => PromiseLike<void>,
): Promise<[A, B]> {
  const [first, second] = await Promise.allSettled([a, b]);
  if (first.status === 'rejected') throw first.reason;
  if (second.status === 'fulfilled') return [first.value, second.value];
  await close(first.value);
  throw second.reason;
}
