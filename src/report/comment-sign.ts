/** How a comment begins in the language of a migration file. */
export function commentSign(file: string): string {
  if (/\.(?:py|rb|exs?|ya?ml)$/.test(file)) return '#';
  if (/\.(?:[cm]?[jt]sx?|go|rs|kt|java)$/.test(file)) return '//';
  return '--';
}
