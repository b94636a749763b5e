import { recording } from '../../history/recovery.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { differenceWords, failureWords } from './divergence.ts';
import { toldOfSchema } from './schema-squash.ts';
import { fileList, sinceSentence, takeBack } from './way-out.ts';

const users = 'CREATE TABLE users (id bigint PRIMARY KEY);';
const logs = 'CREATE TABLE logs (id bigint PRIMARY KEY);';

export const squashedHistory: Rule = {
  name: 'squashed-history',
  about: 'history',
  severity: 'error',
  summary:
    'Migrations that base has were put together in one, or left to the schema file that new databases are made of.',
  why: 'A long history may be replaced by one file when both make the same schema, which is tried: the upgrade path has base’s files, the fresh path has head’s, and the two schemas are compared by name. What is not in a schema (rows that migrations wrote) is not compared.\n\nDatabases that have run the old files must not run the new one: they have to be told that it is applied, before the next deploy.\n\nRails makes new databases of `db/schema.rb` or `db/structure.sql`. Where the files that are gone are the beginning of base’s history and no newer than that, the fresh path is what `rails db:schema:load` makes of head’s and the migrations after it, without the order of columns. If that is the schema of the upgrade path, it is a notice: no database has to be told anything.',
  instead:
    'Make the one file so that the schemas are equal, say `accept-squash: true` (or the path of the directory) in the config of base, and record the file as applied on every database.',
  sources: ['https://www.prisma.io/docs/orm/prisma-migrate/workflows/squashing-migrations'],
  peers: ['flyway baseline', 'django squashmigrations', 'atlas migrate checkpoint'],
  bad: [
    {
      title: 'Two files become one that makes the same',
      base: { '1_users.sql': users, '2_logs.sql': logs },
      migration: { '3_all.sql': `${users}\n${logs}` },
      line: null,
    },
    {
      title: 'Two files become one that lacks a table',
      base: { '1_users.sql': users, '2_logs.sql': logs },
      migration: { '1_all.sql': users },
      line: null,
    },
  ],
  good: [
    {
      title: 'Files stay',
      base: { '1_users.sql': users, '2_logs.sql': logs },
      migration: {
        '1_users.sql': users,
        '2_logs.sql': logs,
        '3_x.sql': 'CREATE TABLE x (id bigint PRIMARY KEY);',
      },
    },
    {
      title: 'One more file',
      base: { '1_users.sql': users },
      migration: { '1_users.sql': users, '2_logs.sql': logs },
    },
  ],
  check: (context) => {
    if (context.squash == null) return [];
    return [(context.squash.load === true ? toldOfSchema : told)(context, context.squash)];
  },
};

function told(context: RuleContext, squash: NonNullable<RuleContext['squash']>): FindingDraft {
  const { tool, divergence, freshFailure } = context;
  const { into, also = [], gone, accepted, compared, settled, recorded } = squash;
  const all = [into, ...also];
  const equal = compared && divergence.length === 0 && freshFailure === null;
  const verb =
    gone.length === 0
      ? 'stands for the history'
      : `${also.length === 0 ? 'replaces' : 'replace'} ${gone.length} applied migrations`;
  const name = also.length === 0 ? into.file : `${into.file} and ${also.length} more`;
  const be = also.length === 0 ? 'is' : 'are';
  const records = all.flatMap((one) => recording(tool, one) ?? []);
  const settling =
    settled === true
      ? []
      : into.onlyWhenEmpty === true
        ? gone.length > 0 && tool.name === 'flyway'
          ? ['flyway repair']
          : []
        : records;
  const existing =
    settled === true
      ? ` ${context.baseRef} has ${into.file} already, which says that it replaces them: a database that is at ${context.baseRef} has recorded it and does not miss them. One that is further behind has to be deployed at ${context.baseRef} first.`
      : into.onlyWhenEmpty === true
        ? gone.length === 0
          ? ' Existing databases do not run it.'
          : ` Existing databases do not run it; ${tool.title} has to be told there that the old files are gone.`
        : records.length < all.length && recorded === true && overlooks(tool)
          ? ` Existing databases have recorded its version and do not run it. One that is further behind than ${context.baseRef} would: deploy ${context.baseRef} there first.`
          : records.length < all.length
            ? ` Every existing database must be told, by the script that deploys, that ${name} ${be} applied.`
            : ` On every existing database ${also.length === 0 ? 'it has' : 'they have'} to be recorded as applied before the next deploy:`;
  const difference = freshFailure === null ? differenceWords(divergence) : failureWords(freshFailure);
  const message = equal
    ? `Both make the same schema: tried, base’s files against head’s from empty. Rows that migrations wrote are not compared.${accepted ? '' : ` ${acceptance(context)}`}${existing}`
    : `${compared ? `They do not make the same schema.${difference}` : 'Whether they make the same schema could not be tried.'}${sinceSentence(context, squash.changes)}${gone.length === 0 ? '' : ` Mend ${also.length === 0 ? into.file : 'them'}, or take the files back:`}`;
  return {
    migration: into.version,
    file: into.file,
    line: null,
    endLine: null,
    object: null,
    severity: equal && (accepted || gone.length === 0) ? 'notice' : 'error',
    title: `${name} ${verb}${equal ? ', with the same schema' : compared ? ', with another schema' : ''}`,
    message,
    evidence: null,
    fix: null,
    commands: equal ? settling : gone.length === 0 ? [] : [takeBack(context, squash.changes)],
    ...(gone.length === 0 ? {} : { detail: { language: 'text' as const, text: fileList(gone) } }),
  };
}

/** What is recorded is neither run again nor missed. */
const overlooks = ({ onHistoryChange: { edited, deleted } }: RuleContext['tool']): boolean =>
  edited.does === 'ignores' && deleted.does === 'ignores';

const acceptance = ({ baseRef }: RuleContext): string =>
  `To let it pass, say accept-squash: true in the config that ${baseRef} has.`;
