import { z } from 'zod';

/** An answer that is no JSON, or not what GitHub describes: cut off half-way, or a gateway's page. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
  /** Counts as the server's fault. */
  readonly status = 502;
}

const ATTEMPTS = 3;

/**
 * Octokit hands over what it cannot parse as text, and an empty page of comments looks like one that broke off. So what
 * decides anything is checked.
 *
 * @throws UnreadableAnswer
 */
export function checked<T>(schema: z.ZodType<T>, data: unknown): T {
  const { success, data: value, error } = schema.safeParse(data);
  if (success) return value;
  const [issue] = error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
  throw new UnreadableAnswer(`GitHub's answer could not be read${where}`);
}

/** A page of a list as Octokit hands it over. */
interface Page {
  readonly data: unknown;
  readonly headers: { readonly link?: string | undefined };
}

/** A list of GitHub's, page by page; more than so many pages nobody reads. */
const MOST_PAGES = 50;

/**
 * Every element of a list, in GitHub's order. Octokit's own iterator fails with a TypeError where an answer broke off.
 *
 * @param ask fetches one page (from 1); 100 elements each are usual
 * @throws what Octokit throws, after its retries; UnreadableAnswer
 */
export async function* elements<T>(
  schema: z.ZodType<T>,
  ask: (page: number) => Promise<Page>,
): AsyncGenerator<T> {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { list, last } = await readable(async () => {
      const { data, headers } = await ask(page);
      return { list: checked(z.array(schema), data), last: !/\brel="next"/.test(headers.link ?? '') };
    });
    yield* list;
    if (last) return;
  }
}

/** Asks again, at most twice, where the answer cannot be read; for questions only, never for what writes. */
async function readable<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof UnreadableAnswer) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** HTTP status of a failed request (500 when there was no answer), 0 for other errors. */
export function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? error.status : 0;
  return typeof status === 'number' ? status : 0;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
