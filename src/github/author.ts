import { z } from 'zod';
import { statusOf } from './answers.ts';
import type { Api } from './api.ts';

/** Who wrote a comment; null where the account is gone. */
export const author = z.object({ login: z.string(), type: z.string() }).nullish();
type Author = z.infer<typeof author>;

/** Whom the token of a workflow run writes as. */
const WORKFLOW_BOT = 'github-actions[bot]';

/** Says whether the token's own user wrote something. Asks for the user once, when first needed. */
export function ownAuthor(api: Api): (by: Author) => Promise<boolean> {
  let known: Promise<string> | null = null;
  return async (by) => {
    known ??= whoAmI(api);
    const login = await known;
    return by != null && by.login === login && (by.type === 'Bot') === login.endsWith('[bot]');
  };
}

const viewer = z.object({ viewer: z.object({ login: z.string() }) });
const user = z.object({ login: z.string() });

/**
 * The login that the token writes as. GraphQL's `viewer` knows it for every kind of token. Where GraphQL is
 * not to be had, REST's `/user` knows it for a person's token and refuses an app's; then it is taken for
 * the workflow's own.
 */
async function whoAmI(api: Api): Promise<string> {
  const asked = [
    async () => viewer.parse(await api.graphql('query { viewer { login } }')).viewer.login,
    async () => user.parse((await api.rest.users.getAuthenticated()).data).login,
  ];
  for (const ask of asked) {
    try {
      return await ask();
    } catch (error) {
      if (statusOf(error) >= 500) throw error;
    }
  }
  return WORKFLOW_BOT;
}
