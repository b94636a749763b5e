import { r as runCleanups } from "./shared4.js";
import { i as placed, t as Undecided } from "./shared6.js";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
// src/under-way.ts
/** What is being run, oldest first: two servers may each be running something. */
const running = /* @__PURE__ */ new Set();
let last = null;
/** Does work that a place of the repository asks for. Should the run have to be ended meanwhile, that is where it stood. */
async function underWay(where, work) {
	const mine = () => where();
	running.add(mine);
	try {
		return await work();
	} finally {
		running.delete(mine);
		last = mine;
	}
}
/**
* Where the work stands that has been going on longest; with none under way, what was run last in this step.
*
* @param of `one`: only one of them is meant, and it cannot be told which; so there is no place where files differ
*/
function placeUnderWay(of = "all") {
	const [oldest = last] = running;
	const place = oldest?.();
	return (of === "all" ? [] : [...running].slice(1)).every((where) => where()?.file === place?.file) ? place : void 0;
}
/** Something else is begun: what was run last is not where it stands. */
function beginStep() {
	last = null;
}
/** A run begins that has done nothing yet. */
function forgetUnderWay() {
	running.clear();
	last = null;
}
// src/limits.ts
/** How long one statement may run: the shadow is empty, so that what takes longer waits or loops. */
const STATEMENT_LIMIT_MS = 6e4;
/** Of the whole time, so that a statement which does not end is told of before the run itself is ended. */
const STATEMENT_SHARE = 1 / 4;
/** How much the databases of one server may hold, in bytes. */
const DISK_LIMIT = 2 * 1024 ** 3;
/** The place must not cost the reason. */
function placedUnderWay(why) {
	try {
		const place = placeUnderWay(why.reason === "timeout" ? "all" : "one");
		return place === void 0 ? why : placed(why, place);
	} catch {
		return why;
	}
}
/**
* Does the work within a time limit. When that is reached, or `end` is called, servers and containers are stopped at
* once, and what is still under way fails for want of them. The reason names the statement that was being run.
*
* @param minutes of the whole work
* @param doing what was under way last, for the message
* @throws Undecided `timeout`, or the reason that `end` was given
*/
async function limited(minutes, doing, work) {
	const controller = new AbortController();
	let reason = null;
	forgetUnderWay();
	const end = (why) => {
		reason ??= placedUnderWay(why);
		controller.abort();
	};
	const timer = setTimeout(() => {
		end(new Undecided("timeout", `The check did not end within ${minutes} minutes (timeout-minutes); last it was ${doing()}. A statement that waits for another session, or a loop, does not end; raise timeout-minutes if the history is really that long.`));
	}, minutes * 6e4);
	const aborted = new Promise((_, reject) => {
		controller.signal.addEventListener("abort", () => {
			runCleanups().then(async () => {
				await setTimeout$1(100);
				reject(reason);
			});
		});
	});
	try {
		const result = await Promise.race([work({
			signal: controller.signal,
			statementMs: Math.min(STATEMENT_LIMIT_MS, minutes * 6e4 * STATEMENT_SHARE),
			end
		}), aborted]);
		return reason === null ? result : await aborted;
	} catch (error) {
		if (reason === null) throw error;
		return await aborted;
	} finally {
		clearTimeout(timer);
	}
}
export { underWay as a, beginStep as i, STATEMENT_LIMIT_MS as n, limited as r, DISK_LIMIT as t };
