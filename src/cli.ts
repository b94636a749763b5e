import { installSignalHandlers } from './cleanup.ts';
import { run } from './command/program.ts';

installSignalHandlers();
process.exitCode = await run(process.argv);
