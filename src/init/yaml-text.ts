import { stringify } from 'yaml';
import { visibleLine } from '../report/visible.ts';

/** A value on one line, quoted where YAML needs it. */
export const scalar = (value: string | number | boolean): string =>
  stringify(value, { lineWidth: 0, blockQuote: false }).trimEnd();

/** As `scalar`, in a workflow: a name that looks like an expression of GitHub's must not be evaluated. */
export const workflowScalar = (value: string | number | boolean): string =>
  scalar(typeof value === 'string' ? value.replaceAll('${{', () => "${{ '${{' }}") : value);

/** Text for behind a `#`: one line, whatever it holds. */
export const comment = (text: string): string => visibleLine(text, 300);
