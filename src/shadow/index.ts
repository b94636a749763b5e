import { closest } from 'fastest-levenshtein';
import { UserError } from '../errors.ts';
import type { Shadow, ShadowOptions, ShadowProvider } from './shadow.ts';

export { cacheDirectory } from './cache.ts';

/** Loaded when chosen: what one provider needs is nothing to the others. A new provider is one line here. */
const providers: { readonly [name in Shadow['provider']]?: () => Promise<ShadowProvider> } = {
  embedded: async () => (await import('./embedded.ts')).embedded,
};

/**
 * Boots a throw-away Postgres.
 *
 * @param options.shadow `auto`, a provider's name, or a database URL
 * @throws UserError for a name that does not exist
 * @throws Undecided `shadow-unavailable` when no server could be started
 */
export async function startShadow(options: ShadowOptions & { readonly shadow: string }): Promise<Shadow> {
  const load = providers[providerName(options.shadow)];
  if (load === undefined) throw unknownShadow(options.shadow);
  return (await load()).start(options);
}

function providerName(shadow: string): Shadow['provider'] {
  if (shadow === 'auto') return 'embedded';
  if (isUrl(shadow)) return 'url';
  const name = (['embedded', 'docker', 'local'] as const).find((each) => each === shadow);
  if (name === undefined) throw unknownShadow(shadow);
  return name;
}

function isUrl(shadow: string): boolean {
  return /^postgres(ql)?:\/\//i.test(shadow);
}

function unknownShadow(shadow: string): UserError {
  const known = ['auto', ...Object.keys(providers)];
  // A URL holds a password.
  const what = isUrl(shadow) ? 'a database URL' : JSON.stringify(shadow);
  const near = isUrl(shadow) ? '' : ` Did you mean ${closest(shadow, known)}?`;
  return new UserError(`There is no shadow ${what}. There is: ${known.join(', ')}.${near}`);
}
