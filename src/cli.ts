import { installSignalHandlers } from './cleanup.ts';
import { run } from './command/program.ts';

installSignalHandlers();
// The reader has had enough (`| head`). Without a verdict given by then the end is not green.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 2);
});
process.exitCode = await run(process.argv);
