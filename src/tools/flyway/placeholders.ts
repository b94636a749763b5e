import { DATABASE, OWNER } from '../../shadow/roles.ts';
import type { FlywaySettings } from './settings.ts';

/** A text with its placeholders replaced, or the first one that has no value. */
export type Replaced = { readonly text: string } | { readonly missing: string; readonly at: number };

/** The values of `${flyway:…}`: what they are on the shadow. Times are the same in every run. */
export function builtIn(settings: FlywaySettings, filename: string): Record<string, string> {
  const named = (name: string) => `flyway${settings.placeholderSeparator}${name}`;
  return {
    [named('defaultSchema')]: settings.defaultSchema ?? settings.schemas[0] ?? 'public',
    [named('user')]: OWNER,
    [named('database')]: DATABASE,
    [named('timestamp')]: '2000-01-01 00:00:00',
    [named('filename')]: filename,
    [named('workingDirectory')]: '.',
    [named('table')]: settings.table,
    [named('environment')]: 'default',
  };
}

/**
 * Replaces placeholders as `PlaceholderReplacingReader` does: everywhere, in comments and strings too, names without
 * regard to case, values not looked into again.
 */
export function replacePlaceholders(
  text: string,
  values: Readonly<Record<string, string>>,
  { placeholderPrefix: prefix, placeholderSuffix: suffix }: FlywaySettings,
): Replaced {
  if (prefix === '' || suffix === '' || !text.includes(prefix)) return { text };
  const known = new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
  let replaced = '';
  let done = 0;
  for (let at = text.indexOf(prefix); at !== -1; at = text.indexOf(prefix, done)) {
    const end = text.indexOf(suffix, at + prefix.length);
    const name = text.slice(at + prefix.length, end === -1 ? text.length : end);
    const value = end === -1 ? undefined : known.get(name.toLowerCase());
    if (value === undefined) return { missing: `${prefix}${name.slice(0, 80)}${suffix}`, at };
    replaced += text.slice(done, at) + value;
    done = end + suffix.length;
  }
  return { text: replaced + text.slice(done) };
}
