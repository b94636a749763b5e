import { n as UserError, t as Undecided } from "./shared6.js";
import { A as toolNamed, B as languageOf, D as runsItself, G as exclusion, H as andAbove, J as within, O as survey, S as majors, T as noToolSettings, W as dirname$1, _ as tryGit, c as makeScratch, i as commitWorkingTree, n as readTree, s as openRepository, t as objectsOf, u as gitEnvironment, w as configuredTool, x as postgresVersionOf, z as withoutComments } from "./shared15.js";
import { i as visibleLine, r as visible } from "./shared30.js";
import { a as imageFor, t as _usingCtx } from "./shared21.js";
import { d as parseFile } from "./shared8.js";
import { t as require_dist } from "./shared16.js";
import { t as createTwoFilesPatch } from "./shared22.js";
import { r as word } from "./shared17.js";
import { t as ownDirectory } from "./shared24.js";
import { basename, join, relative } from "node:path";
import { lstat, mkdir, readFile, realpath, writeFile } from "node:fs/promises";
// src/init/action-reference.ts
/** How workflows name the action where nobody says which copy and which release: both words are to be replaced. */
const actionReference = "OWNER/migration-gate@REF";
/** A repository of GitHub's, or of a GitHub Enterprise server, by https or ssh; the name in the first group. */
const remote = /^(?:https:\/\/(?:[^/@]*@)?|ssh:\/\/git@|git@)[^/:]*github[^/:]*(?::\d+)?[/:]([\w.-]+\/migration-gate)(?:\.git)?\/?$/;
/**
* The copy that this program is, as a workflow names it: `OWNER/migration-gate@COMMIT`. Null where the program is no clone,
* or its remote may not have the commit.
*
* @param directory the top of the program's own files
*/
async function referenceOf(directory) {
	const place = {
		cwd: directory,
		env: gitEnvironment(process.env, []),
		running: /* @__PURE__ */ new Set()
	};
	const ask = async (...args) => {
		const { code, stdout } = await tryGit(place, args);
		return code === 0 ? stdout.toString("utf8").trim() : "";
	};
	const top = await ask("rev-parse", "--show-toplevel");
	if (top === "" || await realpath(top) !== await realpath(directory)) return null;
	const name = remote.exec(await ask("remote", "get-url", "origin"))?.[1];
	const commit = await ask("rev-parse", "HEAD");
	const there = await ask("for-each-ref", "--count=1", "--contains=HEAD", "--format=x", "refs/remotes/origin");
	return name === void 0 || there === "" ? null : `${name}@${commit}`;
}
// src/git/working-tree.ts
/**
* Opens the working tree with its uncommitted and untracked files. A repository without a commit will do, and nothing is
* fetched.
*
* @throws UserError if there is no repository, or one without files
*/
async function openWorkingTree(directory) {
	const repo = await openRepository(directory);
	const scratch = await makeScratch(repo);
	try {
		const objects = objectsOf(scratch);
		const { sha } = await commitWorkingTree({
			repo,
			scratch,
			network: scratch,
			objects,
			known: /* @__PURE__ */ new Map(),
			secrets: [],
			remote: null,
			note: () => {},
			say: () => {}
		});
		return {
			tree: await readTree(objects, sha, {
				ref: "working tree",
				sha: null
			}),
			top: repo.top,
			[Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose]()
		};
	} catch (error) {
		await scratch[Symbol.asyncDispose]();
		throw error;
	}
}
// src/init/extensions.ts
/** Extensions for which an image is known, in the order in which the migrations create them. */
function neededExtensions(migrations, major) {
	const found = /* @__PURE__ */ new Map();
	for (const migration of migrations) for (const { name, ifNotExists } of createdIn(migration)) {
		if (imageFor(name, major) === null) continue;
		const known = found.get(name);
		found.set(name, {
			name,
			file: known?.file ?? migration.file,
			ifNotExists: ifNotExists && known?.ifNotExists !== false
		});
	}
	return [...found.values()];
}
function createdIn({ file, sql, bytes, program }) {
	if (program !== true) {
		const { statements, error } = parseFile(sql);
		if (error !== null) return inText(sql);
		return statements.flatMap(({ node }) => {
			if (!("CreateExtensionStmt" in node)) return [];
			const { extname = "", if_not_exists: ifNotExists = false } = node.CreateExtensionStmt;
			return [{
				name: extname,
				ifNotExists
			}];
		});
	}
	const language = languageOf(file);
	const text = bytes.toString("utf8");
	return inText(language === "sql" ? text : withoutComments(text, language));
}
const statement = /\bcreate\s+extension\s+(if\s+not\s+exists\s+)?\\?["'`]?(\w+)/gi;
/** Rails' and Knex's words, Django's operations, and Ecto's: all pass over what is there. */
const words = /\b(?:enable_extension|createExtensionIfNotExists|CreateExtension|createExtension)\b\s*\(?\s*["':](\w+)/g;
const django = /\b(Vector)Extension\(/g;
const inText = (text) => [
	...[...text.matchAll(statement)].map(([, asks, name = ""]) => ({
		name: name.toLowerCase(),
		ifNotExists: asks !== void 0
	})),
	...[...text.matchAll(words)].map(([, name = ""]) => ({
		name,
		ifNotExists: true
	})),
	...[...text.matchAll(django)].map(([, name = ""]) => ({
		name: name.toLowerCase(),
		ifNotExists: true
	}))
];
// src/init/images.ts
/** Images of PostgreSQL with extensions that it does not ship. */
const image = /^[ \t]*(?:-[ \t]*)?image:[ \t]*["']?((?:[\w.-]+(?::\d+)?\/)*(?:postgis|pgvector|timescaledb(?:-ha)?):[\w.-]+)/gm;
const names = /(?:^|\/)(?:(?:docker-)?compose[^/]*\.ya?ml|\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.yml)$/;
/** The image with extensions that developers or CI run, where all files agree on one, and the file that names it; else null. */
async function imageSaid(tree) {
	const files = tree.entries.filter(({ path, mode }) => mode.startsWith("100") && names.test(path)).filter(({ path }) => exclusion(dirname$1(path)) === null).map(({ path }) => path);
	const said = /* @__PURE__ */ new Map();
	for (const [file, bytes] of await tree.read(files)) for (const [, name = ""] of bytes.toString("utf8").matchAll(image)) if (!said.has(name)) said.set(name, file);
	const [only] = said;
	return only === void 0 || said.size > 1 ? null : {
		image: only[0],
		file: only[1]
	};
}
// src/init/find.ts
/** What a repository holds that can be checked. Nothing of it is run. */
async function findDatabases(tree) {
	const { databases, unsupported, notes } = await survey(tree);
	const paths = [...new Set([...databases, ...unsupported].map(({ path }) => path))].sort();
	const numbered = databases.filter(({ tool, path }) => tool === "plain" && !/migrat/i.test(path));
	const found = [];
	for (const path of paths) {
		const owners = databases.filter((one) => one.path === path);
		const others = unsupported.filter((one) => one.path === path);
		found.push(await databaseAt(tree, path, owners, others, numbered.length > 1));
	}
	return {
		databases: found,
		notes
	};
}
async function databaseAt(tree, path, owners, others, severalNumbered) {
	const candidates = [...owners.map(({ tool, because }) => ({
		tool,
		because
	})), ...others.flatMap(({ sqlFiles, because }) => [...sqlFiles ? [{
		tool: "plain",
		because: `if its SQL files run whole; ${because}`
	}] : [], {
		tool: "command",
		because: "with an apply-command, which migrates DATABASE_URL"
	}])];
	const [only] = candidates;
	const sure = only !== void 0 && candidates.length === 1 && others.length === 0 ? only.tool : null;
	const [other] = others;
	const question = owners.length > 1 || owners.length > 0 && other !== void 0 ? "It looks like several tools: which one runs it?" : other !== void 0 ? `It belongs to ${other.tool} (${other.because}), which cannot be read by itself: how is it run?` : severalNumbered && sure === "plain" && !/migrat/i.test(path) ? "One of several directories with numbered SQL files: is it deployed? If not, remove it here." : null;
	const history = sure === null ? null : await migrationsAt(tree, path, sure);
	const version = await postgresVersionOf(tree, path);
	const platform = sure !== null && toolNamed(sure).prelude !== void 0;
	return {
		path,
		candidates,
		question,
		migrations: history === null || typeof history === "string" ? history : history.length,
		version,
		image: await imageSaid(tree),
		needed: platform || !Array.isArray(history) ? [] : neededExtensions(history, version.major),
		declaredSchema: sure === null ? null : declaredSchema(tree, path),
		runsItself: sure !== null && await callsItself(tree, path, sure)
	};
}
/** A text is why they cannot be read. */
async function migrationsAt(tree, path, name) {
	try {
		return (await (await configured(tree, path, name)).history(tree, path)).migrations;
	} catch (error) {
		if (error instanceof Undecided || error instanceof UserError) return error.message;
		throw error;
	}
}
/** Some tools run themselves only where programs are among their files. */
async function callsItself(tree, path, name) {
	if (!runsItself(name)) return false;
	if (toolNamed(name).command !== void 0) return true;
	try {
		return (await configured(tree, path, name)).command !== void 0;
	} catch (error) {
		if (error instanceof Undecided || error instanceof UserError) return true;
		throw error;
	}
}
const configured = (tree, path, tool) => configuredTool({
	tool,
	path,
	toolSettings: noToolSettings
}, {
	head: tree,
	base: tree
});
/** Where tools write the schema that their migrations make: Rails, dbmate, and by hand. */
function declaredSchema(tree, path) {
	const file = andAbove(path).flatMap((directory) => [...directory === path ? [] : ["structure.sql", "schema.sql"].map((name) => within(directory, name)), ...["structure.sql", "schema.sql"].map((name) => within(within(directory, "db"), name))]).find((place) => tree.get(place)?.mode.startsWith("100"));
	return file === void 0 || exclusion(file) === "copied" ? null : file;
}
/** Majors that can be asked for, for the comment beside the version. */
const majorsText = majors.join(", ");
// src/init/yaml-text.ts
var import_dist = require_dist();
/** A value on one line, quoted where YAML needs it. */
const scalar = (value) => (0, import_dist.stringify)(value, {
	lineWidth: 0,
	blockQuote: false
}).trimEnd();
/** As `scalar`, in a workflow: a name that looks like an expression of GitHub's must not be evaluated. */
const workflowScalar = (value) => scalar(typeof value === "string" ? value.replaceAll("${{", () => "${{ '${{' }}") : value);
/** Text for behind a `#`: one line, whatever it holds. */
const comment = (text) => visibleLine(text, 300);
// src/init/config-file.ts
/** `.github/migration-gate.yml` for these databases: what was found, and what else may matter as comments. */
function configFile(databases) {
	return `# What migration-gate checks, and how strictly. It is read from the pull request; one that loosens what the base branch has
# is blocked by the rule gate-weakened, and merged by somebody who may bypass the check.

databases: # a directory that is not listed here is not checked
${databases.map(entry).join("\n")}
# rules: # error | warning | notice | off; "migration-gate explain" lists them
#   drop-column: warning

# Findings are told and nothing blocks: for a trial.
# fail-on: never

# Sizes of production's tables: findings say how big a table is, and small ones count less.
# table-stats: db/table-stats.csv

# Production's role has a lock_timeout: migrations need not set one.
# lock-timeout: set-by-role

# Also revert the new migrations and apply them again; stop them half-way and run them again.
# check-down: true
# check-rerun: true
`;
}
function entry(database, at) {
	const { path, candidates, question, version, declaredSchema, runsItself } = database;
	const [first] = candidates;
	const tool = candidates.length === 1 && first !== void 0 && !undecidedTool(database) ? first : null;
	return [
		...question === null ? [] : [`  # ${comment(question)}`],
		...tool === null ? [] : [`  # ${comment(tool.because)}`],
		`  - path: ${scalar(path === "" ? "." : path)}`,
		...tool === null ? choice(database) : [`    tool: ${tool.tool}`],
		version.stated ? `    postgres-version: ${version.major} # ${comment(version.note.replace(/^PostgreSQL \d+, /, "").replace(/\.$/, ""))}; it must be what production runs` : `    # postgres-version: ${version.major} # what production runs (${majorsText}). ${comment(version.note.replace(/ Set postgres-version.*$/, ""))}`,
		...extensionLines(database, at === 0),
		...at > 0 ? [] : ["    # setup: [db/roles.sql] # SQL files that run before the history, for roles that it needs"],
		...declaredSchema === null ? [] : [`    # declared-schema: ${comment(scalar(declaredSchema))} # to be told when it is not what the migrations make`],
		...runsItself ? ["    # apply-command: make migrate # a line for the shell in place of the tool's own command", "    # command-environment: { APP_ENV: test } # variables that its settings ask for"] : [],
		""
	].join("\n");
}
/** The server that has what the migrations create, and what is created before them. */
function extensionLines({ needed, image, version }, first) {
	const example = first ? ["    # extensions: [citext] # created before the history, by the superuser"] : [];
	const [one] = needed;
	if (one === void 0) {
		if (image === null) return example;
		return [`    # postgres-image: ${image.image} # as in ${comment(image.file)}: for extensions that PostgreSQL does not ship; needs Docker`, ...example];
	}
	const images = new Set(needed.flatMap(({ name }) => imageFor(name, version.major) ?? []));
	const names = needed.map(({ name }) => name);
	const why = `${comment(one.file)} creates ${one.name}, which PostgreSQL does not ship; needs Docker`;
	const [known = ""] = images;
	const taken = image?.image ?? (images.size === 1 ? known : null);
	const early = needed.filter(({ ifNotExists }) => ifNotExists).map(({ name }) => name);
	return [taken === null ? `    # postgres-image: ${known} # name one that has all of ${names.join(", ")}: ${why}` : `    postgres-image: ${taken} # ${image === null ? "" : `as in ${comment(image.file)}: `}${why}`, ...early.length === 0 ? example : [`    extensions: [${early.join(", ")}] # created before the history, by the superuser: the migrations' own owner may not`]];
}
/** The lines of which somebody has to take one, or a command that only the team knows. */
function choice({ candidates }) {
	const command = candidates.some(({ tool }) => tool === "command");
	return [
		"    # Take the # away from one tool, or remove this directory; until then the gate is undecided, which is red.",
		...candidates.map(({ tool, because }) => `    # tool: ${tool} # ${comment(because)}`),
		...command ? ["    # apply-command: make migrate # for tool: command"] : []
	];
}
/** A directory of a tool that cannot be read has one way only, and that is somebody's choice too. */
const undecidedTool = ({ candidates }) => candidates[0]?.tool === "command";
// src/init/around.ts
/** @param path directory of the migrations */
function aroundOf(tree, path) {
	const has = (file) => tree.get(file)?.mode.startsWith("100") === true;
	return {
		has,
		text: async (file) => (await tree.read([file])).get(file)?.toString("utf8") ?? "",
		nearest: (...names) => andAbove(path).find((directory) => names.some((name) => has(within(directory, name)))) ?? null
	};
}
// src/init/node-steps.ts
const managers = [
	{
		lock: "package-lock.json",
		install: "npm ci",
		cache: "npm"
	},
	{
		lock: "npm-shrinkwrap.json",
		install: "npm ci",
		cache: "npm"
	},
	{
		lock: "pnpm-lock.yaml",
		install: "pnpm install --frozen-lockfile",
		cache: "pnpm"
	},
	{
		lock: "yarn.lock",
		install: "yarn install --frozen-lockfile",
		cache: "yarn"
	},
	{
		lock: "bun.lock",
		install: "bun install --frozen-lockfile",
		cache: null
	},
	{
		lock: "bun.lockb",
		install: "bun install --frozen-lockfile",
		cache: null
	}
];
/** Node, the package manager whose lock file is nearest, and its install command. */
async function nodeSteps(around) {
	const { has, nearest } = around;
	const locked = nearest(...managers.map(({ lock }) => lock));
	const manager = managers.find(({ lock }) => locked !== null && has(within(locked, lock)));
	const directory = locked ?? nearest("package.json") ?? "";
	const lock = manager === void 0 ? null : within(directory, manager.lock);
	const berry = manager?.cache === "yarn" && await isBerry(around, directory);
	const versionFile = [
		".nvmrc",
		".node-version",
		".tool-versions"
	].flatMap((name) => [within(directory, name), name]).find(has);
	const cache = manager?.cache == null || berry ? {} : { cache: manager.cache };
	return [
		...manager?.cache === "pnpm" ? [await pnpm(around, directory)] : [],
		{
			uses: "actions/setup-node@v6",
			with: {
				...versionFile === void 0 ? { "node-version": 24 } : { "node-version-file": versionFile },
				...cache,
				..."cache" in cache && directory !== "" && lock !== null ? { "cache-dependency-path": lock } : {}
			},
			...versionFile === void 0 ? { why: "set the version that production runs" } : {}
		},
		...manager?.cache === null ? [{ uses: "oven-sh/setup-bun@v2" }] : [],
		...berry ? [{ run: "corepack enable" }] : [],
		{
			run: berry ? "yarn install --immutable" : manager?.install ?? "npm install",
			directory,
			...manager === void 0 ? { why: "there is no lock file: what is installed may change" } : {}
		}
	];
}
/** Its action asks package.json for the version, and stops where none is said twice or never. */
async function pnpm({ text, has }, directory) {
	const manifest = within(directory, "package.json");
	const said = has(manifest) && /"packageManager"\s*:\s*"pnpm@/.test(await text(manifest));
	return {
		uses: "pnpm/action-setup@v4",
		...said && directory === "" ? {} : { with: said ? { package_json_file: manifest } : { version: 10 } }
	};
}
/** Yarn 2 and newer mark their lock file. */
async function isBerry({ text }, directory) {
	return /^__metadata:/m.test(await text(within(directory, "yarn.lock")));
}
// src/init/python-steps.ts
/** Tools that keep a lock file, and how they install what it says. `pipx` is on GitHub's runners. */
const lockFiles = [
	[
		"uv.lock",
		"pipx install uv",
		"uv sync --locked"
	],
	[
		"poetry.lock",
		"pipx install poetry",
		"poetry install"
	],
	[
		"Pipfile.lock",
		"pipx install pipenv",
		"pipenv sync --dev"
	],
	[
		"pdm.lock",
		"pipx install pdm",
		"pdm sync"
	]
];
const requirements = [
	"requirements.txt",
	"requirements/production.txt",
	"requirements/prod.txt",
	"requirements/base.txt",
	"requirements/requirements.txt"
];
/** Python, and the install command of the lock file that is nearest, else of the requirements. */
async function pythonSteps({ has, nearest, text }) {
	const directory = nearest(...[...lockFiles.map(([file]) => file), ...requirements]) ?? nearest("pyproject.toml") ?? "";
	const locked = lockFiles.find(([file]) => has(within(directory, file)));
	const listed = requirements.find((file) => has(within(directory, file)));
	const packaged = has(within(directory, "pyproject.toml"));
	const [, ...install] = locked ?? (listed !== void 0 ? [listed, `pip install -r ${listed}`] : packaged ? ["pyproject.toml", "pip install ."] : [""]);
	const project = within(directory, "pyproject.toml");
	const asked = has(project) && /^\s*(?:requires-python|python)\s*=/m.test(await text(project));
	const versionFile = [within(directory, ".python-version"), ".python-version"].find(has) ?? (asked ? project : void 0);
	return [
		{
			uses: "actions/setup-python@v6",
			with: versionFile === void 0 ? { "python-version": "3.13" } : { "python-version-file": versionFile },
			...versionFile === void 0 ? { why: "set the version that production runs" } : {}
		},
		...install.map((run) => run.startsWith("pipx ") ? { run } : {
			run,
			directory
		}),
		...install.length === 0 ? [{
			run: "pip install -r requirements.txt",
			why: "no lock file and no requirements were found: install what the project needs"
		}] : []
	];
}
// src/init/steps.ts
/** The step as lines of a job's `steps:`. */
function stepText({ uses, run, with: given, env, directory = "", why }) {
	const first = uses === void 0 ? `run: ${workflowScalar(run ?? "")}` : `uses: ${uses}`;
	const map = (name, values) => values === void 0 ? [] : [`        ${name}:`, ...Object.entries(values).map(([key, value]) => `          ${key}: ${workflowScalar(value)}`)];
	return [
		`      - ${first}${why === void 0 ? "" : ` # ${why}`}`,
		...map("with", given),
		...directory === "" || uses !== void 0 ? [] : [`        working-directory: ${workflowScalar(directory)}`],
		...map("env", env)
	].join("\n");
}
// src/init/setup-steps.ts
const languages = {
	alembic: pythonSteps,
	django: pythonSteps,
	rails: rubySteps,
	knex: nodeSteps,
	typeorm: nodeSteps,
	sequelize: nodeSteps,
	kysely: nodeSteps,
	"mikro-orm": nodeSteps,
	"node-pg-migrate": nodeSteps,
	ecto: elixirSteps
};
/** What a job has to install before tools that run themselves can run, without repetitions. */
async function setupSteps(tree, databases) {
	const steps = /* @__PURE__ */ new Map();
	for (const { path, candidates, runsItself } of databases) {
		const language = runsItself && candidates[0] !== void 0 ? languages[candidates[0].tool] : void 0;
		if (language === void 0) continue;
		for (const step of await language(aroundOf(tree, path))) steps.set(stepText(step), step);
	}
	return [...steps.values()];
}
async function rubySteps({ has, nearest }) {
	const directory = nearest("Gemfile.lock", "Gemfile") ?? "";
	const said = [
		".ruby-version",
		".tool-versions",
		"mise.toml"
	].some((name) => has(within(directory, name)));
	return [{
		uses: "ruby/setup-ruby@v1",
		with: {
			...said ? {} : { "ruby-version": "3.4" },
			"bundler-cache": true,
			...directory === "" ? {} : { "working-directory": directory }
		},
		why: said ? "the version that the repository names; bundle install" : "bundle install; set the version that production runs"
	}];
}
async function elixirSteps({ nearest, text }) {
	const directory = nearest("mix.exs") ?? "";
	const versions = nearest(".tool-versions");
	const file = versions === null ? null : within(versions, ".tool-versions");
	const said = file !== null && /^(?=[\s\S]*^erlang\s)(?=[\s\S]*^elixir\s)/m.test(await text(file));
	return [{
		uses: "erlef/setup-beam@v1",
		with: said ? {
			"version-file": file,
			"version-type": "strict"
		} : {
			"otp-version": "28",
			"elixir-version": "1.19"
		},
		...said ? {} : { why: "set the versions that production runs" }
	}, {
		run: "mix deps.get && mix compile",
		directory,
		env: { MIX_ENV: "test" }
	}];
}
// src/init/workflow.ts
/**
* `.github/workflows/migrations.yml`.
*
* @param action how the action is named: `OWNER/REPOSITORY@REF`
* @param setup what has to be installed for tools that run themselves
*/
function workflow(action, setup) {
	return `name: migrations

# No paths filter: a required check that never starts keeps the pull request waiting for ever. Where no migration changed
# the gate ends green in seconds.
on:
  pull_request:
  merge_group: # the queue's commit is checked as it would be merged

concurrency: # a new push ends the run of the one before
  group: migrations-\${{ github.ref }}
  cancel-in-progress: true

permissions:
  contents: read # to read both branches
  pull-requests: write # to comment

jobs:
  migration-gate: # require this name in the branch's ruleset
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
${[
		{
			uses: "actions/checkout@v7",
			with: { "persist-credentials": false },
			why: "leaves no token behind for what runs later"
		},
		...setup,
		{
			uses: action,
			...action.includes("REF") ? { why: "REF: a tag, better a full commit SHA" } : {}
		}
	].map(stepText).join("\n")}
`;
}
// src/init/write.ts
/**
* Writes a file that is not there; one that is stays untouched, whatever it holds.
*
* @param top absolute path of the repository's top
* @param file where it belongs, from there
* @param existing another file that already does its work; null: none
* @throws UserError where a link or a file stands in the way
*/
async function writeNew(top, file, text, existing = null) {
	await refuseLinks(top, file);
	const there = existing ?? file;
	const before = await readFile(join(top, there), "utf8").catch(whenMissing);
	if (before !== null) {
		if (before === text) return {
			file: there,
			did: "same",
			difference: ""
		};
		return {
			file: there,
			did: "left",
			difference: createTwoFilesPatch(there, `${file} (by init)`, before, text, "", "", { context: 2 }).replace(/^=+\n/, "")
		};
	}
	await mkdir(join(top, file, ".."), { recursive: true });
	await writeFile(join(top, file), text, { flag: "wx" });
	return {
		file,
		did: "wrote",
		difference: ""
	};
}
/** A link in the way would lead out of the repository. */
async function refuseLinks(top, file) {
	const parts = file.split("/");
	for (let length = 1; length <= parts.length; length += 1) {
		const path = parts.slice(0, length).join("/");
		const found = await lstat(join(top, path)).catch(whenMissing);
		if (found === null) return;
		if (!(length === parts.length ? found.isFile() : found.isDirectory())) throw new UserError(`${path} is in the way of ${file}: links are not followed, and nothing is replaced.`);
	}
}
function whenMissing(error) {
	if (error.code === "ENOENT") return null;
	throw error;
}
// src/init/init.ts
/** Where the files belong, from the root of the repository. */
const written = {
	workflow: ".github/workflows/migrations.yml",
	config: ".github/migration-gate.yml"
};
/**
* What `init` would write for a repository.
*
* @param action how the workflow names the action
* @throws UserError where no migrations are found
*/
async function plan(tree, action = actionReference) {
	const found = await findDatabases(tree);
	if (found.databases.length === 0) throw nothing(found);
	return {
		found,
		workflow: workflow(action, await setupSteps(tree, found.databases)),
		config: configFile(found.databases),
		existing: {
			workflow: await workflowThere(tree),
			config: configThere(tree)
		}
	};
}
/** Looks at a repository, and writes what is not there yet. */
async function init(input) {
	try {
		var _usingCtx$1 = _usingCtx();
		const opened = _usingCtx$1.a(await openWorkingTree(input.repo));
		const made = await plan(opened.tree, input.action);
		if (input.dryRun) return {
			plan: made,
			outcomes: []
		};
		return {
			plan: made,
			outcomes: [await writeNew(opened.top, written.workflow, made.workflow, made.existing.workflow), await writeNew(opened.top, written.config, made.config, made.existing.config)]
		};
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
/** What was found, a line each. */
function foundText({ databases, notes }) {
	return `${[...databases.map(line), ...notes.map((note) => `note: ${visibleLine(note)}`)].join("\n")}\n`;
}
function line({ path, candidates, question, migrations, version }) {
	const where = visibleLine(path === "" ? "the root of the repository" : path);
	const [first] = candidates;
	if (!(candidates.length === 1 && first !== void 0 && first.tool !== "command")) {
		const choice = candidates.map(({ tool }) => tool).join(" or ");
		return `${where}: ${visibleLine(question ?? "which tool runs it?")} Say in the config: tool: ${choice}. Until then the gate is undecided.`;
	}
	const count = typeof migrations === "number" ? `${migrations} migration${migrations === 1 ? "" : "s"}` : visibleLine(migrations ?? "");
	const asked = question === null ? "" : ` ${visibleLine(question)}`;
	return `${where}: ${toolNamed(first.tool).title}, ${count} (${visibleLine(first.because)}). ${visibleLine(version.note)}${asked}`;
}
function nothing({ notes }) {
	const why = notes.map((note) => `\n${note}`).join("");
	return new UserError(`No migrations were found, so nothing was written.${why}\nAre they in this repository, and not ignored by git? Then say where, in ${written.config}:\n\ndatabases:\n  - path: db/migrations\n    tool: plain # or the tool's own name\n\nA tool that migrates by a program of its own is "tool: command" with an apply-command, a line for the shell that migrates DATABASE_URL.`);
}
/** Another workflow that calls the action already. */
async function workflowThere(tree) {
	const files = tree.under(".github/workflows").filter(({ path, mode }) => mode.startsWith("100") && /\.ya?ml$/.test(path)).map(({ path }) => path);
	return [...await tree.read(files)].find(([, bytes]) => /^\s*(?:-\s+)?uses:\s*["']?(?:[\w.-]+\/migration-gate@)/m.test(bytes.toString("utf8")))?.[0] ?? null;
}
const configThere = (tree) => [".github/migration-gate.yml", ".github/migration-gate.yaml"].find((file) => tree.get(file) !== void 0) ?? null;
// src/command/init.ts
/**
* Writes a workflow and a config for what a repository holds. What is found is said on standard error, so that standard
* output holds the files and nothing else with `--dry-run`.
*
* @returns 0 both files are there as they should be, 1 one that differs was left as it is
*/
async function writeFiles({ repo, action: named, dryRun = false }) {
	const own = named === void 0 ? await referenceOf(ownDirectory) : null;
	const action = named ?? own ?? "OWNER/migration-gate@REF";
	if (!/^[\w.-]+\/[\w./-]+@[\w./-]+$/.test(action)) throw new UserError(`--action ${JSON.stringify(action)} must be OWNER/REPOSITORY@REF.`);
	const { plan, outcomes } = await init({
		repo,
		action,
		dryRun
	});
	process.stderr.write(foundText(plan.found));
	if (dryRun) {
		process.stdout.write(`# ${written.workflow}\n${plan.workflow}---\n# ${written.config}\n${plan.config}`);
		return 0;
	}
	for (const outcome of outcomes) process.stdout.write(said(outcome));
	if (outcomes.some(({ did }) => did === "wrote")) process.stdout.write(aboutAction(action, own));
	const again = `${invoked()} check${repo === "." ? "" : ` --repo ${word(repo)}`}`;
	process.stdout.write(`Next: read both files, try \`${visibleLine(again)}\`, and commit them.\n`);
	return outcomes.some(({ did }) => did === "left") ? 1 : 0;
}
function aboutAction(action, own) {
	if (own !== null) return `The workflow names this copy of the action, ${own}; --action names another.\n`;
	return action === "OWNER/migration-gate@REF" ? `Next: put the address of the action in the place of ${actionReference}.\n` : "";
}
/** How this program was called: by its name where it is installed, else by its file. */
function invoked() {
	const [, file = ""] = process.argv;
	if (basename(file) === "migration-gate") return "migration-gate";
	const near = relative(process.cwd(), file);
	return `node ${word(near.length < file.length ? near : file)}`;
}
function said({ file, did, difference }) {
	const name = visibleLine(file);
	if (did === "wrote") return `wrote ${name}\n`;
	if (did === "same") return `${name} is there already, as it should be\n`;
	return `left ${name} as it is. What init would write instead:\n\n${visible(difference)}\n`;
}
export { writeFiles };
