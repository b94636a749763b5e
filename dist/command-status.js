import { a as readStatus, i as statusText, o as noOptions, r as statusMarkdown, t as statusExitCodes } from "./shared36.js";
import { n as UserError } from "./shared6.js";
import { t as createProgress } from "./shared38.js";
import { E as isToolName, j as toolNames } from "./shared15.js";
import { appendFile, writeFile } from "node:fs/promises";
// src/command/status.ts
/** Says where a database stands. @returns 0 up to date, 1 pending only, 2 what must stop a deployment */
async function status(flags) {
	const databaseUrl = flags.databaseUrl ?? process.env.DATABASE_URL ?? "";
	if (databaseUrl === "") throw new UserError("Say which database: --database-url URL, or DATABASE_URL.");
	const { tool = null } = flags;
	if (tool !== null && !isToolName(tool)) throw new UserError(`--tool ${JSON.stringify(tool)} is no migration tool: ${toolNames.join(", ")}.`);
	const progress = createProgress({
		quiet: flags.quiet === true,
		color: false
	});
	const report = await readStatus({
		databaseUrl,
		schema: flags.schema === true,
		options: {
			...noOptions,
			repo: flags.repo,
			head: flags.head ?? null,
			config: flags.config ?? null,
			path: flags.path ?? null,
			tool,
			shadow: flags.shadow
		},
		onProgress: progress.update
	}).finally(() => progress.end());
	const json = `${JSON.stringify(report, null, 2)}\n`;
	if (flags.json === "-") process.stdout.write(json);
	else {
		if (flags.json !== void 0) await write(flags.json, json);
		if (flags.quiet !== true || report.state === "stop") process.stdout.write(statusText(report));
	}
	const summary = process.env.GITHUB_STEP_SUMMARY;
	if (summary) await appendFile(summary, statusMarkdown(report));
	return statusExitCodes[report.state];
}
async function write(file, text) {
	try {
		await writeFile(file, text);
	} catch (error) {
		throw new UserError(`The status cannot be written to ${file}: ${error.message}`);
	}
}
export { status };
