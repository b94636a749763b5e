import type { RuleHelp } from '../report/sarif.ts';
import { rules } from './index.ts';
import { rulePage } from './page.ts';

/** Every rule as outputs describe it that carry their own documentation. */
export const ruleHelp = (): RuleHelp[] =>
  rules.map((rule) => ({
    name: rule.name,
    severity: rule.severity,
    on: rule.byDefault !== 'off',
    summary: rule.summary,
    why: rule.why,
    markdown: rulePage(rule),
  }));
