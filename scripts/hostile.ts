import { arch, platform } from 'node:os';
import { hostileInputs } from '../__tests__/e2e/hostile-inputs.ts';
import { type HostileResult, isAsDemanded, runHostile } from '../__tests__/e2e/hostile-run.ts';

// `npm run hostile`: checks every hostile input by the command and prints docs/hostile-input.md. Exit code 1 when one does
// not end as it has to.

/** As a cell of a table, on one line. */
const cell = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const short = line.length > 160 ? `${line.slice(0, 160)}…` : line;
  return short.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('`', "'");
};

const row = (title: string, { verdict, at, message, seconds, peakMegabytes }: HostileResult): string =>
  `| ${title} | ${verdict} | ${cell(at[0] ?? '')} | ${seconds.toFixed(1)} | ${peakMegabytes ?? ''} | ${cell(message.split('\n')[0] ?? '')} |`;

const rows: string[] = [];
const wrong: string[] = [];
for (const input of hostileInputs) {
  const result = await runHostile(input);
  rows.push(row(input.title, result));
  if (!isAsDemanded(input)(result)) wrong.push(input.title);
  process.stderr.write(`${wrong.at(-1) === input.title ? 'WRONG' : 'ok   '} ${input.title}\n`);
}

process.stdout.write(`# Hostile input

Written by \`npm run hostile\` (${platform()} ${arch()}, Node ${process.versions.node}): each row is a repository that was checked by the
command. A pull request is a stranger's SQL: whatever it does ends by itself, in bounded time and memory, with a verdict,
and the message names file and line. \`pass\` stands where the input harms nobody. Memory is the most that the gate's own
process used, in megabytes. Loops and sleeps ran with \`timeout-minutes: 0.2\`, which gives a statement 3 seconds; by default
it is 60. What else the machine did is in the seconds.

| input | verdict | at | seconds | MB | message |
|:--|:--|:--|--:|--:|:--|
${rows.join('\n')}
`);
if (wrong.length > 0) {
  process.stderr.write(`not as it has to be: ${wrong.join('; ')}\n`);
  process.exitCode = 1;
}
