import { availableParallelism } from 'node:os';
import { checkDatabase } from './check/database.ts';
import type { PullSource } from './check/open-pull.ts';
import { openPullRequests } from './check/open-pulls.ts';
import { loadConfig } from './config/load.ts';
import type { Config, Options } from './config/options.ts';
import { Undecided, UserError } from './errors.ts';
import { openTrees } from './git/trees.ts';
import { limited } from './limits.ts';
import { buildReport } from './report/build.ts';
import type { Finding, Report } from './report/model.ts';
import { weakenedFinding } from './rules/configuration/gate-weakened.ts';
import { ruleDefaults, ruleNamed } from './rules/index.ts';
import { isServerUrl } from './shadow/index.ts';
import { sideBySide } from './side-by-side.ts';
import { loadParser } from './sql/parse.ts';
import { beginStep } from './under-way.ts';

export interface GateInput {
  readonly options: Options;
  /** For fetching commits that a shallow checkout lacks; never shown. */
  readonly token?: { readonly serverUrl: string; readonly value: string } | null;
  /** What people call both sides, where the options give object names: branches of the `origin` remote. */
  readonly names?: { readonly base: string; readonly head: string };
  /** False: head is taken as it is, however base went on (a push is compared with what was there before). */
  readonly mergeHead?: boolean;
  /** Who knows of other open pull requests; null: nobody is asked here, absent: nobody could be. */
  readonly openPulls?: PullSource | null;
  /** Short sentences about what is going on. */
  readonly onProgress?: (message: string) => void;
}

/**
 * The whole pipeline: base and head, their histories, what changed in them, the shadow, the findings, the
 * verdict.
 *
 * @throws UserError for wrong use. What cannot be decided is no exception but a report that says so.
 */
export async function gate(input: GateInput): Promise<Report> {
  const { options, names, token = null, mergeHead = true, onProgress = () => {} } = input;
  let base: Report['base'] = { ref: names?.base ?? options.base ?? 'default branch', sha: null };
  let head: Report['head'] = { ref: names?.head ?? options.head ?? 'working tree', sha: null };
  const since = performance.now();
  try {
    await using trees = await openTrees({ ...options, token, mergeHead, onProgress });
    // After git: the more memory a program has, the longer it takes to start another.
    await loadParser();
    base = { ref: names?.base ?? trees.base.ref, sha: trees.base.sha };
    head = { ref: names?.head ?? trees.head.ref, sha: trees.head.sha };
    const baseRef = names === undefined ? base.ref : `origin/${base.ref}`;

    const config = await configOf(options, trees);
    let doing = 'at the start';
    const progress = (message: string) => {
      doing = message;
      beginStep();
      onProgress(message);
    };
    const baseName = base.ref;
    const checks = await limited(
      config.timeoutMinutes,
      () => doing,
      (limits) =>
        sideBySide(config.databases, atOnce(options), (database) =>
          checkDatabase({
            database,
            config,
            options,
            trees,
            baseName,
            baseRef,
            limits,
            onProgress: (message) =>
              progress(config.databases.length > 1 ? `${database.name}: ${message}` : message),
          }),
        ),
    );
    const report = buildReport({
      base,
      head,
      failOn: config.failOn,
      databases: checks.flatMap(({ report }) => report ?? []),
      findings: [...weakenedFinding(config), ...oncePerRun(checks.flatMap(({ findings }) => findings))],
      undecided: checks.map(({ undecided }) => undecided).find((reason) => reason !== null) ?? null,
      notes: [
        ...trees.notes,
        ...config.notes,
        ...checks.flatMap(({ notes }) => notes),
        ...nobodyToAsk(config, input),
      ],
      notChecked: checks.flatMap(({ notChecked }) => notChecked),
    });
    const source = config.checkOpenPrs ? (input.openPulls ?? null) : null;
    if (source === null && options.also.length === 0) return report;
    const minutes = config.timeoutMinutes - (performance.now() - since) / 60_000;
    const sides = checks.flatMap(({ side }) => side ?? []);
    const found = await openPullRequests({ source, also: options.also, trees, sides, minutes, onProgress });
    return { ...report, openPullRequests: found };
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    const nothing = { databases: [], findings: [], notes: [], notChecked: [] };
    return buildReport({ ...nothing, base, head, failOn: options.failOn ?? 'error', undecided: error });
  }
}

/** Each database has a server of its own; on a URL's server they would see each other's roles. */
const atOnce = ({ shadow }: Options): number =>
  isServerUrl(shadow) ? 1 : Math.min(4, availableParallelism());

const nobodyToAsk = ({ checkOpenPrs }: Config, { openPulls, options }: GateInput): string[] =>
  checkOpenPrs && openPulls === undefined && options.also.length === 0
    ? [
        'check-open-prs asks GitHub, which only the action does; on the command line name other branches: --also REF.',
      ]
    : [];

/** Advice that several databases would repeat. */
function oncePerRun(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, allowed }) => {
    if (allowed !== null || ruleNamed(rule)?.oncePerRun !== true) return true;
    if (seen.has(rule)) return false;
    seen.add(rule);
    return true;
  });
}

/** A mistake in the repository's config file is the pull request's to mend, so that its comment has to say it. */
async function configOf(options: Options, trees: Awaited<ReturnType<typeof openTrees>>) {
  try {
    return await loadConfig({ options, head: trees.head, base: trees.base, ruleDefaults });
  } catch (error) {
    if (!(error instanceof UserError) || error.place === undefined) throw error;
    throw new Undecided('invalid-configuration', error.message, { place: error.place, cause: error });
  }
}
