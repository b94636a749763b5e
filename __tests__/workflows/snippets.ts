import { parse, stringify } from 'yaml';

/** A fenced block of a page, as a whole workflow that can be checked. */
export interface Snippet {
  /** Line of the fence in the page, 1-based. */
  readonly line: number;
  readonly workflow: string;
}

const steps = [{ run: 'true' }];
const job = { 'runs-on': 'ubuntu-latest', steps };

/** Every workflow, job or list of steps in a page of Markdown; other YAML (config files) is left out. */
export function snippetsOf(markdown: string): Snippet[] {
  return [...markdown.matchAll(/^```ya?ml\n([\s\S]*?)^```/gm)].flatMap(({ 1: block = '', index }) => {
    const workflow = wholeWorkflow(block);
    return workflow === null ? [] : [{ line: markdown.slice(0, index).split('\n').length, workflow }];
  });
}

/** A whole workflow stays as it is written; a part gets around it what every workflow has. */
function wholeWorkflow(block: string): string | null {
  const value: unknown = parse(block);
  if (Array.isArray(value)) {
    return value.some(isStep)
      ? stringify({ on: 'pull_request', jobs: { job: { ...job, steps: value } } })
      : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  if ('jobs' in value) return 'on' in value ? block : stringify({ on: 'pull_request', ...value });
  if ('steps' in value) return stringify({ on: 'pull_request', jobs: { job: { ...job, ...value } } });
  if ('on' in value) return stringify({ ...value, jobs: { job } });
  return null;
}

const isStep = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && ('uses' in value || 'run' in value);
