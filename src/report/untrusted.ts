import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Report } from './model.ts';
import schema from './report.schema.json' with { type: 'json' };

const validate = new Ajv2020({ strict: false }).compile(schema);

/**
 * A report that somebody else's run wrote, as text. What it holds is that run's word: it may be shown, and decides nothing.
 *
 * @throws Error for what is no JSON, is not as the schema says, or contradicts itself
 */
export function untrustedReport(text: string): Report {
  const value: unknown = JSON.parse(text);
  if (!validate(value)) {
    const [problem] = validate.errors ?? [];
    throw new Error(`it is not as the schema says: ${problem?.instancePath} ${problem?.message}`);
  }
  const report = value as unknown as Report;
  const live = report.findings.filter(({ allowed }) => allowed === null);
  const count = (severity: string): number => live.filter((finding) => finding.severity === severity).length;
  const counts = {
    error: count('error'),
    warning: count('warning'),
    notice: count('notice'),
    allowed: report.findings.length - live.length,
  };
  const { failOn, undecided } = report;
  const blocking = failOn === 'never' ? 0 : counts.error + (failOn === 'warning' ? counts.warning : 0);
  const verdict = undecided !== null ? 'undecided' : blocking > 0 ? 'blocked' : 'pass';
  if (verdict !== report.verdict)
    throw new Error(`its findings are ${verdict}, and it says ${report.verdict}`);
  // Only the run that may look labels up can know of one; a diagram is a program for the reader's browser.
  const { override: _label, databases, ...rest } = report;
  return { ...rest, counts, databases: databases.map(({ erDiagram: _diagram, ...database }) => database) };
}
