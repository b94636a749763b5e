import { blocks, compareLocks, strongest } from '../run/locks.ts';
import type { LockMode } from '../run/trace.ts';
import { isBlocking, plural, sentence } from './headline.ts';
import type { DatabaseReport, Finding, MigrationReport, Report, StatementReport } from './model.ts';

/** One changed migration as the table shows it; plain text, not yet escaped. */
export interface Row {
  readonly database: DatabaseReport;
  /** Path from the repository root. */
  readonly file: string;
  /** Which side has the file. */
  readonly side: 'base' | 'head';
  /** The path below the database's directory, without what all migrations share. */
  readonly label: string;
  readonly level: 'blocked' | 'warning' | 'pass' | 'skipped';
  /** Names from the repository stand between backticks. */
  readonly result: string;
  readonly lock: { readonly mode: LockMode; readonly relations: readonly string[] } | null;
  /** `reads and writes`, `writes`, `nobody`; null when nothing ran. */
  readonly blocks: string | null;
}

/** One row for every migration that the pull request adds, edits, deletes or renames, in the tool's order. */
export function overview(report: Report, database: DatabaseReport): Row[] {
  const findings = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    if (finding.database !== database.name || finding.file === null) continue;
    const list = findings.get(finding.file);
    if (list === undefined) findings.set(finding.file, [finding]);
    else list.push(finding);
  }
  // Where a file holds several migrations their versions tell them apart; a finding may be about none of them.
  const files = database.migrations.map(({ file }) => file);
  const several = new Set(files.filter((file, index) => files.indexOf(file) !== index));
  const key = ({ file, version }: { readonly file: string; readonly version: string }) =>
    several.has(file) ? `${file}\0${version}` : file;
  const findingsOf = ({ file, version }: { readonly file: string; readonly version: string }) =>
    (findings.get(file) ?? []).filter(
      ({ migration }) => !several.has(file) || (migration ?? version) === version,
    );
  const history = new Map(database.historyChanges.map((change) => [key(change), change]));
  const traced = new Set(database.migrations.map(key));
  const rows = database.migrations.map((migration): Row => {
    const of = findingsOf(migration);
    const change = history.get(key(migration));
    const counts = countWords(report, of);
    const facts = [
      ...(migration.error === null ? [] : [`fails with ${migration.error.sqlstate}`]),
      ...(migration.refused === undefined ? [] : ['the tool stops at it']),
      ...(migration.rolledBack === true ? ['rolled back with a later one'] : []),
      ...(migration.status === 'edited'
        ? [
            `${change?.kind === 'edited-cosmetic' ? 'comments or layout edited' : 'edited'} after \`${report.base.ref}\` had it`,
          ]
        : []),
      ...(change?.kind === 'out-of-order' ? ['out of order'] : []),
      ...(change?.kind === 'duplicate-version' ? ['version taken twice'] : []),
    ];
    // One finding that says what the fact says needs no counting.
    const shown = facts.length > 0 && of.length === 1 ? [] : counts;
    const unreached =
      migration.status === 'new' &&
      !migration.ran &&
      migration.error === null &&
      migration.refused === undefined;
    const quiet = quietWords(migration);
    const judged = levelOf(report, of);
    const passed = judged === 'pass' && (quiet.length > 0 || (unreached && of.length === 0));
    const level = migration.error !== null ? 'blocked' : passed ? 'skipped' : judged;
    const words = [
      ...(unreached ? ['not run, an earlier migration fails', ...counts] : [...facts, ...shown]),
      ...quiet,
    ];
    const lock = strongestLock(migration);
    return {
      database,
      file: migration.file,
      side: 'head',
      label: fileLabel(database, migration.file),
      level,
      result: words.length === 0 ? 'safe' : words.join(', '),
      lock,
      blocks: migration.statements.length === 0 ? null : waiters(migration, lock?.mode ?? null),
    };
  });
  const others = database.historyChanges.flatMap((change): Row[] => {
    if (traced.has(key(change)) || change.kind === 'missing-from-head') return [];
    const of = findingsOf(change);
    return [
      {
        database,
        file: change.file,
        side: change.kind === 'deleted' ? 'base' : 'head',
        label: fileLabel(database, change.file),
        level: levelOf(report, of),
        result: [historyWords(report, change.kind), ...(of.length === 1 ? [] : countWords(report, of))].join(
          ', ',
        ),
        lock: null,
        blocks: null,
      },
    ];
  });
  // Files that base has come before new ones, as in the tool's order, and as their findings do.
  const edited = new Set(
    database.migrations.filter(({ status }) => status === 'edited').map(({ file }) => file),
  );
  const ofBase = ({ file }: Row): boolean => edited.has(file);
  return [...others, ...rows.filter(ofBase), ...rows.filter((row) => !ofBase(row))];
}

/** The path below the database's directory; `20260101_add_role` for `20260101_add_role/migration.sql`. */
export function fileLabel(database: DatabaseReport, file: string): string {
  const path = [database.path, ...database.paths].find((root) => root !== '' && file.startsWith(`${root}/`));
  const below = path === undefined ? file : file.slice(path.length + 1);
  return below.replace(/(?<=.)\/(?:migration|up)\.sql$/, '');
}

