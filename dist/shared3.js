import { f as startGroup, l as setFailed, n as endGroup } from "./shared2.js";
import { randomUUID } from "node:crypto";
import { EOL } from "node:os";
// src/github/log.ts
let stoppedBy = null;
/** A folded part of the log in which everything is mere text. `title` is the product's own words. */
async function group(title, work) {
	startGroup(title);
	stopCommands();
	try {
		return await work();
	} finally {
		resumeCommands();
		endGroup();
	}
}
/** Writes text that the runner must not obey. */
function print(text) {
	const alone = stoppedBy === null;
	if (alone) stopCommands();
	process.stdout.write(text.replaceAll("\0", "").replace(/\r?\n?$/, EOL));
	if (alone) resumeCommands();
}
/** For the way out of a crash, which may come from inside a group. */
function resumeCommands() {
	if (stoppedBy !== null) process.stdout.write(`::${stoppedBy}::${EOL}`);
	stoppedBy = null;
}
function stopCommands() {
	stoppedBy = randomUUID();
	process.stdout.write(`::stop-commands::${stoppedBy}${EOL}`);
}
// src/github/fail-closed.ts
process.exitCode = 1;
process.on("uncaughtException", failUnexpectedly);
process.on("unhandledRejection", failUnexpectedly);
/** Ends the process at once; what has to be cleaned up hangs on its `exit` event. */
function failUnexpectedly(error) {
	resumeCommands();
	setFailed(`migration-gate failed unexpectedly, which is a defect of it: ${stackOf(error)}`);
	process.exit(1);
}
/** Anything can be thrown: `throw undefined` must be as red as an Error. */
function stackOf(error) {
	if (error instanceof Error) {
		const cause = error.cause === void 0 ? "" : `\ncaused by: ${stackOf(error.cause)}`;
		return `${error.stack ?? `${error.name}: ${error.message}`}${cause}`;
	}
	return `something that is no Error was thrown: ${String(error)}`;
}
export { print as i, stackOf as n, group as r, failUnexpectedly as t };
