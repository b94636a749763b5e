import type { Finding } from './model.ts';

/** A line of code that a finding is about, and the words about where it stands. */
export type UseLine = NonNullable<Finding['uses']>[number] & { readonly where: string };

/** The lines that still name what goes, with the words for the tree that has them. */
export const useLines = ({ uses = [] }: Finding): UseLine[] =>
  uses.map((use) => ({ ...use, where: use.tree === 'base' ? 'in base' : 'in head' }));

/** `Names users.email or looks like it:` */
export function usesTitle({ object }: Finding): string {
  const name = object === null ? 'it' : object.split('.').slice(-2).join('.');
  return `Code that names ${name} or looks like it:`;
}
