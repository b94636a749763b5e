import { closest } from 'fastest-levenshtein';
import type { TableStats } from '../config/table-stats.ts';
import type { Finding } from '../report/model.ts';
import type { Proposal } from '../run/prove.ts';
import type { AllowComment, AllowProblem } from '../sql/allow.ts';
import { isAboutFile } from './acceptable.ts';
import { codeOf, isOneOfSeveral } from './code-of.ts';
import { unusedAllow } from './comments/unused-allow.ts';
import { ruleNamed, ruleNames, rules } from './index.ts';
import type { NotJudged } from './not-judged.ts';
import type { FindingDraft, Rule, RuleContext, Severity } from './rule.ts';
import { isOnOwnTable, severityFor, sizeInWords, sizeOf, unknownSize } from './sizes.ts';

export interface JudgeSettings {
  /** Severity by rule name where it differs from the rule's own. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** Version of the tool; statements of migrations that sort before it are not judged. */
  readonly ignoreMigrationsBefore: string | null;
  /** Sizes of production's tables, where somebody told. */
  readonly tableStats: TableStats | null;
  /** What the files of new and edited migrations accept, by file. */
  readonly allows: ReadonlyMap<
    string,
    { readonly allows: readonly AllowComment[]; readonly problems: readonly AllowProblem[] }
  >;
}

/** A draft with the rule that made it. */
interface Draft {
  readonly rule: Rule;
  readonly draft: FindingDraft;
}

/** A finding, and what its fix has to be tried with. */
export interface Judgement {
  readonly finding: Finding;
  /** Null when there is no fix, or none that stands in place of one statement. */
  readonly proposal: Proposal | null;
  /** Table whose size would matter and that the table statistics do not know. */
  readonly unknownSize: string | null;
}

/** The findings, and what the settings keep from being one. */
export interface Judged {
  readonly judgements: readonly Judgement[];
  readonly notJudged: readonly NotJudged[];
}

/** Runs every rule and applies what the user set: severities, accepted findings, ignored migrations. */
export function judgements(context: RuleContext, settings: JudgeSettings): Judged {
  const drafts: Draft[] = [];
  for (const rule of rules) {
    const found = drafts.map(({ draft }) => draft);
    drafts.push(...rule.check(context, found).map((draft) => ({ rule, draft })));
  }
  const judged = drafts.filter(({ rule, draft }) => !isIgnored(context, settings, rule, draft));
  const used = new Set<AllowComment>();
  const findings = judged.flatMap(({ rule, draft }) => {
    const accepted = acceptedBy(settings, rule, draft);
    // A comment on a rule that is switched off is not wrong: it will be needed when it is on again.
    if (accepted !== undefined) used.add(accepted);
    return finding(context, settings, rule, draft, accepted);
  });
  const comments = aboutComments(context, settings, used).flatMap((draft) =>
    finding(context, settings, unusedAllow, draft, undefined),
  );
  const order = inOrder(context);
  return {
    judgements: [...findings, ...comments].sort((left, right) => order(left.finding, right.finding)),
    notJudged: drafts.flatMap((one) => keptQuiet(context, settings, one)),
  };
}

/** A finding of more than a notice that there would be, had the settings not switched its rule off or passed its migration over. */
function keptQuiet(context: RuleContext, settings: JudgeSettings, { rule, draft }: Draft): NotJudged[] {
  const off = settings.rules[rule.name] === 'off';
  // Whether a migration follows a convention says nothing about what it does.
  if (rule.about === 'convention' || (!off && !isIgnored(context, settings, rule, draft))) return [];
  const { [rule.name]: set, ...others } = settings.rules;
  const rules = off || set === undefined ? others : settings.rules;
  const made = finding(context, { ...settings, rules }, rule, draft, undefined);
  const { file, migration } = draft;
  const because = off ? 'rule-off' : 'ignore-migrations-before';
  return made.some(({ finding: { severity } }) => severity !== 'notice')
    ? [{ rule: rule.name, because, file, migration }]
    : [];
}

function finding(
  context: RuleContext,
  settings: JudgeSettings,
  rule: Rule,
  draft: FindingDraft,
  accepted: AllowComment | undefined,
): Judgement[] {
  const set = settings.rules[rule.name] ?? (rule.byDefault === 'off' ? 'off' : undefined);
  if (set === 'off') return [];
  const { migration, file, line, endLine, object, title, message, evidence, fix, detail } = draft;
  const own = draft.severity ?? rule.severity;
  const ofTool = isOnOwnTable(draft, context.tool.bookkeeping.relations);
  const size = ofTool ? undefined : sizeOf(draft, settings.tableStats);
  const made: Finding = {
    rule: rule.name,
    // Who sets a severity means all findings of the rule, also those that it lowers or raises itself.
    severity:
      rule.noticeOnly === true || (ofTool && set === undefined)
        ? 'notice'
        : (set ?? (size === undefined ? own : severityFor(own, size))),
    database: context.database,
    migration,
    file,
    line,
    endLine,
    ...(draft.statement !== undefined && isOneOfSeveral(context, draft)
      ? { statement: draft.statement }
      : {}),
    object,
    title,
    message: `${message}${ofTool ? ownTable(context) : size === undefined ? '' : ` In production the table has ${sizeInWords(size)}.`}`,
    evidence,
    size: size ?? null,
    fix:
      fix === null
        ? null
        : fix.proved === undefined
          ? { sql: fix.sql, verified: false, ...codeOf(context, draft, fix) }
          : { sql: fix.sql, verified: true, heading: fix.proved },
    ...(draft.commands === undefined || draft.commands.length === 0 ? {} : { commands: draft.commands }),
    allowed:
      accepted === undefined ? null : { reason: accepted.reason, file: file ?? '', line: accepted.line },
    detail: detail ?? null,
    ...(draft.uses === undefined || draft.uses.length === 0 ? {} : { uses: draft.uses }),
  };
  const { statement } = draft;
  const proposal =
    fix === null || statement == null || file === null
      ? null
      : { file, ...(migration === null ? {} : { version: migration }), statement, ...fix };
  const unknown = ofTool ? null : (unknownSize(draft, settings.tableStats) ?? null);
  return [{ finding: made, proposal, unknownSize: unknown }];
}

