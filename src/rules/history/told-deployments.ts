import type { LooseDeployment } from '../../history/deployments.ts';
import type { FindingDraft, RuleContext } from '../rule.ts';

/**
 * One finding at the first line that deploys in this way, which lists them all.
 *
 * @param does what the first line's file does, as the end of a title
 */
export function toldDeployments(
  { looseDeployments = [] }: RuleContext,
  kind: LooseDeployment['kind'],
  does: string,
): FindingDraft[] {
  const found = looseDeployments.filter((one) => one.kind === kind);
  const [first] = found;
  if (first === undefined) return [];
  const others = found.length - 1;
  const list = found.slice(0, 10).map(({ file, line, command }) => `${file}:${line}: ${command}`);
  return [
    {
      migration: null,
      file: first.file,
      line: first.line,
      endLine: first.line,
      object: null,
      title: `${first.file} ${does}${others > 0 ? `, and so do ${others} more lines` : ''}`,
      message: first.why,
      evidence: null,
      fix: null,
      detail: { language: 'text', text: list.join('\n') },
    },
  ];
}
