// src/rules/acceptable.ts
/** Rules whose findings stand in no migration, where nobody reads a comment: the config, a deployment, a dump, a file that is gone. */
const withoutComment = /* @__PURE__ */ new Set([
	"gate-weakened",
	"deleted-applied-migration",
	"declared-schema-differs",
	"model-drift",
	"deploys-without-migrations",
	"migrates-at-boot",
	"history-hygiene"
]);
/** Does a `migration-gate:allow` comment in a migration accept findings of the rule? */
const takesComment = (rule) => !withoutComment.has(rule);
/** Rules about a file as a whole: a comment that names them speaks for it wherever it stands. */
const isAboutFile = (rule) => rule.about === "history" || rule.name === "tool-refuses-file";
export { takesComment as n, isAboutFile as t };
