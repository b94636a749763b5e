/**
 * The two kinds of failure that a user is told about. Everything else that is thrown is a defect of the
 * product and is shown with its stack.
 */

/** Where in the repository the user should look. `line` is 1-based. */
export interface Place {
  readonly file: string;
  readonly line?: number | undefined;
}

/** Wrong use: a bad option, a broken config file, an unknown ref. Exit code 2, no report. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly place: Place | undefined;

  /** @param message what happened and what to do, one or more sentences, without a stack */
  constructor(message: string, options: { place?: Place | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.place = options.place;
  }
}

/** The same error with the place where the work was when it was thrown, if it is an `Undecided` that names none. */
export function placed(error: unknown, place: Place): unknown {
  if (!(error instanceof Undecided) || error.place !== undefined) return error;
  return new Undecided(error.reason, error.message, { place, cause: error });
}

/** Why the gate could not come to a verdict; part of the JSON report (`undecided.reason`). */
export type UndecidedReason =
  | 'base-does-not-apply'
  | 'base-not-available'
  | 'merge-conflict'
  | 'ambiguous-configuration'
  | 'invalid-configuration'
  | 'shadow-unavailable'
  | 'unsupported-tool'
  | 'not-observed'
  | 'timeout'
  | 'internal-error';

/**
 * The gate could not decide, which is never green: verdict `undecided`, exit code 2, and a report that says
 * why. Throw it from any room; the pipeline turns it into the report.
 */
export class Undecided extends Error {
  override readonly name = 'Undecided';
  readonly reason: UndecidedReason;
  readonly place: Place | undefined;

  constructor(
    reason: UndecidedReason,
    message: string,
    options: { place?: Place | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.reason = reason;
    this.place = options.place;
  }
}

/** What went wrong first, where what was open could not be closed after it either (`await using` tells of both in one). */
export function firstOf(error: unknown): unknown {
  const both = error instanceof Error && error.name === 'SuppressedError' && 'suppressed' in error;
  return both ? firstOf(error.suppressed) : error;
}
