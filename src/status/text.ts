import { code, details, fence, prose } from '../report/escape.ts';
import { visibleLine } from '../report/visible.ts';
import type { StatusKind } from './compare.ts';
import type { StatusReport } from './status.ts';

/** 0: nothing to do; 1: a deployment has work to do; 2: none should begin. */
export const statusExitCodes = { 'up-to-date': 0, pending: 1, stop: 2 } as const satisfies Record<
  StatusReport['state'],
  number
>;

const titles: Readonly<Record<StatusKind, string>> = {
  failed: 'failed or half-applied',
  unknown: 'applied, and unknown to this checkout',
  changed: 'changed since it was applied',
  late: 'pending, before one that is applied',
  order: 'applied in another order',
  pending: 'pending',
};

const verdicts: Readonly<Record<StatusReport['state'], string>> = {
  'up-to-date': 'Up to date',
  pending: 'Pending migrations',
  stop: 'Do not deploy',
};

/** So many lines are read. */
const most = 200;

/** The first line of every text: what to do, and of which database. */
export const statusHeadline = ({ state, database, tool, applied, known }: StatusReport): string =>
  `${verdicts[state]}: ${database} has ${applied} of ${known} migrations (${tool})`;

/** For a terminal and a log: plain lines, hostile characters made visible. */
export function statusText(report: StatusReport): string {
  const lines = report.entries.slice(0, most).map(({ kind, stops, name, file, says }) => {
    const place = file === null ? '' : ` (${file})`;
    return `${stops ? '✗' : '·'} ${titles[kind]}: ${name}${place}\n    ${says}`;
  });
  const drift = report.drift ?? [];
  const differences = drift.slice(0, most).map((change) => `✗ ${driftLine(change)}`);
  const shown = [
    statusHeadline(report),
    ...lines,
    ...left(report.entries.length),
    ...(drift.length === 0 ? [] : ['The schema is not what the applied migrations make:', ...differences]),
    ...left(drift.length),
    ...(report.drift !== null && drift.length === 0
      ? ['The schema is what the applied migrations make.']
      : []),
    ...report.notes.map((note) => `note: ${note}`),
  ];
  return `${shown.flatMap((one) => one.split('\n').map((line) => visibleLine(line, 2_000))).join('\n')}\n`;
}

/** For a job summary. */
export function statusMarkdown(report: StatusReport): string {
  const symbol = { 'up-to-date': '✅', pending: '⚠️', stop: '⛔' }[report.state];
  const items = report.entries.slice(0, most).map(({ kind, stops, name, file, says }) => {
    const place = file === null ? '' : ` in ${code(file)}`;
    return `- ${stops ? '**' : ''}${titles[kind]}${stops ? '**' : ''}: ${code(name)}${place}. ${prose(says)}`;
  });
  const drift = report.drift ?? [];
  return `${[
    `### ${symbol} ${prose(statusHeadline(report))}`,
    ...(items.length === 0 ? [] : [[...items, ...left(report.entries.length)].join('\n')]),
    ...(drift.length === 0
      ? []
      : [
          details(
            `The schema is not what the applied migrations make: ${drift.length} differences`,
            fence('text', drift.slice(0, most).map(driftLine).join('\n')),
            true,
          ),
        ]),
    ...report.notes.map((note) => `_${prose(note)}_`),
  ].join('\n\n')}\n`;
}

function driftLine({
  change,
  type,
  name,
  before,
  after,
}: NonNullable<StatusReport['drift']>[number]): string {
  const object = `${type.replaceAll('-', ' ')} ${name}`;
  switch (change) {
    case 'added':
      return `${object} is in the database, and no applied migration makes it`;
    case 'removed':
      return `${object} is not in the database`;
    case 'renamed':
    case 'altered':
      return `${object} differs: the migrations make ${oneLine(before)}, the database has ${oneLine(after)}`;
  }
}

/** A definition on one line, cut where it is long; those that do not say what differs are told as they are. */
const oneLine = (definition: string | null): string => {
  const text = (definition ?? 'nothing').replace(/\s+/g, ' ').trim();
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
};

const left = (count: number): string[] => (count > most ? [`… and ${count - most} more`] : []);
