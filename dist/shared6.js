// src/errors.ts
/** Wrong use: a bad option, a broken config file, an unknown ref. Exit code 2, no report. */
var UserError = class extends Error {
	name = "UserError";
	place;
	/** @param message what happened and what to do, one or more sentences, without a stack */
	constructor(message, options = {}) {
		super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
		this.place = options.place;
	}
};
/** The same error with the place where the work was when it was thrown, if it is an `Undecided` that names none. */
function placed(error, place) {
	if (!(error instanceof Undecided) || error.place !== void 0) return error;
	return new Undecided(error.reason, error.message, {
		place,
		cause: error
	});
}
/**
* The gate could not decide, which is never green: verdict `undecided`, exit code 2, and a report that says
* why. Throw it from any room; the pipeline turns it into the report.
*/
var Undecided = class extends Error {
	name = "Undecided";
	reason;
	place;
	constructor(reason, message, options = {}) {
		super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
		this.reason = reason;
		this.place = options.place;
	}
};
/** What went wrong first, where what was open could not be closed after it either (`await using` tells of both in one). */
function firstOf(error) {
	return error instanceof Error && error.name === "SuppressedError" && "suppressed" in error ? firstOf(error.suppressed) : error;
}
export { placed as i, UserError as n, firstOf as r, Undecided as t };
