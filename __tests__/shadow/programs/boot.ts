/**
 * Run by the tests as a process of its own: boots a shadow of the major in argv[2], says so in one line of JSON,
 * and does what argv[3] says: `close` it, `forget` it, `wait` for a signal, `throw`, or `exit` without closing.
 */
import { installSignalHandlers } from '../../../src/cleanup.ts';
import { startShadow } from '../../../src/shadow/index.ts';

const [major, then] = process.argv.slice(2);
installSignalHandlers();
const shadow = await startShadow({
  shadow: 'embedded',
  major: Number(major),
  extensions: [],
  onProgress: (message) => process.stderr.write(`${message}\n`),
});
const { connection, admin, postgresVersion } = shadow;
process.stdout.write(`${JSON.stringify({ connection, admin, postgresVersion })}\n`);
if (then === 'close') await shadow[Symbol.asyncDispose]();
if (then === 'throw') throw new Error('an uncaught exception');
if (then === 'exit') process.exit(3);
if (then === 'wait') setInterval(() => {}, 1_000);
