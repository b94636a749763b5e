import type { SchemaChange } from './model.ts';

/**
 * True for what belongs to the database itself and not to a schema: its settings, privileges and comment, and
 * subscriptions. A copy of a database (CREATE DATABASE … TEMPLATE) has at most those that its source had, since statements
 * that change them name the source.
 */
export function isOfDatabase({ type, name }: SchemaChange): boolean {
  if (type === 'subscription') return true;
  if (type === 'setting') return name.startsWith('database.') || name.endsWith(' in database');
  return name === 'database' && (type === 'privilege' || type === 'comment' || type === 'security-label');
}
