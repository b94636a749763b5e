import { noOptions, type Options } from '../../src/config/options.ts';
import { gate } from '../../src/gate.ts';
import type { Report } from '../../src/report/model.ts';
import { assertValidReport } from '../report/validate.ts';

/** Both sides by name, and nothing else. */
export const optionsFor = (repo: string, base: string, head: string): Options => ({
  ...noOptions,
  repo,
  base,
  head,
  shadow: 'embedded',
});

/** The whole gate in this process: a branch against `main`. */
export async function gateOf(repo: string, base = 'main', head = 'HEAD'): Promise<Report> {
  const report = await gate({ options: optionsFor(repo, base, head) });
  assertValidReport(JSON.parse(JSON.stringify(report)));
  return report;
}

/** The finding of a rule, which must be there once. */
export function only(report: Report, rule: string): Report['findings'][number] {
  const found = report.findings.filter((finding) => finding.rule === rule);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(
      `${found.length} findings of ${rule}: ${JSON.stringify(report.findings, null, 1)} ${report.undecided?.message}`,
    );
  }
  return first;
}
