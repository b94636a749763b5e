import { createHmac, randomBytes } from 'node:crypto';
import { literal } from '../../sql/names.ts';

/** Of this process: values can be compared within it and cannot be guessed from a report. */
const key = randomBytes(32);

/** Stands for a value that is not shown; equal values look alike for as long as the process runs. */
const hidden = (value: string): string =>
  `<hidden ${createHmac('sha256', key).update(value).digest('hex').slice(0, 8)}>`;

const secretive = /pass|secret|token|key|credential|private|auth|jwt|cert|conninfo|dsn|uri|url/i;

/** A setting's value as a literal, hidden where its name speaks of a secret. */
export const shownValue = (name: string, value: string): string =>
  secretive.test(name) ? hidden(value) : literal(value);

/** Options of foreign data wrappers that PostgreSQL itself documents and that hold no secret. */
const plain: ReadonlySet<string> = new Set(
  `host hostaddr port dbname user application_name sslmode connect_timeout target_session_attrs keepalives
   keepalives_idle keepalives_interval keepalives_count options client_encoding fallback_application_name
   gssencmode load_balance_hosts channel_binding schema_name table_name column_name use_remote_estimate
   fdw_startup_cost fdw_tuple_cost fetch_size batch_size updatable truncatable async_capable parallel_commit
   parallel_abort analyze_sampling extensions keep_connections format header delimiter quote escape null encoding
   force_not_null force_null filename debug`.split(/\s+/),
);

/** `name=value` options of a foreign data wrapper, server, table or user mapping as SQL, in a stable order. */
export const optionsList = (options: readonly string[] | null): string =>
  [...(options ?? [])]
    .map((option): [string, string] => {
      const at = option.indexOf('=');
      return [option.slice(0, at), option.slice(at + 1)];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name} ${plain.has(name) ? literal(value) : hidden(value)}`)
    .join(', ');

/** A connection string, of which only what is known to be no secret is shown. */
export function shownConnection(text: string): string {
  const pairs = [...text.matchAll(/\s*([\w.]+)\s*=\s*('(?:[^'\\]|\\.)*'|[^\s']+)/gs)];
  if (pairs.map(([all]) => all).join('').length !== text.trimEnd().length) return hidden(text);
  return pairs
    .map(([, name = '', value = '']) => `${name}=${plain.has(name) ? value : hidden(value)}`)
    .join(' ');
}
