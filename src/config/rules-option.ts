import { UserError } from '../errors.ts';
import type { Severity } from '../rules/rule.ts';
import { didYouMean } from './nearest.ts';

const severities = ['error', 'warning', 'notice', 'off'] as const satisfies readonly (Severity | 'off')[];

/**
 * Severities that the caller sets for every repository: `RULE: SEVERITY`, one on a line or several between commas.
 *
 * @throws UserError for what is no rule or no severity
 */
export function rulesOption(
  text: string | null,
  ruleNames: readonly string[],
): Readonly<Record<string, Severity | 'off'>> {
  const entries = (text ?? '').split(/[\n,]/).map((line) => line.trim());
  return Object.fromEntries(entries.filter((entry) => entry !== '').map((entry) => pair(entry, ruleNames)));
}

function pair(entry: string, ruleNames: readonly string[]): [string, Severity | 'off'] {
  const [rule = '', word = '', ...rest] = entry.split(':').map((part) => part.trim());
  if (!ruleNames.includes(rule))
    throw new UserError(`rules: there is no rule ${JSON.stringify(rule)}.${didYouMean(rule, ruleNames)}`);
  if (rule === 'gate-weakened')
    throw new UserError("rules: the severity of gate-weakened is set in the base branch's config alone.");
  const severity = severities.find((one) => one === word);
  if (severity === undefined || rest.length > 0)
    throw new UserError(
      `rules: ${JSON.stringify(entry)} is not RULE: SEVERITY with ${severities.join(', ')}.`,
    );
  return [rule, severity];
}
