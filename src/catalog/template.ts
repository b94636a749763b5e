/**
 * Canonical text is kept with the container's and the object's own name taken out, so that a renamed table
 * does not make its indexes differ. The tokens begin with NUL, which no Postgres text can hold.
 */
export const ownToken = '\0o';
export const containerToken = '\0c';

/** The text with quoted names put in. */
export function fill(template: string, names: { own: string; container: string }): string {
  return template.replaceAll(ownToken, () => names.own).replaceAll(containerToken, () => names.container);
}

/** Replaces a prefix that was built from the catalog's own names. A definition that begins otherwise is kept
 * whole, so that it compares as different rather than as equal. */
export function maskPrefix(definition: string, prefix: string, replacement: string): string {
  return definition.startsWith(prefix) ? replacement + definition.slice(prefix.length) : definition;
}
