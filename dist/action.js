import { i as print, n as stackOf, r as group, t as failUnexpectedly } from "./shared3.js";
import { t as installSignalHandlers } from "./shared4.js";
import { c as notice, l as setFailed, p as warning, r as error, u as setOutput, v as summary } from "./shared2.js";
import { a as author, d as elements, f as messageOf$1, i as postComment, l as connect, m as context, n as linksOf, o as ownAuthor, p as statusOf, r as findComment, s as readInputs, t as deservesComment, u as checked } from "./shared5.js";
import { n as UserError, t as Undecided } from "./shared6.js";
import { a as buildReport, i as gate, n as toSarif, r as toTerminal, t as ruleHelp } from "./gate.js";
import { a as isBlocking, c as plural, i as headline, r as counted } from "./shared28.js";
import { a as array, b as prettifyError, d as object, h as string, s as int } from "./shared18.js";
import { _ as findingsShown, a as toMarkdown, i as summaryBudget, n as marker, r as saysTheSame, t as commentBudget, v as shortMarks, y as fingerprints } from "./shared29.js";
import { i as onTheWay, n as keepElsewhere } from "./shared34.js";
import { K as isWithin, j as toolNames, s as openRepository } from "./shared15.js";
import { n as rawParents, r as findCommit } from "./shared19.js";
import { n as toJson } from "./shared33.js";
import { a as link$1, i as fence, n as code, o as prose } from "./shared31.js";
import { i as visibleLine, n as shorten, r as visible } from "./shared30.js";
import { n as productVersion } from "./shared24.js";
import { basename, dirname, isAbsolute, join, resolve, sep } from "node:path";
import { constants } from "node:fs";
import { cp, mkdir, open, realpath, rm } from "node:fs/promises";
// src/github/cache.ts
/** The service takes ten keys in one question. */
const MOST_KEYS = 10;
/**
* The cache service of the runner. Where there is none (older GitHub servers, `act`) or it refuses (read-only for a
* fork's pull request) the log says so, and everything is built here.
*
* @param print one line for the log
*/
function actionsCache(print) {
	let offered = null;
	let told = false;
	const service = async () => {
		const cache = await import("./actions-cache.js");
		if (cache.isFeatureAvailable()) return cache;
		if (!told) print("This runner has no cache service: the base is built anew in each job.");
		told = true;
		return null;
	};
	return {
		async fetch(names, directory) {
			try {
				const cache = await service();
				if (cache === null) return null;
				const [first, ...others] = names.slice(0, MOST_KEYS).map(keyOf);
				if (first === void 0) return null;
				const found = await cache.restoreCache([directory], first, others);
				return names.find((name) => keyOf(name) === found) ?? null;
			} catch (error) {
				print(`The kept base could not be fetched: ${said$1(error)}`);
				return null;
			}
		},
		offer(entry) {
			offered = entry;
		},
		async send() {
			if (offered === null) return;
			const directory = onTheWay(dirname(offered));
			try {
				const cache = await service();
				if (cache === null) return;
				await rm(directory, {
					recursive: true,
					force: true
				});
				await mkdir(directory, {
					recursive: true,
					mode: 448
				});
				await cp(offered, join(directory, basename(offered)), { recursive: true });
				await cache.saveCache([directory], keyOf(basename(offered)));
			} catch (error) {
				print(`The base could not be kept for the next job: ${said$1(error)}`);
			} finally {
				await rm(directory, {
					recursive: true,
					force: true,
					maxRetries: 5
				});
			}
		}
	};
}
const keyOf = (name) => `migration-gate-${process.platform}-${process.arch}-${name}`;
const said$1 = (error) => error instanceof Error ? error.message : String(error);
// src/github/checked-out.ts
const NO_REPOSITORY = /is not inside a git repository|cannot be read|is not a directory/;
/**
* The commit that is checked out in a directory.
*
* @throws UserError where there is no checkout
*/
async function checkedOut(directory) {
	const repository = await openRepository(directory).catch((error) => {
		if (!(error instanceof UserError) || !NO_REPOSITORY.test(error.message)) throw error;
		throw noCheckout(directory, error);
	});
	const sha = await findCommit(repository, "HEAD");
	if (sha === null) throw noCheckout(directory);
	return {
		sha,
		parents: await rawParents(repository, sha)
	};
}
function noCheckout(directory, cause) {
	return new UserError(`No checkout was found in ${directory}. Run actions/checkout before this action, or name the directory that it checks out to with the input \`working-directory\`.`, { cause });
}
// src/github/event.ts
const SUPPORTED_EVENTS = [
	"pull_request",
	"merge_group",
	"push",
	"workflow_dispatch"
];
/** git writes "no commit" as zeros: 40 with SHA-1 objects, 64 with SHA-256. */
const NO_COMMIT = /^0+$/;
const objectName = string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const repository = object({ default_branch: string().min(1) });
const forkedRepo = object({ full_name: string() }).nullish();
const pullRequestPayload = object({
	action: string().nullish(),
	label: object({ name: string() }).nullish(),
	pull_request: object({
		number: int().positive(),
		updated_at: string().nullish(),
		base: object({
			ref: string().min(1),
			sha: objectName,
			repo: forkedRepo
		}),
		head: object({
			ref: string().min(1),
			sha: objectName,
			repo: forkedRepo
		})
	})
});
const mergeGroupPayload = object({ merge_group: object({
	base_sha: objectName,
	base_ref: string().min(1),
	head_sha: objectName,
	head_ref: string().min(1)
}) });
const pushPayload = object({
	before: objectName,
	ref: string().min(1),
	repository
});
const dispatchPayload = object({
	ref: string().min(1),
	repository
});
/**
* Reads base, head and pull request off a workflow event. Pure: git and the network are not asked.
* A reusable workflow (`workflow_call`) runs under its caller's event and needs nothing of its own.
*
* @param event.name `GITHUB_EVENT_NAME`
* @param event.payload the parsed event file, unchecked
* @throws UserError for an event that cannot be gated, and when the checkout is not the event's commit
*/
function placeOf(event) {
	return readers[supported(event.name)](event.payload, event.checkedOut);
}
/**
* Known before anything is looked at, so that a refused event is told so even where nothing is checked out.
*
* @throws UserError for an event that cannot be gated
*/
function supported(name) {
	if (name === "pull_request_target") throw new UserError("The event pull_request_target is refused: it runs with the repository's secrets and a token that can write, and this action executes SQL that the pull request wrote. Use `on: pull_request`, which needs neither.");
	const event = SUPPORTED_EVENTS.find((each) => each === name);
	if (event !== void 0) return event;
	throw new UserError(`The event ${name === "" ? "(none)" : name} has no base to compare with. Run this action on ${SUPPORTED_EVENTS.join(", ")} (a reusable workflow on these through workflow_call).`);
}
const readers = {
	pull_request: (payload, checkedOut) => {
		const { pull_request: pr, action, label } = parse("pull_request", pullRequestPayload, payload);
		const isMergeCommit = checkedOut.parents.length === 2 && checkedOut.parents[1] === pr.head.sha;
		if (!(checkedOut.sha === pr.head.sha || checkedOut.parents.includes(pr.head.sha))) throw new UserError(`The checkout is at ${checkedOut.sha}, which is neither the merge commit nor the head ${pr.head.sha} of pull request #${pr.number}, so its migrations would not be seen. Let actions/checkout check out its default (no \`ref\`), or \`ref: \${{ github.event.pull_request.head.sha }}\`.`);
		const mergedInto = isMergeCommit ? checkedOut.parents[0] : void 0;
		return {
			base: {
				ref: pr.base.ref,
				sha: mergedInto ?? pr.base.sha
			},
			head: {
				ref: pr.head.ref,
				sha: checkedOut.sha
			},
			pullRequest: {
				number: pr.number,
				headSha: pr.head.sha,
				fork: pr.head.repo?.full_name !== pr.base.repo?.full_name,
				action: action ?? null,
				label: label?.name ?? null,
				updatedAt: pr.updated_at ?? null
			},
			mergeHead: true,
			comment: true
		};
	},
	merge_group: (payload, checkedOut) => {
		const { merge_group: group } = parse("merge_group", mergeGroupPayload, payload);
		if (checkedOut.sha !== group.head_sha) throw new UserError(`The checkout is at ${checkedOut.sha}, but the merge group is ${group.head_sha}. Let actions/checkout check out its default (no \`ref\`).`);
		return {
			base: {
				ref: shortName(group.base_ref),
				sha: group.base_sha
			},
			head: {
				ref: shortName(group.head_ref),
				sha: checkedOut.sha
			},
			pullRequest: null,
			mergeHead: true,
			comment: false
		};
	},
	push: (payload, checkedOut) => {
		const { before, ref, repository } = parse("push", pushPayload, payload);
		const isNewRef = NO_COMMIT.test(before);
		return {
			base: isNewRef ? {
				ref: repository.default_branch,
				sha: null
			} : {
				ref: shortName(ref),
				sha: before
			},
			head: {
				ref: shortName(ref),
				sha: checkedOut.sha
			},
			pullRequest: null,
			mergeHead: isNewRef,
			comment: false
		};
	},
	workflow_dispatch: (payload, checkedOut) => {
		const { ref, repository } = parse("workflow_dispatch", dispatchPayload, payload);
		return {
			base: {
				ref: repository.default_branch,
				sha: null
			},
			head: {
				ref: shortName(ref),
				sha: checkedOut.sha
			},
			pullRequest: null,
			mergeHead: true,
			comment: false
		};
	}
};
function shortName(ref) {
	return ref.replace(/^refs\/(?:heads|tags)\//, "");
}
function parse(event, schema, payload) {
	const result = schema.safeParse(payload);
	if (result.success) return result.data;
	throw new UserError(`The file at GITHUB_EVENT_PATH is not a ${event} event as GitHub sends it: ${prettifyError(result.error)}`, { cause: result.error });
}
// src/github/open-pulls.ts
/** How many of the newest are asked for their files, and how many of those are compared. */
const MOST_ASKED = 50;
const MOST_COMPARED = 20;
const pullRequest$1 = object({
	number: int().positive(),
	title: string(),
	head: object({
		ref: string(),
		repo: object({ full_name: string() }).nullish()
	})
});
const changedFile$1 = object({
	filename: string(),
	previous_filename: string().optional()
});
/**
* The open pull requests that go to the same branch. GitHub is asked when something is to be compared, and no answer of
* it is more than a sentence when it fails.
*
* @param own the pull request that is checked; `baseRef` is the branch that it goes to
* @param api null where there is no token
*/
function openPullsOf(api, { owner, repo }, own) {
	return {
		fork: own.fork,
		async find(directories) {
			const notes = [];
			const pulls = [];
			if (api === null) return {
				pulls,
				notes: [couldNot("the input `github-token` is empty")]
			};
			try {
				const { data } = await api.rest.pulls.list({
					owner,
					repo,
					state: "open",
					base: own.baseRef,
					sort: "created",
					direction: "desc",
					per_page: 100
				});
				const others = checked(array(pullRequest$1), data).filter(({ number }) => number !== own.number);
				for (const pull of others.slice(0, MOST_ASKED)) {
					if (pulls.length === MOST_COMPARED) {
						notes.push(`Only the ${MOST_COMPARED} newest open pull requests with migrations were compared.`);
						return {
							pulls,
							notes
						};
					}
					try {
						if (await touches(api, {
							owner,
							repo
						}, pull.number, directories)) pulls.push(openPull(pull, `${owner}/${repo}`));
					} catch (error) {
						notes.push(`The files of #${pull.number} could not be looked up: ${said(error)}.`);
						if (statusOf(error) === 401 || statusOf(error) === 403 || statusOf(error) === 429) break;
					}
				}
				if (others.length > MOST_ASKED) notes.push(`Only the ${MOST_ASKED} newest open pull requests were asked for their files.`);
			} catch (error) {
				notes.push(couldNot(said(error)));
			}
			return {
				pulls,
				notes
			};
		}
	};
}
const openPull = ({ number, title, head }, here) => ({
	name: `#${number}`,
	number,
	title,
	ref: head.ref,
	fork: head.repo?.full_name !== here
});
async function touches(api, { owner, repo }, number, directories) {
	const files = elements(changedFile$1, (page) => api.rest.pulls.listFiles({
		owner,
		repo,
		pull_number: number,
		per_page: 100,
		page
	}));
	for await (const { filename, previous_filename: before = filename } of files) if (directories.some((directory) => isWithin(filename, directory) || isWithin(before, directory))) return true;
	return false;
}
const couldNot = (why) => `The other open pull requests could not be looked up: ${why}.`;
function said(error) {
	const status = statusOf(error);
	const message = messageOf$1(error).replace(/\.$/, "");
	if (status !== 403 && status !== 404) return message;
	return `${status} ${message}; the token has to read pull requests (\`permissions: pull-requests: read\`)`;
}
// src/github/override.ts
const pullRequest = object({
	head: object({ sha: string() }),
	labels: array(object({ name: string() }))
});
const timelineEvent = object({
	event: string().optional(),
	created_at: string().optional(),
	actor: object({ login: string() }).nullish(),
	label: object({ name: string() }).nullish()
});
const permissionLevel = object({
	permission: string(),
	role_name: string().optional()
});
/**
* Whether a maintainer has accepted what blocks, by a label. All of it is the server's word: the label is there now, the
* timeline says who set it last and when, and that person may administer or maintain the repository. It has to be set
* after the head that is judged was pushed, so that nobody accepts what was pushed later; and where the gate's comment
* had listed the findings, on none but these, so that a base that moved brings nothing new under it.
*
* @param options.marker of the gate's comment
* @throws what Octokit throws, after its retries; UnreadableAnswer
*/
async function override(api, conversation, options) {
	const { owner, repo, number } = conversation;
	const { label, report, event } = options;
	if (report.verdict !== "blocked") return { refused: null };
	const { data } = await api.rest.pulls.get({
		owner,
		repo,
		pull_number: number
	});
	const now = checked(pullRequest, data);
	if (!now.labels.some(({ name }) => name === label)) return { refused: null };
	if (now.head.sha !== event.headSha) return { refused: "the pull request has a newer commit" };
	const set = await lastSet(api, conversation, label);
	if (set === null) return { refused: "nobody knows who set it" };
	if (!(event.action === "labeled" && event.label === label || event.updatedAt !== null && Date.parse(set.at) > Date.parse(event.updatedAt))) return { refused: `${set.by} set it before the last commit was pushed; it has to be set again` };
	if (!await maintains(api, conversation, set.by)) return { refused: `${set.by} may not administer or maintain this repository` };
	const known = findingsShown((await findComment(api, conversation, options.marker))?.body ?? "");
	const blocking = shortMarks(report, (finding) => isBlocking(report, finding));
	if (known !== null && blocking.some((mark) => !known.has(mark))) return { refused: "there are findings that were not there when it was set; it has to be set again" };
	return { accepted: {
		...report,
		verdict: "pass",
		override: {
			label,
			by: set.by,
			at: set.at
		}
	} };
}
/** Who set a label last, unless it was taken away since. */
async function lastSet(api, { owner, repo, number }, label) {
	let last = null;
	const events = elements(timelineEvent, (page) => api.rest.issues.listEventsForTimeline({
		owner,
		repo,
		issue_number: number,
		per_page: 100,
		page
	}));
	for await (const { event, label: of, actor, created_at: at } of events) {
		if (of?.name !== label) continue;
		if (event === "labeled") last = actor == null || at === void 0 ? null : {
			by: actor.login,
			at
		};
		if (event === "unlabeled") last = null;
	}
	return last;
}
async function maintains(api, { owner, repo }, username) {
	try {
		const { data } = await api.rest.repos.getCollaboratorPermissionLevel({
			owner,
			repo,
			username
		});
		const { permission, role_name: role } = checked(permissionLevel, data);
		return permission === "admin" || role === "admin" || role === "maintain";
	} catch (error) {
		if (statusOf(error) === 404) return false;
		throw error;
	}
}
// src/report/suggestions.ts
/** More than that nobody clicks through. */
const mostSuggestions = 20;
/**
* The fixes that were proved and can be written over the lines of their statement, what blocks first.
*
* @param id the comment's id, so that several gates in one pull request leave each other's alone
*/
function toSuggestions(report, id, links) {
	const marks = fingerprints(report);
	return report.findings.flatMap((finding, index) => {
		const { fix, file, allowed } = finding;
		if (fix?.replaces === void 0 || file === null || allowed !== null || visible(fix.replaces.sql) !== fix.replaces.sql) return [];
		const { line, endLine, sql } = fix.replaces;
		const marker = `${suggestionPrefix(id)}${marks[index]} -->`;
		const rule = link$1(code(finding.rule), links === null ? null : `${links.docs}/rules/${encodeURIComponent(finding.rule)}.md`);
		return [{
			finding,
			suggestion: {
				file,
				line,
				endLine,
				marker,
				body: [
					marker,
					`**${prose(finding.title, finding.object === null ? [] : [finding.object], 300)}** · ${rule}`,
					"",
					"Tried on an empty copy: same schema, weaker lock.",
					"",
					fence("suggestion", sql)
				].join("\n")
			}
		}];
	}).sort((a, b) => Number(isBlocking(report, b.finding)) - Number(isBlocking(report, a.finding))).slice(0, mostSuggestions).map(({ suggestion }) => suggestion);
}
/** How the first line of every suggestion of a gate begins. */
const suggestionPrefix = (id) => `<!-- migration-gate:suggestion:${id.replace(/[^\w.]+/g, "-")}:`;
/** What stands in place of a suggestion that somebody answered and that is no longer needed. */
const settledSuggestion = (marker) => `${marker}\n✅ This is settled: the finding is gone.`;
// src/report/annotations.ts
/** GitHub drops what exceeds ten of a level per step, silently; the tenth says how many there are more. */
const mostPerLevel = 9;
const mostFixLines = 12;
/**
* The findings that have a place in a file, most severe first. What blocks is an error, whatever its
* severity is called. Texts are to be passed to `core.error` and its like, which escape them for the log.
*/
function toAnnotations(report) {
	const all = [...undecided(report)];
	for (const finding of counted(report)) {
		if (finding.file === null || isGone(report, finding)) continue;
		const line = finding.line ?? 1;
		all.push({
			level: isBlocking(report, finding) ? "error" : finding.severity === "error" ? "warning" : finding.severity,
			file: finding.file,
			line,
			endLine: Math.max(line, finding.endLine ?? line),
			title: visibleLine(finding.title, 200),
			message: shorten(messageOf(finding), 4e3)
		});
	}
	return [
		"error",
		"warning",
		"notice"
	].flatMap((level) => {
		const found = all.filter((annotation) => annotation.level === level);
		const [last] = found.slice(mostPerLevel);
		if (last === void 0) return found;
		const left = found.length - mostPerLevel;
		const title = `${plural(left, `more ${level}`)}, see the summary`;
		const message = `GitHub shows ten annotations of a kind; the job summary has all ${found.length}. The next one is: ${last.title}`;
		return [...found.slice(0, mostPerLevel), {
			...last,
			title,
			message: shorten(message, 4e3)
		}];
	});
}
function messageOf(finding) {
	return `${visibleLine(finding.message, 2e3)}${fixOf(finding)}\n\n(${finding.rule})`;
}
/** Between the lines of a diff there is room for the beginning of a long fix. */
function fixOf({ fix }) {
	if (fix === null) return "";
	const lines = visible(fix.sql).split("\n");
	const left = lines.length - mostFixLines;
	const shown = left > 0 ? [...lines.slice(0, mostFixLines), `… and ${left} more lines, in the job summary`] : lines;
	return `\n\n${fix.heading === void 0 ? "Instead:" : visibleLine(fix.heading, 500)}\n${shown.join("\n")}`;
}
/** Head has no line to show where the file is deleted. */
function isGone(report, finding) {
	return report.databases.some((database) => database.name === finding.database && database.historyChanges.some(({ kind, file }) => kind === "deleted" && file === finding.file));
}
function undecided(report) {
	const { undecided: reason } = report;
	if (reason === null || reason.file === null) return [];
	const line = reason.line ?? 1;
	return [{
		level: "error",
		file: reason.file,
		line,
		endLine: line,
		title: "migration-gate could not decide",
		message: shorten(visible(reason.message), 4e3)
	}];
}
// src/github/annotate.ts
const remark = {
	error,
	warning,
	notice
};
/** Shows the findings on the changed lines, by commands to the runner. */
function annotate(report) {
	for (const { level, message, title, file, line, endLine } of toAnnotations(report)) remark[level](message, {
		title,
		file,
		startLine: line,
		endLine
	});
}
// src/report/per-database.ts
/**
* The part of a report that is about one database. What could not be decided at all is undecided for each, and what is
* found about no database (the configuration) is found for each.
*/
function reportOf(report, database) {
	const others = new Set(report.databases.map(({ name }) => name).filter((name) => name !== database.name));
	const findings = report.findings.filter((finding) => !others.has(finding.database));
	const count = (severity) => findings.filter((finding) => finding.allowed === null && finding.severity === severity).length;
	return {
		...report,
		verdict: report.undecided !== null ? "undecided" : findings.some((finding) => isBlocking(report, finding)) ? "blocked" : "pass",
		counts: {
			error: count("error"),
			warning: count("warning"),
			notice: count("notice"),
			allowed: findings.filter(({ allowed }) => allowed !== null).length
		},
		databases: [database],
		...report.openPullRequests === void 0 ? {} : { openPullRequests: {
			...report.openPullRequests,
			others: report.openPullRequests.others.filter((other) => other.database === database.name)
		} },
		findings
	};
}
// src/github/check-runs.ts
/** GitHub takes 65,535 characters; a name has to fit a line of the list of checks. */
const SUMMARY_LIMIT = 6e4;
const NAME_LIMIT = 100;
const TITLE_LIMIT = 250;
const listed = object({ check_runs: array(object({
	id: int(),
	name: string(),
	external_id: string().nullish()
})) });
/**
* A check run for each database, so that each can be required by a name of its own: `migration-gate: app`, with the
* comment's id in front where that is another than `default`. One of the same commit and name is written over.
*
* @param options.sha the commit that people see, the pull request's own
* @throws what Octokit throws, after its retries; UnreadableAnswer
*/
async function postCheckRuns(api, repository, options) {
	const { owner, repo } = repository;
	for (const { name, externalId, report } of runsOf(options.report, options.id)) {
		const { data } = await api.rest.checks.listForRef({
			owner,
			repo,
			ref: options.sha,
			check_name: name
		});
		const known = checked(listed, data).check_runs.find((run) => run.external_id === externalId);
		const { word, rest } = headline(report);
		const links = options.links;
		const told = {
			status: "completed",
			conclusion: report.verdict === "pass" ? "success" : "failure",
			...links.run === null ? {} : { details_url: links.run },
			output: {
				title: shorten(visibleLine(`${word}${rest}`.replaceAll("`", "")), TITLE_LIMIT),
				summary: toMarkdown(report, {
					id: null,
					budget: {
						limit: SUMMARY_LIMIT,
						unit: "bytes"
					},
					links,
					expand: false
				})
			}
		};
		if (known === void 0) {
			const head = {
				name,
				head_sha: options.sha,
				external_id: externalId
			};
			await api.rest.checks.create({
				owner,
				repo,
				...head,
				...told
			});
		} else await api.rest.checks.update({
			owner,
			repo,
			check_run_id: known.id,
			...told
		});
	}
}
function runsOf(report, id) {
	const title = id === "default" ? "migration-gate" : `migration-gate (${id})`;
	if (report.databases.length === 0) return [{
		name: title,
		externalId: `migration-gate:${id}`,
		report
	}];
	return report.databases.map((database) => ({
		name: shorten(visibleLine(`${title}: ${database.name}`), NAME_LIMIT),
		externalId: shorten(visibleLine(`migration-gate:${id}:${database.name}`), NAME_LIMIT),
		report: reportOf(report, database)
	}));
}
// src/github/outputs.ts
/** The outputs that the report alone decides; the files and `comment-url` follow when they are known. */
function setVerdictOutputs(report) {
	setOutput("verdict", report.verdict);
	setOutput("errors", report.counts.error);
	setOutput("warnings", report.counts.warning);
	setOutput("new-migrations", report.databases.reduce((sum, database) => sum + database.migrationCounts.new, 0));
	setOutput("schema-changed", report.databases.some((database) => database.schemaChanges.length > 0));
}
/**
* Writes a file that the workflow asked for.
*
* @param input the input that names it
* @param path relative to the workspace, or absolute
* @returns its absolute path
* @throws UserError when it cannot be written, or a symbolic link leads it out of the workspace: the checkout
*   holds what the pull request put there, the workflow's author only meant a path
*/
async function writeFileFor(input, workspace, path, text) {
	const file = resolve(workspace, path);
	try {
		await mkdir(dirname(file), { recursive: true });
		if (!isAbsolute(path)) await assertInside(input, workspace, dirname(file));
		const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
		const handle = await open(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 420);
		try {
			await handle.writeFile(text);
		} finally {
			await handle.close();
		}
	} catch (error) {
		if (error instanceof UserError) throw error;
		const reason = error instanceof Error ? error.message : String(error);
		throw new UserError(`The report could not be written to the input \`${input}\`: ${reason}`, { cause: error });
	}
	return file;
}
async function assertInside(input, workspace, directory) {
	const root = await realpath(workspace);
	const real = await realpath(directory);
	if (real === root || real.startsWith(root.endsWith(sep) ? root : root + sep)) return;
	throw new UserError(`The input \`${input}\` leads out of the workspace to ${real}. Name a path inside it, or an absolute path.`);
}
// src/github/diff-lines.ts
/**
* The lines that a file's patch adds, numbered as in head.
*
* @param patch as GitHub gives it: hunks without the file's header
*/
function addedLines(patch) {
	const added = /* @__PURE__ */ new Set();
	let line = 0;
	for (const text of patch.split("\n")) {
		const start = /^@@ -\d+(?:,\d+)? \+(\d+)/.exec(text)?.[1];
		if (start !== void 0) line = Number(start);
		else if (text.startsWith("+")) added.add(line++);
		else if (text.startsWith(" ")) line += 1;
	}
	return added;
}
// src/github/suggestions.ts
const reviewComment = object({
	id: int(),
	body: string(),
	path: string(),
	/** Null when the line it stood on is gone. */
	line: int().nullish(),
	in_reply_to_id: int().nullish(),
	user: author
});
const changedFile = object({
	filename: string(),
	patch: string().optional()
});
/**
* Brings the suggestions of a pull request up to date: made where their lines are among those that it adds, written over
* when they say something else, taken away when the finding is gone (what somebody answered stays, and says that it is
* settled). One that stands is never made again, whatever line it is on now.
*
* @param options.prefix how the first line of every one of this gate's suggestions begins
* @param options.headSha the pull request's own last commit
* @returns how many stand afterwards
* @throws what Octokit throws, after its retries; UnreadableAnswer
*/
async function postSuggestions(api, { owner, repo, number }, options) {
	const place = {
		owner,
		repo
	};
	const { own, answered } = await standing(api, {
		owner,
		repo,
		number
	}, options.prefix);
	const wanted = new Map(options.wanted.map((suggestion) => [suggestion.marker, suggestion]));
	let stands = 0;
	for (const comment of own) {
		const marker = firstLine(comment.body);
		const suggestion = wanted.get(marker);
		const isAnswered = answered.has(comment.id);
		if (suggestion !== void 0 && (isAnswered || comment.line != null)) {
			wanted.delete(marker);
			stands += 1;
			if (suggestion.body !== comment.body.replaceAll("\r\n", "\n")) await api.rest.pulls.updateReviewComment({
				...place,
				comment_id: comment.id,
				body: suggestion.body
			});
		} else if (!isAnswered) await api.rest.pulls.deleteReviewComment({
			...place,
			comment_id: comment.id
		});
		else if (comment.body !== settledSuggestion(marker)) {
			const body = settledSuggestion(marker);
			await api.rest.pulls.updateReviewComment({
				...place,
				comment_id: comment.id,
				body
			});
		}
	}
	if (wanted.size === 0) return stands;
	const added = await linesOf(api, {
		owner,
		repo,
		number
	});
	for (const { file, line, endLine, body } of wanted.values()) {
		const lines = added.get(file);
		if (lines === void 0 || !range(line, endLine).every((each) => lines.has(each))) continue;
		await api.rest.pulls.createReviewComment({
			...place,
			pull_number: number,
			commit_id: options.headSha,
			path: file,
			body,
			side: "RIGHT",
			line: endLine,
			...line === endLine ? {} : {
				start_line: line,
				start_side: "RIGHT"
			},
			request: { retries: 0 }
		});
		stands += 1;
	}
	return stands;
}
/** This gate's suggestions, and which of them somebody has answered. */
async function standing(api, { owner, repo, number }, prefix) {
	const isOwn = ownAuthor(api);
	const own = [];
	const answered = /* @__PURE__ */ new Set();
	const all = elements(reviewComment, (page) => api.rest.pulls.listReviewComments({
		owner,
		repo,
		pull_number: number,
		per_page: 100,
		page
	}));
	for await (const comment of all) if (comment.in_reply_to_id != null) answered.add(comment.in_reply_to_id);
	else if (firstLine(comment.body).startsWith(prefix) && await isOwn(comment.user)) own.push(comment);
	return {
		own,
		answered
	};
}
/** The lines that the pull request adds, by file. A file whose patch is too long for GitHub has none. */
async function linesOf(api, { owner, repo, number }) {
	const lines = /* @__PURE__ */ new Map();
	const files = elements(changedFile, (page) => api.rest.pulls.listFiles({
		owner,
		repo,
		pull_number: number,
		per_page: 100,
		page
	}));
	for await (const { filename, patch } of files) lines.set(filename, addedLines(patch ?? ""));
	return lines;
}
const firstLine = (body) => body.split(/\r?\n/, 1)[0]?.trimEnd() ?? "";
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, at) => from + at);
// src/github/publish.ts
/**
* Tells of a report: outputs, annotations, files, job summary, comment, and
* what was asked for beside it: suggestions, check runs.
*
* @returns what was asked for and could not be done, so that the job must not be green; a comment or summary
*   that failed is only a warning
*/
async function publish({ report, inputs, place, workspace }) {
	const links = linksOf(report);
	let problem = null;
	try {
		setVerdictOutputs(report);
		if (inputs.annotations) annotate(report);
		problem = await files(report, inputs, workspace, links);
	} finally {
		await summarize(report, links);
	}
	const url = place.comment && place.pullRequest !== null ? await comment(report, inputs, place.pullRequest, links) : null;
	setOutput("comment-url", url ?? "");
	if (inputs.suggestions && place.pullRequest !== null) await suggest(report, inputs, place.pullRequest, links);
	if (inputs.checkRun) await checkRuns(report, inputs, place, links);
	return problem;
}
/** Both files, and the first thing that was wrong with them. */
async function files(report, inputs, workspace, links) {
	const sarif = () => toSarif(report, {
		rules: ruleHelp(),
		version: productVersion(),
		docs: links.docs,
		id: inputs.commentId
	});
	return [await file("report-file", inputs.reportFile, workspace, () => toJson(report)), await file("sarif-file", inputs.sarifFile, workspace, sarif)].find((problem) => problem !== null) ?? null;
}
/** Writes one file and sets the output of the same name. */
async function file(name, path, workspace, text) {
	if (path === null) {
		setOutput(name, "");
		return null;
	}
	try {
		setOutput(name, await writeFileFor(name, workspace, path, text()));
		return null;
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		setOutput(name, "");
		return error.message;
	}
}
/** Servers without job summaries exist, and a full disk does; neither says anything about the migrations. */
async function summarize(report, links) {
	try {
		const text = toMarkdown(report, {
			id: null,
			budget: summaryBudget,
			links,
			expand: true
		});
		await summary.addRaw(text).write();
	} catch (error) {
		warning(`The job summary could not be written: ${messageOf$1(error)}`);
	}
}
/** @returns the comment's address, null when there is none */
async function comment(report, inputs, pullRequest, links) {
	if (inputs.comment === "never") return null;
	const create = deservesComment(report, inputs.comment);
	if (inputs.githubToken === "") {
		if (create) warning("There is no comment, since the input `github-token` is empty. The report is in the job summary.");
		return null;
	}
	const body = toMarkdown(report, {
		id: inputs.commentId,
		budget: commentBudget,
		links,
		expand: false
	});
	try {
		return (await postComment(connect(inputs.githubToken), {
			...context.repo,
			number: pullRequest.number
		}, {
			marker: marker(inputs.commentId),
			body,
			saysTheSame: (existing) => saysTheSame(existing, body),
			create
		})).url;
	} catch (error) {
		warning(`The comment could not be posted: ${whyNot(error, pullRequest)}. The verdict stands, and the report is in the job summary.`);
		return null;
	}
}
async function suggest(report, inputs, { number, headSha, fork }, links) {
	if (fork || inputs.githubToken === "") return;
	try {
		await postSuggestions(connect(inputs.githubToken), {
			...context.repo,
			number
		}, {
			wanted: toSuggestions(report, inputs.commentId, links),
			prefix: suggestionPrefix(inputs.commentId),
			headSha
		});
	} catch (error) {
		warning(`The suggestions could not be brought up to date: ${messageOf$1(error)}. The verdict stands, and the report has the fixes.`);
	}
}
async function checkRuns(report, inputs, place, links) {
	const sha = place.pullRequest?.headSha ?? place.head.sha;
	try {
		if (inputs.githubToken === "") throw new Error("the input `github-token` is empty");
		await postCheckRuns(connect(inputs.githubToken), context.repo, {
			report,
			id: inputs.commentId,
			sha,
			links
		});
	} catch (error) {
		const needs = statusOf(error) === 403 ? "; the job needs `permissions: checks: write`, which no fork gets" : "";
		warning(`The check runs could not be written: ${messageOf$1(error)}${needs}. The job's own check stands.`);
	}
}
function whyNot(error, { fork }) {
	const status = statusOf(error);
	const said = `${status === 0 ? "" : `${status} `}${messageOf$1(error)}`;
	if (status === 403 && fork) return `a pull request from a fork runs with a token that can only read (${said})`;
	if (status === 403 || status === 404) return `the token may not write to this pull request; the job needs \`permissions: pull-requests: write\`, and Dependabot's token can only read (${said})`;
	return said;
}
// src/github/run.ts
/**
* The action: inputs, event, gate, and everything that tells of the verdict. Leaves the job green only for the
* verdict `pass`.
*/
async function run() {
	try {
		const event = supported(context.eventName ?? "");
		const inputs = readInputs(toolNames);
		const workspace = process.env.GITHUB_WORKSPACE || process.cwd();
		const repo = resolve(workspace, inputs.workingDirectory);
		const place = placeOf({
			name: event,
			payload: context.payload,
			checkedOut: await checkedOut(repo)
		});
		const bases = actionsCache(print);
		keepElsewhere(inputs.cache ? bases : null);
		const report = await accepted(named(await judge(inputs, place, workspace, repo), inputs, place), inputs, place);
		print(toTerminal(report, { color: true }));
		const problem = await publish({
			report,
			inputs,
			place,
			workspace
		});
		await bases.send();
		end(report, problem);
	} catch (error) {
		if (!(error instanceof UserError)) failUnexpectedly(error);
		setOutput("verdict", "undecided");
		setFailed(`Could not decide: ${error.message}`);
	}
}
/** Runs the gate. Whatever goes wrong in it becomes a report, so that the pull request hears of it too. */
async function judge(inputs, place, workspace, repo) {
	try {
		return await group("Checking the migrations", () => gate({
			options: {
				repo,
				base: inputs.base ?? place.base.sha ?? `refs/remotes/origin/${place.base.ref}`,
				head: place.head.sha,
				config: inputs.config,
				path: inputs.path,
				tool: inputs.tool,
				shadow: inputs.shadow,
				postgresVersion: inputs.postgresVersion,
				applyCommand: inputs.applyCommand,
				postgresImage: inputs.postgresImage,
				timeoutMinutes: inputs.timeoutMinutes,
				shadowSuperuser: inputs.shadowSuperuser,
				shadowData: inputs.shadowData,
				rules: inputs.rules,
				failOn: inputs.failOn,
				checkDown: inputs.checkDown,
				appliedRef: inputs.appliedRef,
				checkRerun: inputs.checkRerun,
				checkOpenPrs: inputs.checkOpenPrs,
				also: [],
				tableStats: inputs.tableStats === null ? null : resolve(workspace, inputs.tableStats),
				cache: inputs.cache
			},
			token: inputs.githubToken === "" ? null : {
				serverUrl: context.serverUrl,
				value: inputs.githubToken
			},
			...inputs.base === null ? { names: {
				base: place.base.ref,
				head: place.head.ref
			} } : {},
			mergeHead: place.mergeHead,
			openPulls: otherPulls(inputs, place),
			onProgress: print
		}));
	} catch (error) {
		const wrongUse = error instanceof UserError;
		if (!wrongUse) print(stackOf(error));
		const message = error instanceof Error ? error.message : String(error);
		return buildReport({
			base: {
				ref: place.base.ref,
				sha: place.base.sha
			},
			head: place.head,
			failOn: inputs.failOn ?? "error",
			databases: [],
			findings: [],
			undecided: new Undecided(wrongUse ? "invalid-configuration" : "internal-error", message, {
				place: wrongUse ? error.place : void 0,
				cause: error
			}),
			notes: [],
			notChecked: []
		});
	}
}
/** Only a pull request has others beside it. */
function otherPulls({ githubToken }, { pullRequest, base }) {
	if (pullRequest === null) return null;
	const { number, fork } = pullRequest;
	return openPullsOf(githubToken === "" ? null : connect(githubToken), context.repo, {
		number,
		fork,
		baseRef: base.ref
	});
}
/**
* Calls both sides what the pull request calls them; the gate was given object names. The head is the pull
* request's own commit: GitHub throws its merge commit away with the next push.
*/
function named(report, inputs, place) {
	return {
		...report,
		base: inputs.base === null ? {
			...report.base,
			ref: place.base.ref
		} : report.base,
		head: {
			ref: place.head.ref,
			sha: place.pullRequest?.headSha ?? place.head.sha
		}
	};
}
/** A label that cannot be looked up counts as none: an answer of the server never makes a job green that is not. */
async function accepted(report, inputs, { pullRequest }) {
	const { overrideLabel: label, githubToken } = inputs;
	if (label === null || pullRequest === null || report.verdict !== "blocked") return report;
	try {
		if (githubToken === "") throw new Error("the input `github-token` is empty");
		const found = await override(connect(githubToken), {
			...context.repo,
			number: pullRequest.number
		}, {
			label,
			report,
			event: pullRequest,
			marker: marker(inputs.commentId)
		});
		if ("accepted" in found) return found.accepted;
		if (found.refused !== null) warning(`The label ${JSON.stringify(label)} does not count: ${found.refused}.`);
	} catch (error) {
		warning(`The label ${JSON.stringify(label)} could not be looked up: ${messageOf$1(error)}. It does not count.`);
	}
	return report;
}
function end(report, problem) {
	if (report.verdict === "pass" && problem === null) {
		process.exitCode = 0;
		return;
	}
	const { word, rest } = headline(report);
	const why = report.undecided === null ? "" : `. ${report.undecided.message}`;
	setFailed(report.verdict === "pass" ? problem ?? "" : `${word}${rest}${why}`);
}
// src/action.ts
installSignalHandlers();
await run();
process.stdout.write("", () => process.exit());
export {};
