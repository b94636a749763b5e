import { didYouMean } from '../config/nearest.ts';
import { UserError } from '../errors.ts';
import { ruleNames, rules } from '../rules/index.ts';
import { defaultOf, rulePage } from '../rules/page.ts';

/** Prints a rule's page, or the list of rules. */
export function explain(name: string | undefined): void {
  if (name === undefined) {
    const width = Math.max(...ruleNames.map(({ length }) => length));
    for (const rule of rules) {
      process.stdout.write(`${rule.name.padEnd(width)}  ${defaultOf(rule).padEnd(7)}  ${rule.summary}\n`);
    }
    return;
  }
  const rule = rules.find((one) => one.name === name);
  if (rule === undefined) {
    throw new UserError(`There is no rule ${JSON.stringify(name)}.${didYouMean(name, ruleNames)}`);
  }
  process.stdout.write(rulePage(rule));
}
