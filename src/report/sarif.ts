import { unlinked, urlPath } from './escape.ts';
import { fingerprints } from './fingerprint.ts';
import { isBlocking } from './headline.ts';
import { harmlessJson } from './json.ts';
import type { Finding, Report } from './model.ts';
import { visible } from './visible.ts';

/** What the file says about a rule, whether it fired or not: a reader can tell a mended problem from an unknown rule. */
export interface RuleHelp {
  readonly name: string;
  readonly severity: Finding['severity'];
  readonly on: boolean;
  readonly summary: string;
  readonly why: string;
  /** The rule's page. */
  readonly markdown: string;
}

export interface SarifOptions {
  readonly rules: readonly RuleHelp[];
  /** Version of the product. */
  readonly version: string;
  /** Folder of the documentation; null: the rules have no address. */
  readonly docs: string | null;
  /** Tells the files of several gates in one pull request apart. */
  readonly id: string;
}

/** What GitHub takes: results of a run, signs of a message, bytes of a file (theirs are counted compressed). */
const mostResults = 25_000;
const longestMessage = 1_000;
const longestDescription = 1_000;
const mostBytes = 10_000_000;

const levels = { error: 'error', warning: 'warning', notice: 'note' } as const;
const kinds = { error: 'error', warning: 'warning', notice: 'recommendation' } as const;

type Result = ReturnType<typeof resultOf>;

/**
 * The findings as SARIF 2.1.0 for code scanning. Accepted findings are there, suppressed. What exceeds GitHub's limits
 * is left out, least severe first, and the file says how much.
 */
export function toSarif(report: Report, options: SarifOptions): string {
  const marks = fingerprints(report);
  const results = report.findings
    .map((finding, index) => ({ finding, mark: marks[index] ?? '' }))
    .sort((a, b) => weight(report, a.finding) - weight(report, b.finding))
    .map(({ finding, mark }) => resultOf(report, finding, mark, options));
  for (let kept = Math.min(results.length, mostResults); ; kept = Math.floor(kept / 2)) {
    const text = harmlessJson(log(report, results.slice(0, kept), results.length - kept, options));
    if (kept === 0 || Buffer.byteLength(text) <= mostBytes) return text;
  }
}

function log(report: Report, results: readonly Result[], left: number, options: SarifOptions): unknown {
  const { undecided } = report;
  const notes = [
    ...(left === 0
      ? []
      : [{ level: 'warning', message: { text: `${left} more results are left out for length.` } }]),
    ...(undecided === null
      ? []
      : [
          {
            level: 'error',
            descriptor: { id: undecided.reason },
            message: { text: message(unlinked(undecided.message, longestMessage)) },
            ...(undecided.file === null
              ? {}
              : { locations: [location(undecided.file, undecided.line, undecided.line)] }),
          },
        ]),
  ];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'migration-gate',
            ...(/^\d+\.\d+\.\d+/.test(options.version) ? { semanticVersion: options.version } : {}),
            rules: options.rules.map((rule) => descriptor(rule, options.docs)),
          },
        },
        automationDetails: { id: `migration-gate/${options.id}/` },
        invocations: [
          {
            executionSuccessful: undecided === null,
            ...(notes.length === 0 ? {} : { toolExecutionNotifications: notes }),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
}

function descriptor(rule: RuleHelp, docs: string | null): unknown {
  return {
    id: rule.name,
    name: rule.name,
    shortDescription: { text: rule.summary },
    fullDescription: { text: cut(rule.why, longestDescription) },
    help: { text: rule.markdown, markdown: rule.markdown },
    ...(docs === null ? {} : { helpUri: `${docs}/rules/${encodeURIComponent(rule.name)}.md` }),
    defaultConfiguration: { enabled: rule.on, level: levels[rule.severity] },
    properties: {
      precision: 'very-high',
      'problem.severity': kinds[rule.severity],
      tags: ['postgres', 'migration'],
    },
  };
}

function resultOf(report: Report, finding: Finding, mark: string, options: SarifOptions) {
  const ruleIndex = options.rules.findIndex(({ name }) => name === finding.rule);
  const text = unlinked(`${finding.title}. ${finding.message}`, longestMessage);
  const { allowed, fix } = finding;
  return {
    ruleId: finding.rule,
    ...(ruleIndex === -1 ? {} : { ruleIndex }),
    level: isBlocking(report, finding)
      ? 'error'
      : finding.severity === 'error' && allowed === null
        ? 'warning'
        : levels[finding.severity],
    message: { text: message(text) },
    locations: [location(placeOf(report, finding), finding.line, finding.endLine, finding.object)],
    partialFingerprints: { 'migrationGateFinding/v1': mark },
    ...(allowed === null
      ? {}
      : {
          suppressions: [
            {
              kind: 'inSource',
              status: 'accepted',
              justification: cut(unlinked(allowed.reason, longestMessage), longestMessage),
              location: location(allowed.file, allowed.line, allowed.line),
            },
          ],
        }),
    ...(fix?.replaces === undefined || finding.file === null
      ? {}
      : { fixes: [replacement(finding.file, fix.replaces)] }),
  };
}

/** Whole lines: a region without columns reaches to the end of its last line and leaves the line's end. */
function replacement(
  file: string,
  { sql, ...lines }: { line: number; endLine: number; sql: string },
): unknown {
  return {
    description: { text: 'Tried on an empty copy: same schema, weaker lock.' },
    artifactChanges: [
      {
        artifactLocation: artifact(file),
        replacements: [
          {
            deletedRegion: { startLine: lines.line, endLine: lines.endLine },
            insertedContent: { text: sql.trimEnd() },
          },
        ],
      },
    ],
  };
}

/** GitHub refuses a file in which one result has no location: what is about no file is about the database's folder. */
function placeOf(report: Report, finding: Finding): string {
  if (finding.file !== null) return finding.file;
  const database = report.databases.find(({ name }) => name === finding.database) ?? report.databases[0];
  const path = (database?.path ?? '').replace(/^\.?\/+|\/+$/g, '');
  return database?.migrations[0]?.file ?? (path === '' ? '.' : path);
}

function location(
  file: string,
  line: number | null,
  endLine: number | null,
  object: string | null = null,
): unknown {
  const startLine = line ?? 1;
  return {
    physicalLocation: {
      artifactLocation: artifact(file),
      region: { startLine, endLine: Math.max(startLine, endLine ?? startLine) },
    },
    ...(object === null ? {} : { logicalLocations: [{ fullyQualifiedName: cut(visible(object), 300) }] }),
  };
}

const artifact = (file: string): unknown => ({ uri: urlPath(file), uriBaseId: '%SRCROOT%' });

/** Braces hold the places of arguments (SARIF 2.1.0, 3.11.5) unless they are doubled. */
function message(text: string): string {
  const doubled = text.replace(/[{}]/g, '$&$&');
  return cut(doubled.length <= longestMessage ? doubled : text.replace(/[{}]/g, ' '), longestMessage);
}

const cut = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;

function weight(report: Report, finding: Finding): number {
  if (finding.allowed !== null) return 4;
  return isBlocking(report, finding) ? 0 : 1 + ['error', 'warning', 'notice'].indexOf(finding.severity);
}