/** The statement that a finding is about, when it was traced. */
export function statementOf(report: Report, finding: Finding): StatementReport | null {
  if (finding.file === null || finding.line === null) return null;
  const { file, line } = finding;
  const statements =
    report.databases
      .find((database) => database.name === finding.database)
      ?.migrations.flatMap((migration) => (migration.file === file ? migration.statements : [])) ?? [];
  return (
    statements.find((statement) => statement.index === finding.statement && statement.line === line) ??
    statements.find((statement) => statement.line === line) ??
    statements.find((statement) => statement.line <= line && line <= statement.endLine) ??
    null
  );
}

/** What was seen on the shadow, as short phrases; the lock's words come apart, so that they can be set as code. */
export function evidenceOf(
  report: Report,
  finding: Finding,
): { lock: string | null; on: string | null; facts: string[]; seen: string } | null {
  const { evidence } = finding;
  if (evidence === null) return null;
  const statement = statementOf(report, finding);
  const relation = statement?.locks
    .map((lock) => `${lock.schema}.${lock.relation}`)
    .find((name) => finding.object === name || finding.object?.startsWith(`${name}.`));
  return {
    lock: evidence.lock,
    on: relation ?? finding.object,
    facts: [
      ...(evidence.blocks.length > 0 ? [`blocks ${sentence(evidence.blocks)}`] : []),
      ...(evidence.rewrite ? ['rewrites the table'] : []),
      ...(evidence.scan && !evidence.rewrite ? ['reads the whole table'] : []),
    ],
    seen:
      statement?.source === 'documented'
        ? "by PostgreSQL's manual, as the statement refuses a transaction"
        : 'seen on an empty shadow table',
  };
}

/** A relation's name as people write it: without `public.`. */
export const shortName = (name: string): string => name.replace(/^public\.(?=[^.])/, '');

function strongestLock(migration: MigrationReport): Row['lock'] {
  const locks = migration.statements.flatMap((statement) => statement.locks);
  const best = strongest(locks);
  if (best === undefined) return null;
  // An index is locked with its table: the table is the name that people know.
  const equals = locks.filter((lock) => compareLocks(lock.mode, best.mode) === 0);
  const tables = equals.filter((lock) => lock.kind !== 'index');
  const names = (tables.length > 0 ? tables : equals).map((lock) => `${lock.schema}.${lock.relation}`);
  return { mode: best.mode, relations: [...new Set(names)] };
}

/** Who waits, and whether the wait grows with the table: nothing was read from end to end or rewritten. */
function waiters(migration: MigrationReport, mode: LockMode | null): string {
  const blocked = mode === null ? [] : blocks(mode);
  if (blocked.length === 0) return 'nobody';
  const long =
    migration.error !== null ||
    migration.statements.some((statement) => statement.rewrites.length > 0 || statement.scans.length > 0);
  return `${sentence(blocked)}${long ? '' : ', briefly'}`;
}

function levelOf(report: Report, findings: readonly Finding[]): Row['level'] {
  if (findings.some((finding) => isBlocking(report, finding))) return 'blocked';
  const live = findings.filter((finding) => finding.allowed === null && finding.severity !== 'notice');
  return live.length > 0 ? 'warning' : 'pass';
}

function countWords(report: Report, findings: readonly Finding[]): string[] {
  const live = findings.filter((finding) => finding.allowed === null);
  const blocking = live.filter((finding) => isBlocking(report, finding));
  const rest = live.filter((finding) => !isBlocking(report, finding));
  const of = (severity: Finding['severity']): number =>
    rest.filter((finding) => finding.severity === severity).length;
  const accepted = findings.length - live.length;
  return [
    ...(blocking.length > 0 ? [`${blocking.length} blocking`] : []),
    ...(of('error') > 0 ? [plural(of('error'), 'error')] : []),
    ...(of('warning') > 0 ? [plural(of('warning'), 'warning')] : []),
    ...(of('notice') > 0 ? [plural(of('notice'), 'notice')] : []),
    ...(accepted > 0 ? [`${accepted} accepted`] : []),
  ];
}

/** Rules that are named; more are counted. */
const mostRules = 2;

/** What nobody must take for safe: the settings keep the rules quiet that would complain. */
function quietWords({ notJudged = [] }: MigrationReport): string[] {
  const off = notJudged.filter(({ because }) => because === 'rule-off').map(({ rule }) => `\`${rule}\``);
  const left = off.length - mostRules;
  const named = left > 0 ? [...off.slice(0, mostRules), `${left} more`] : off;
  return [
    ...(off.length === 0 ? [] : [`switched off: ${sentence(named)}`]),
    ...(notJudged.length > off.length ? ['not judged (`ignore-migrations-before`)'] : []),
  ];
}

function historyWords(report: Report, kind: string): string {
  const words: Record<string, string> = {
    edited: `edited after \`${report.base.ref}\` had it`,
    'edited-cosmetic': `comments or layout edited after \`${report.base.ref}\` had it`,
    deleted: `deleted, but \`${report.base.ref}\` has it`,
    renamed: `renamed, but \`${report.base.ref}\` has it by its old name`,
    'out-of-order': 'out of order',
    'duplicate-version': 'version taken twice',
  };
  return words[kind] ?? kind;
}
