import { t as require_picocolors } from "./shared32.js";
import { i as visibleLine, n as shorten } from "./shared30.js";
// src/report/progress.ts
var import_picocolors = require_picocolors();
const frames = [
	"⠋",
	"⠙",
	"⠹",
	"⠸",
	"⠼",
	"⠴",
	"⠦",
	"⠧",
	"⠇",
	"⠏"
];
/** A log is read afterwards: the first steps tell where the time went, hundreds would hide the report. */
const mostLines = 10;
/**
* Progress on standard error: one line that is written over on a terminal, a few plain lines elsewhere,
* nothing when quiet.
*/
function createProgress(options) {
	const { quiet, color, stream = process.stderr, ci = Boolean(process.env.CI) } = options;
	if (quiet) return {
		update() {},
		end() {}
	};
	if (stream.isTTY === true && !ci) return onTerminal(stream, color);
	let lines = 0;
	let last = "";
	return {
		update(message) {
			const text = visibleLine(message, 200);
			if (text === last || lines >= mostLines) return;
			last = text;
			lines += 1;
			stream.write(`- ${text}\n`);
		},
		end() {
			lines = mostLines;
		}
	};
}
function onTerminal(stream, color) {
	const { dim, cyan } = (0, import_picocolors.createColors)(color);
	let text = "";
	let frame = 0;
	let timer = null;
	let ended = false;
	const draw = () => {
		frame = (frame + 1) % frames.length;
		const room = Math.max(20, (stream.columns ?? 80) - 4);
		stream.write(`\r\u001b[2K${cyan(frames[frame] ?? "")} ${dim(shorten(text, room))}`);
	};
	return {
		update(message) {
			if (ended) return;
			text = visibleLine(message, 200);
			draw();
			timer ??= setInterval(draw, 100).unref();
		},
		end() {
			ended = true;
			if (timer === null) return;
			clearInterval(timer);
			timer = null;
			stream.write("\r\x1B[2K");
		}
	};
}
export { createProgress as t };
