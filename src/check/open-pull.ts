/** A branch that may be merged before this one. */
export interface OpenPull {
  /** `#12`, or a reference. */
  readonly name: string;
  /** Null: `name` is a reference. */
  readonly number: number | null;
  readonly title: string | null;
  /** Name of its branch. */
  readonly ref: string;
  /** Comes from another repository. */
  readonly fork: boolean;
}

/** Who knows of other open pull requests. */
export interface PullSource {
  /** The one that is checked comes from another repository itself, so that its job has neither secrets nor a token that writes. */
  readonly fork: boolean;
  /** Those that touch one of these directories, newest first; one sentence each for what could not be looked at. */
  find(
    directories: readonly string[],
  ): Promise<{ readonly pulls: readonly OpenPull[]; readonly notes: readonly string[] }>;
}
