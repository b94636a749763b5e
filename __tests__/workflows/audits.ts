import { parse } from 'yaml';

// What must hold for the project's own workflows beyond being valid. Each audit says what is wrong, in words, and nothing else.

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly steps?: readonly Step[];
  readonly uses?: string;
  readonly permissions?: unknown;
  readonly 'timeout-minutes'?: number;
  readonly 'runs-on'?: unknown;
}

interface Workflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** What is wrong with a workflow, one sentence each. */
export function audit(text: string): string[] {
  const workflow = parse(text) as Workflow;
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, { steps: all = [] }]) => all);
  return [
    ...unpinned(text),
    ...triggers(workflow.on),
    ...undocumented(text),
    ...(isEmpty(workflow.permissions)
      ? []
      : ['permissions are given to all jobs: `permissions: {}` belongs at the top']),
    ...(workflow.concurrency === undefined ? ['no concurrency'] : []),
    ...jobs.flatMap(([name, job]) => [
      ...(job.permissions === undefined ? [`${name}: no permissions`] : []),
      ...(typeof job.permissions === 'string' ? [`${name}: permissions: ${job.permissions}`] : []),
      ...(job['timeout-minutes'] === undefined && job.uses === undefined
        ? [`${name}: no timeout-minutes`]
        : []),
      ...(/-latest\b|self-hosted/.test(JSON.stringify(job['runs-on'] ?? ''))
        ? [`${name}: any runner may come`]
        : []),
    ]),
    ...steps.flatMap(({ run = '' }) =>
      run.includes('${{')
        ? [`an expression in a script: ${run.slice(run.indexOf('${{')).split('\n')[0]}`]
        : [],
    ),
    ...steps.flatMap(({ uses = '', with: inputs = {} }) =>
      uses.startsWith('actions/checkout@') && inputs['persist-credentials'] !== false
        ? ['actions/checkout leaves the token in the checkout']
        : [],
    ),
    ...(text.includes('secrets: inherit') ? ['secrets: inherit'] : []),
  ];
}

const isEmpty = (permissions: unknown): boolean =>
  typeof permissions === 'object' && permissions !== null && Object.keys(permissions).length === 0;

/** A tag can be moved by whoever took its repository over; a commit cannot. */
function unpinned(text: string): string[] {
  return [...text.matchAll(/^\s*(?:-\s+)?uses:\s*(.*)$/gm)].flatMap(([, used = '']) =>
    /^\.\/?\S*$/.test(used) || /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used)
      ? []
      : [`not pinned: ${used}`],
  );
}

/** They run what a stranger wrote with the rights of the base branch. */
function triggers(on: unknown): string[] {
  const names = typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on ?? {});
  return ['pull_request_target', 'workflow_run', 'issue_comment']
    .filter((name) => names.includes(name))
    .map((name) => `on: ${name}`);
}

/** Each line under `permissions:` says what it is needed for. */
function undocumented(text: string): string[] {
  return [...text.matchAll(/^\s+[a-z-]+: (?:read|write)\b(?!.* # \S).*$/gm)].map(
    ([line]) => `no reason: ${line.trim()}`,
  );
}
