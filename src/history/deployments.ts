import type { Tree } from '../git/tree.ts';

/** A line that changes a production database otherwise than by a deployment that runs migrations. */
export interface LooseDeployment {
  /** `instead`: without the migrations that the gate has seen; `boot`: by them, whenever an instance starts. */
  readonly kind: 'instead' | 'boot';
  readonly file: string;
  readonly line: number;
  /** The command as it stands there. */
  readonly command: string;
  readonly why: string;
}

const commands: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  {
    pattern: /\bprisma\s+db\s+push\b[^\n"'&|;]*/,
    why: 'prisma db push makes the database like schema.prisma and runs no migration: what was checked here is not what happens.',
  },
  {
    pattern: /\bprisma\s+migrate\s+(?:dev|reset)\b[^\n"'&|;]*/,
    why: 'prisma migrate dev and reset are for a developer’s machine: they may empty the database. A deployment calls prisma migrate deploy.',
  },
  {
    pattern: /\bdrizzle-kit\s+push\b[^\n"'&|;]*/,
    why: 'drizzle-kit push makes the database like the schema in the code and runs no migration: what was checked here is not what happens.',
  },
  {
    pattern: /--accept-data-loss\b/,
    why: '--accept-data-loss drops columns and tables that hold rows without asking.',
  },
  {
    pattern: /\b(?:rails|rake)\s+db:(?:schema:load|reset|drop)\b/,
    why: 'db:schema:load, db:reset and db:drop throw away what the database holds.',
  },
  {
    pattern: /\bsupabase\s+db\s+reset\b[^\n"'&|;]*--linked\b/,
    why: 'supabase db reset --linked throws away what the remote database holds.',
  },
];

/** What runs migrations, of any tool. */
const migrating =
  /\b(?:prisma\s+migrate\s+deploy|drizzle-kit\s+migrate|(?:rails|rake)\s+db:(?:migrate|prepare)|alembic\s+(?:\S+\s+\S+\s+)?upgrade|manage\.py\s+migrate|knex\s+migrate:latest|typeorm(?:-ts-node-\w+)?\s+migration:run|sequelize(?:-cli)?\s+db:migrate|kysely\s+migrate(?::|\s+)latest|mikro-orm\s+migration:up|node-pg-migrate\s+up|graphile-migrate\s+migrate|dbmate\s+(?:up|migrate)|flyway\s+(?:\S+\s+)*migrate|liquibase\s+(?:\S+\s+)*update|sqlx\s+migrate\s+run|diesel\s+migration\s+run|atlas\s+migrate\s+apply|ecto\.migrate)\b/;
/** What starts an application behind it. */
const starting =
  /(?:&&|;|\n)\s*(?:exec\s+)?(?:node|npm|npx|pnpm|yarn|bun|deno|next|python3?|gunicorn|uvicorn|daphne|celery|puma|bundle|bin\/rails|rails|java|mix|\.\/|\/|"\$@"|\$@)/;

/** More than this is no workflow that anybody wrote. */
const longest = 200_000;

/**
 * Lines of workflows that deploy, of images and of start scripts that head has and base has not.
 */
export async function looseDeployments(base: Tree, head: Tree): Promise<LooseDeployment[]> {
  const changed = head.entries.filter(
    ({ path, oid, mode }) => mode.startsWith('100') && isDeployment(path) && base.get(path)?.oid !== oid,
  );
  const paths = changed.slice(0, 100).map(({ path }) => path);
  if (paths.length === 0) return [];
  const [before, now] = await Promise.all([base.read(paths), head.read(paths)]);
  return paths.flatMap((path) => {
    const text = now.get(path)?.toString('utf8') ?? '';
    if (text.length > longest) return [];
    const known = new Set((before.get(path)?.toString('utf8') ?? '').split('\n').map((line) => line.trim()));
    return linesOf(path, text).flatMap(({ line, content }) =>
      known.has(content.trim()) ? [] : found(path, line, content, startOf(path, text, line)),
    );
  });
}

const isDeployment = (path: string): boolean =>
  /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path) ||
  /(?:^|\/)(?:Dockerfile[^/]*|[^/]+\.Dockerfile|Procfile|fly\.toml|render\.ya?ml|railway\.(?:json|toml)|vercel\.json|package\.json)$/.test(
    path,
  ) ||
  /(?:^|\/)(?:[\w.-]*(?:start|entrypoint|deploy|release)[\w.-]*)\.sh$/.test(path);

const atBoot =
  'Every instance that starts runs it: several at once wait for each other, a health check kills the one that takes long, and a restart runs it at an hour that nobody chose. Run migrations as one step before the new version starts.';

/** The text in which the application would start after this line: the rest of a script, else the line. */
function startOf(path: string, text: string, line: number): string {
  const lines = text.split('\n').slice(line - 1);
  if (path.endsWith('.sh')) return lines.join('\n');
  const [first = ''] = lines;
  // What a workflow and a build do are steps of their own, and so is a release phase.
  const boots =
    path.endsWith('package.json') ||
    /^\s*(?:CMD|ENTRYPOINT)\b/i.test(first) ||
    /^\s*(?:web|worker)\s*:/.test(first) ||
    /start_?command/i.test(first);
  return boots ? first : '';
}

/** Scripts of package.json that a deployment runs. */
const deployScript =
  /^\s*"(?:(?:pre|post)?(?:start|deploy|release)(?::[\w-]+)?|vercel-build|heroku-postbuild|start:prod\w*)"\s*:/;

function linesOf(path: string, text: string): { line: number; content: string }[] {
  const lines = text.split('\n').map((content, index) => ({ line: index + 1, content }));
  if (path.endsWith('package.json')) return lines.filter(({ content }) => deployScript.test(content));
  // A workflow that tests may make its database as it likes.
  if (path.startsWith('.github/workflows/')) {
    const name = /^name:(.*)$/m.exec(text)?.[1] ?? '';
    if (!/deploy|release|production|publish/i.test(`${path} ${name}`)) return [];
  }
  return lines.filter(({ content }) => !/^\s*#/.test(content));
}

function found(file: string, line: number, content: string, start: string): LooseDeployment[] {
  for (const { pattern, why } of commands) {
    const match = pattern.exec(content.slice(0, 2_000));
    if (match !== null) return [{ kind: 'instead', file, line, command: match[0].trim(), why }];
  }
  const run = migrating.exec(content.slice(0, 2_000));
  if (run === null || !starting.test(start.slice(0, 2_000))) return [];
  return [{ kind: 'boot', file, line, command: run[0].trim(), why: atBoot }];
}
