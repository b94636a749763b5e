import { expect, test, vi } from 'vitest';
import { annotate } from '../../src/github/annotate.ts';
import { group, print } from '../../src/github/log.ts';
import { toAnnotations } from '../../src/report/annotations.ts';
import { toTerminal } from '../../src/report/terminal/terminal.ts';
import { obey } from '../e2e/runner.ts';
import { filledWith } from '../report/filled.ts';
import { payloads } from '../report/payloads.ts';

/** What is written to standard output meanwhile. */
async function written(work: () => Promise<void> | void): Promise<string> {
  let text = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  try {
    await work();
  } finally {
    write.mockRestore();
  }
  return text;
}

test.each(Object.entries(payloads))('%s gives the runner no orders', async (_name, text) => {
  const report = filledWith(text);
  const log = await written(async () => {
    await group('Checking', async () => {
      print(text);
      print(`applying ${text}`);
    });
    print(toTerminal(report, { color: true }));
    annotate(report);
  });
  const commands = obey(log).commands.filter(({ name }) => name !== 'group' && name !== 'endgroup');
  const wanted = toAnnotations(report);
  expect(wanted.length).toBeGreaterThan(2);
  // The runner understands exactly the annotations that were meant, with the text that was meant.
  expect(commands).toEqual(
    wanted.map(({ level, file, title, message, line, endLine }) => ({
      name: level,
      properties: { title, file, line: String(line), endLine: String(endLine) },
      message,
    })),
  );
});
