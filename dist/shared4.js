import { constants } from "node:os";
// src/cleanup.ts
/** Newest last; a registration leaves when it has run to its end or was unregistered. */
const registrations = /* @__PURE__ */ new Set();
const SIGNALS = [
	"SIGINT",
	"SIGTERM",
	"SIGHUP"
];
/** How long one cleanup may take before the next one gets its turn. GitHub's runner kills after 10 s. */
const PATIENCE_MS = 5e3;
/** npm hands on the SIGINT that the terminal has sent already; an impatient person is slower than that. */
const SAME_SIGNAL_MS = 500;
let exitHandlerInstalled = false;
let signalHandlersInstalled = false;
let ending = null;
/**
* Registers what to do when the process ends by a signal (or by `runCleanups`). Newest first, one after the
* other, each bounded to five seconds; a failure of one is written to stderr and does not stop the others.
*
* @param run may be asynchronous
* @param options.sync what can be done without waiting; called while the process exits if `run` has not
*   finished by then (uncaught exception, `process.exit`, `run` too slow)
* @returns unregisters; call it when the resource was closed in the ordinary way
*/
function onExit(run, options = {}) {
	if (!exitHandlerInstalled) {
		process.on("exit", onProcessExit);
		exitHandlerInstalled = true;
	}
	const registration = {
		run,
		sync: options.sync
	};
	registrations.add(registration);
	return () => {
		registrations.delete(registration);
	};
}
/**
* On SIGINT, SIGTERM and SIGHUP: run the cleanups, then end by the same signal (exit code 130, 143, 129). A
* second signal ends the waiting: only the synchronous parts run then. Call it once in an entry; calling it
* again does nothing.
*/
function installSignalHandlers() {
	if (signalHandlersInstalled) return;
	signalHandlersInstalled = true;
	for (const signal of SIGNALS) process.on(signal, onSignal);
}
/** Runs and removes everything registered, newest first. Never rejects. */
async function runCleanups() {
	for (let next = newest(registrations); next !== void 0; next = newest(registrations)) {
		const done = await bounded(next);
		registrations.delete(next);
		if (!done) runSync(next);
	}
}
function onSignal(signal) {
	if (ending !== null) {
		if (signal === ending.signal && Date.now() - ending.since < SAME_SIGNAL_MS) return;
		process.exit(exitCode(signal));
	}
	ending = {
		signal,
		since: Date.now()
	};
	runCleanups().then(() => endBy(signal));
}
/** Ends the way an uncaught signal ends, so that a shell or make above stops as well. */
function endBy(signal) {
	for (const each of SIGNALS) process.off(each, onSignal);
	process.kill(process.pid, signal);
	setTimeout(() => process.exit(exitCode(signal)), 50);
}
function onProcessExit() {
	if (ending !== null) process.exitCode = exitCode(ending.signal);
	for (const registration of [...registrations].reverse()) runSync(registration);
	registrations.clear();
}
function runSync(registration) {
	if (registration.sync === void 0) return;
	try {
		registration.sync();
	} catch (error) {
		complain(error);
	}
}
/** @returns whether it came to a good end in time; otherwise its synchronous part is worth a try */
async function bounded({ run }) {
	let timer;
	const late = new Promise((resolve) => {
		timer = setTimeout(() => resolve(false), PATIENCE_MS);
	});
	try {
		return await Promise.race([(async () => run())().then(() => true), late]);
	} catch (error) {
		complain(error);
		return false;
	} finally {
		clearTimeout(timer);
	}
}
function complain(error) {
	process.stderr.write(`migration-gate: clean-up failed: ${error instanceof Error ? error.message : error}\n`);
}
function exitCode(signal) {
	return 128 + constants.signals[signal];
}
function newest(set) {
	let last;
	for (const each of set) last = each;
	return last;
}
export { onExit as n, runCleanups as r, installSignalHandlers as t };
