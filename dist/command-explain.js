import { t as didYouMean } from "./shared17.js";
import { n as UserError } from "./shared6.js";
import { i as rules, r as ruleNames } from "./rules.js";
import { n as rulePage, t as defaultOf } from "./shared35.js";
// src/command/explain.ts
/** Prints a rule's page, or the list of rules. */
function explain(name) {
	if (name === void 0) {
		const width = Math.max(...ruleNames.map(({ length }) => length));
		for (const rule of rules) process.stdout.write(`${rule.name.padEnd(width)}  ${defaultOf(rule).padEnd(7)}  ${rule.summary}\n`);
		return;
	}
	const rule = rules.find((one) => one.name === name);
	if (rule === void 0) throw new UserError(`There is no rule ${JSON.stringify(name)}.${didYouMean(name, ruleNames)}`);
	process.stdout.write(rulePage(rule));
}
export { explain };
