import { n as takesComment, t as isAboutFile } from "./shared27.js";
// src/rules/page.ts
/** A rule's page in Markdown: `docs/rules/RULE.md` and what `migration-gate explain RULE` prints. */
function rulePage(rule) {
	return `${[
		`# ${rule.name}`,
		`${rule.summary} ${rule.byDefault === "off" ? `Off by default: \`rules: { ${rule.name}: ${rule.severity} }\` in the config switches it on.` : `Default severity: \`${rule.severity}\`.`}`,
		`## Why\n\n${rule.why}`,
		`## Instead\n\n${rule.instead}`,
		`## Reported\n\n${rule.bad.map(example).join("\n\n")}`,
		`## Not reported\n\n${rule.good.map(example).join("\n\n")}`,
		`## To accept a finding\n\n${acceptance(rule)}`,
		...list("## Sources", rule.sources),
		...list("## What other tools call it", rule.peers)
	].join("\n\n")}\n`;
}
/** The severity that a rule has when the config says nothing. */
const defaultOf = (rule) => rule.byDefault === "off" ? "off" : rule.severity;
function example({ title, setup, base, migration, since, transaction, down }) {
	const notes = [...since === void 0 ? [] : [`PostgreSQL ${since} and newer`], ...transaction === "none" ? ["run without a transaction"] : []];
	return [`**${title}**${notes.length === 0 ? "" : ` (${notes.join(", ")})`}`, ...[
		...setup === void 0 ? [] : [fence("Set up by a superuser", setup)],
		...base === "" ? [] : [fence("Base", base)],
		fence(base === "" ? "New migration" : typeof migration === "string" ? "New migration" : "Pull request", migration),
		...typeof down === "string" ? [fence("Its down", down)] : []
	]].join("\n\n");
}
function fence(title, sql) {
	return `${title}:\n\n\`\`\`sql\n${typeof sql === "string" ? sql.trim() : Object.entries(sql).map(([file, content]) => `-- ${file}\n${content.trim()}`).join("\n\n")}\n\`\`\``;
}
const acceptance = (rule) => takesComment(rule.name) ? inComment(rule) : rule.name === "gate-weakened" ? "No comment accepts it. Somebody who may bypass the check merges the pull request, or sets the label that `override-label` names." : `It stands in no migration, so that no comment accepts it: set the rule's severity with \`rules: { ${rule.name}: ${rule.severity === "notice" || rule.byDefault === "off" ? "off" : "notice"} }\`.`;
const inComment = (rule) => isAboutFile(rule) ? `Put a comment at the top of the file:\n\n\`\`\`sql\n-- migration-gate:allow ${rule.name}: why it is fine here\n\`\`\`` : rule.about === "comment" ? `Remove the comment, or switch the rule off with \`rules: { ${rule.name}: off }\`.` : `Put a comment on the line above the statement:\n\n\`\`\`sql\n-- migration-gate:allow ${rule.name}: why it is fine here\n\`\`\``;
const list = (title, lines) => lines.length === 0 ? [] : [`${title}\n\n${lines.map((line) => `- ${line.startsWith("https:") ? `<${line}>` : line}`).join("\n")}`];
export { rulePage as n, defaultOf as t };
