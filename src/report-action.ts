import './github/fail-closed.ts';
import { reportRun } from './github/report-run.ts';

await reportRun();
// What a library left open must not hold the job; by then the log has been handed to the runner.
process.stdout.write('', () => process.exit());
