import { i as print, t as failUnexpectedly } from "./shared3.js";
import { t as installSignalHandlers } from "./shared4.js";
import { a as getInput, d as setSecret, l as setFailed, u as setOutput, v as summary } from "./shared2.js";
import { a as readStatus, i as statusText, n as statusHeadline, o as noOptions, r as statusMarkdown } from "./shared36.js";
import { n as UserError, t as Undecided } from "./shared6.js";
import { E as isToolName, j as toolNames } from "./shared15.js";
import { resolve } from "node:path";
import { writeFile } from "node:fs/promises";
// src/github/status.ts
/**
* The second action: where a database stands, before a deployment. Leaves the job green when the database is up to date,
* or has pending migrations only and `fail-on` is not `pending`.
*/
async function runStatus() {
	try {
		const url = getInput("database-url");
		mask(url);
		if (url === "") throw new UserError("The input database-url is empty: is the secret there in this job?");
		const failOn = getInput("fail-on") || "stop";
		if (failOn !== "stop" && failOn !== "pending") throw new UserError("fail-on takes stop or pending.");
		const workspace = process.env.GITHUB_WORKSPACE || process.cwd();
		const given = getInput("tool");
		const tool = given === "" ? null : given;
		if (tool !== null && !isToolName(tool)) throw new UserError(`tool takes one of ${toolNames.join(", ")}.`);
		const report = await readStatus({
			databaseUrl: url,
			schema: getInput("schema") === "true",
			options: {
				...noOptions,
				repo: resolve(workspace, getInput("working-directory") || "."),
				config: getInput("config") || null,
				path: getInput("path") || null,
				tool,
				shadow: getInput("shadow") || "auto"
			},
			onProgress: print
		});
		print(statusText(report));
		const file = getInput("report-file");
		if (file !== "") await writeFile(resolve(workspace, file), `${JSON.stringify(report, null, 2)}\n`);
		setOutput("state", report.state);
		setOutput("pending", report.entries.filter(({ kind }) => kind === "pending" || kind === "late").length);
		await summary.addRaw(statusMarkdown(report)).write();
		if (report.state === "stop" || report.state === "pending" && failOn === "pending") setFailed(statusHeadline(report));
		else process.exitCode = 0;
	} catch (error) {
		if (!(error instanceof UserError) && !(error instanceof Undecided)) failUnexpectedly(error);
		setOutput("state", "stop");
		setFailed(error.message);
	}
}
/** The log shows no secret, in no spelling. */
function mask(url) {
	if (url !== "") setSecret(url);
	for (const password of passwordsIn(url)) setSecret(password);
}
function passwordsIn(url) {
	const password = /^[a-z]+:\/\/[^/@:]*:(.*)@/is.exec(url)?.[1] ?? "";
	if (password === "") return [];
	try {
		return [password, decodeURIComponent(password)];
	} catch {
		return [password];
	}
}
// src/status-action.ts
installSignalHandlers();
await runStatus();
process.stdout.write("", () => process.exit());
export {};
