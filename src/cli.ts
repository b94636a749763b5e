import { installSignalHandlers } from './cleanup.ts';
import { keepCompiledCode } from './kept-code.ts';

installSignalHandlers();
// The reader has had enough (`| head`). Without a verdict given by then the end is not green.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 2);
});
const [, , command, ...flags] = process.argv;
if (command === 'check' && !flags.includes('--no-cache')) await keepCompiledCode();
const { run } = await import('./command/program.ts');
process.exitCode = await run(process.argv);
