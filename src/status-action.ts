import './github/fail-closed.ts';
import { installSignalHandlers } from './cleanup.ts';
import { runStatus } from './github/status.ts';

installSignalHandlers();
await runStatus();
// What a library left open must not hold the job; by then the log has been handed to the runner.
process.stdout.write('', () => process.exit());