const ownTable = ({ tool }: RuleContext): string =>
  ` It is ${tool.title}’s own table, with a row for each migration, and nobody but a deploy waits for it.`;

/** What the statements of old migrations do is no news; that one fails or that history changed always is. */
function isIgnored(context: RuleContext, settings: JudgeSettings, rule: Rule, draft: FindingDraft): boolean {
  const before = settings.ignoreMigrationsBefore;
  if (before === null || !judgesStatements(rule) || draft.migration === null) return false;
  return sortsBefore(context, draft.migration, before);
}

const judgesStatements = ({ about }: Rule): boolean => about === 'statement' || about === 'convention';

const sortsBefore = ({ tool }: RuleContext, version: string, before: string): boolean =>
  tool.order({ version, name: '' }, { version: before, name: '' }) < 0;

function acceptedBy(settings: JudgeSettings, rule: Rule, draft: FindingDraft): AllowComment | undefined {
  const comments = (settings.allows.get(draft.file ?? '')?.allows ?? []).filter(
    (allow) => allow.rule === rule.name && (allow.migration ?? draft.migration) === draft.migration,
  );
  return (
    comments.find(
      ({ scope, statementIndex, through }) =>
        scope === 'statement' &&
        statementIndex !== null &&
        draft.statement !== undefined &&
        statementIndex <= draft.statement &&
        draft.statement <= (through ?? statementIndex),
    ) ?? comments.find(({ scope }) => scope === 'file' || isAboutFile(rule))
  );
}

function aboutComments(
  context: RuleContext,
  settings: JudgeSettings,
  used: ReadonlySet<AllowComment>,
): FindingDraft[] {
  return [...settings.allows].flatMap(([file, { allows, problems }]) => {
    const traces = context.migrations.filter((migration) => migration.file === file);
    const [trace] = traces;
    const before = settings.ignoreMigrationsBefore;
    if (trace !== undefined && before !== null && sortsBefore(context, trace.version, before)) return [];
    // Nothing is known of the statements that did not run, nor of those of an edited migration.
    const known =
      trace !== undefined &&
      traces.every(({ ran, error, status }) => ran && error === null && status === 'new');
    const place = (line: number) => ({
      migration: trace?.version ?? null,
      file,
      line,
      endLine: line,
      object: null,
      evidence: null,
      fix: null,
    });
    const unused = known ? allows.filter((allow) => !used.has(allow) && wasTried(context, allow)) : [];
    return [
      ...unused.map((allow) => ({
        ...place(allow.line),
        title: `The comment accepts nothing: ${allow.rule} finds nothing ${allow.scope === 'file' ? 'in this file' : 'in this statement'}`,
        message: `Remove it, or put it where it belongs: on the line above the statement that ${allow.rule} is about, or apart at the top of the file.`,
      })),
      ...problems.map((problem) => ({ ...place(problem.line), ...problemText(problem) })),
    ];
  });
}

/** Nothing is known of what the rules on request would find, where nobody asked. */
const wasTried = ({ reversal, rerun }: RuleContext, { rule }: AllowComment): boolean =>
  (reversal != null && rerun != null) || ruleNamed(rule)?.about !== 'reversal';

function problemText({ problem, text }: AllowProblem): Pick<FindingDraft, 'title' | 'message'> {
  switch (problem) {
    case 'unknown-rule':
      return {
        title: `The comment accepts nothing: there is no rule ${text}`,
        message: `Did you mean ${closest(text, ruleNames)}? The form is migration-gate:allow RULE: reason.`,
      };
    case 'no-reason':
      return {
        title: `The comment accepts nothing: it gives no reason for ${text}`,
        message: `Write why it is fine here: migration-gate:allow ${text}: reason.`,
      };
    case 'no-statement':
      return {
        title: `The comment accepts nothing: no statement comes after it`,
        message: `Put it on the line above the statement that ${text} is about, or apart at the top of the file.`,
      };
  }
}

const weights: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 };

function inOrder({ migrations }: RuleContext): (left: Finding, right: Finding) => number {
  const place = new Map(migrations.map(({ file }, index) => [file, index]));
  // What happened to base's files stands before what new ones do.
  const at = ({ file }: Finding): number => place.get(file ?? '') ?? -1;
  return (left, right) =>
    weights[left.severity] - weights[right.severity] ||
    at(left) - at(right) ||
    compare(left.file ?? '', right.file ?? '') ||
    (left.line ?? 0) - (right.line ?? 0) ||
    compare(left.rule, right.rule) ||
    compare(left.object ?? '', right.object ?? '');
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
