import { workflowScalar } from './yaml-text.ts';

/** One step of a job, as far as set-up steps need it. */
export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
  /** From the root of the repository; '' = the root. */
  readonly directory?: string;
  /** Why it is there, behind its first line. */
  readonly why?: string;
}

/** The step as lines of a job's `steps:`. */
export function stepText({ uses, run, with: given, env, directory = '', why }: Step): string {
  const first = uses === undefined ? `run: ${workflowScalar(run ?? '')}` : `uses: ${uses}`;
  const map = (name: string, values: Readonly<Record<string, string | number | boolean>> | undefined) =>
    values === undefined
      ? []
      : [
          `        ${name}:`,
          ...Object.entries(values).map(([key, value]) => `          ${key}: ${workflowScalar(value)}`),
        ];
  return [
    `      - ${first}${why === undefined ? '' : ` # ${why}`}`,
    ...map('with', given),
    ...(directory === '' || uses !== undefined
      ? []
      : [`        working-directory: ${workflowScalar(directory)}`]),
    ...map('env', env),
  ].join('\n');
}
