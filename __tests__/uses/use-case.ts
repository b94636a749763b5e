/** A small repository, what is dropped from its database, and the lines that name it. */
export interface UseCase {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** `users.email` or `users`. */
  readonly drops: string;
  /** `file:line likely` or `file:line possible`, in the order of the output. */
  readonly found: readonly string[];
}
