import type { Finding } from '../report/model.ts';
import { inToolWords } from '../tools/words/words.ts';
import type { FindingDraft, Fix, RuleContext } from './rule.ts';

/** The fix as code, where the file is a program of a tool that has words for it. */
export function codeOf(
  { tool, migrations }: RuleContext,
  { file, migration, statement }: FindingDraft,
  { parts }: Fix,
): Pick<NonNullable<Finding['fix']>, 'code'> {
  const { title, words } = tool;
  if (words === undefined || parts === undefined || file === null || file.endsWith('.sql')) return {};
  const trace = migrations.find((one) => one.file === file && one.version === migration);
  const kept = statement === undefined ? null : (trace?.statements[statement]?.sql ?? null);
  const code = inToolWords({ title, words }, parts, { file, kept });
  return code === null ? {} : { code };
}

/** A call of a program may send several statements, which all stand on its line. */
export function isOneOfSeveral({ migrations }: RuleContext, { file, line }: FindingDraft): boolean {
  const here = migrations.filter((migration) => migration.file === file);
  return here.flatMap(({ statements }) => statements.filter((one) => one.line === line)).length > 1;
}
