import type { ModelChange } from '../../tools/command-adapter.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';

const users = 'CREATE TABLE users (id bigint PRIMARY KEY);';
const nick: ModelChange = {
  where: 'users',
  says: 'Add field nick to user',
  code: "migrations.AddField(\n    model_name='user',\n    name='nick',\n    field=models.TextField(),\n)",
  lacking: true,
};
const index: ModelChange = {
  where: 'users',
  says: 'Drop index users_nick of users',
  code: "op.drop_index('users_nick', table_name='users')",
  lacking: false,
};
const history = {
  base: { '1_users.sql': users },
  migration: { '1_users.sql': users, '2_logs.sql': 'CREATE TABLE logs (id bigint PRIMARY KEY);' },
};

export const modelDrift: Rule = {
  name: 'model-drift',
  about: 'history',
  severity: 'error',
  summary: 'The models in the code are not what the migrations make.',
  why: 'Django and Alembic are asked whether the models say what the migrations make (`makemigrations --check`, `alembic check`). Where a model has a column that no migration adds, the code that is deployed asks the database for it and gets an error; and the next person who runs `makemigrations` finds somebody else’s change in their file.\n\nAn error is what the pull request brings: with Django always, with Alembic where the database would lack a table or a column. What only has another form, or what the database has and no model names, is a warning with Alembic, whose comparison is no proof. What base lacks as well is a notice.',
  instead:
    'Make the migration that is missing (`manage.py makemigrations`, `alembic revision --autogenerate`), read it, and add it to the pull request.',
  sources: [
    'https://docs.djangoproject.com/en/stable/ref/django-admin/#cmdoption-makemigrations-check',
    'https://alembic.sqlalchemy.org/en/latest/autogenerate.html#running-alembic-check-to-test-for-new-upgrade-operations',
  ],
  peers: ['manage.py makemigrations --check', 'alembic check'],
  bad: [
    {
      title: 'A model got a field and no migration',
      models: { fresh: [nick], known: [] },
      ...history,
      line: null,
    },
    {
      title: 'The migration makes what no model names, and base lacks one as well',
      models: { fresh: [index], known: [nick] },
      ...history,
      line: null,
    },
  ],
  good: [
    { title: 'The models are what the migrations make', models: { fresh: [], known: [] }, ...history },
    { title: 'Nobody can ask', ...history },
  ],
  check(context): FindingDraft[] {
    const { models } = context;
    if (models == null) return [];
    const { fresh, known } = models;
    return [
      ...(fresh.length === 0 ? [] : [drift(context, fresh, known.length)]),
      ...(fresh.length > 0 || known.length === 0 ? [] : [before(context, known)]),
    ];
  },
};

/** What the pull request brings. */
function drift({ models, tool }: RuleContext, fresh: readonly ModelChange[], others: number): FindingDraft {
  const lacking = fresh.filter((change) => change.lacking);
  const isProof = models?.needsDatabase !== true;
  const harm =
    lacking.length > 0
      ? 'Deployed, the code asks for what the database does not have.'
      : isProof
        ? 'Whoever makes the next migration finds this change in it.'
        : 'The database has another form than the models say, or something that none of them names.';
  const unsure =
    models?.base === null
      ? ' Base could not be asked the same, so that some of it may be older than the pull request.'
      : others > 0
        ? ` ${others === 1 ? 'One more operation was' : `${others} more were`} missing before.`
        : '';
  return {
    ...place,
    title: `The models are not what the migrations make: ${counted(fresh)}`,
    message: `${tool.title} (${models?.asked}) finds what no migration has: ${listed(fresh)}. ${harm} Make the migration that is missing, read it, and add it.${unsure}`,
    commands: models == null ? [] : [models.makes],
    ...(isProof || lacking.length > 0 ? {} : { severity: 'warning' as const }),
    ...detailOf(fresh),
  };
}

/** What was there before. */
function before({ models, tool, baseRef }: RuleContext, known: readonly ModelChange[]): FindingDraft {
  return {
    ...place,
    title: `The models of ${baseRef} are not what its migrations make: ${counted(known)}`,
    message: `${tool.title} (${models?.asked}) finds what no migration has: ${listed(known)}. This pull request does not change it.`,
    severity: 'notice',
    ...detailOf(known),
  };
}

const place = {
  migration: null,
  file: null,
  line: null,
  endLine: null,
  object: null,
  evidence: null,
  fix: null,
};

const counted = (changes: readonly ModelChange[]): string =>
  changes.length === 1 ? 'one operation is missing' : `${changes.length} operations are missing`;

function listed(changes: readonly ModelChange[]): string {
  const words = changes
    .slice(0, 8)
    .map(({ where, says }) => (says.includes(where) ? says : `${where}: ${says}`));
  return changes.length > 8 ? `${words.join('; ')}; and ${changes.length - 8} more` : words.join('; ');
}

function detailOf(changes: readonly ModelChange[]): Pick<FindingDraft, 'detail'> {
  const text = changes.flatMap(({ code }) => (code === '' ? [] : [code])).join('\n');
  return text === '' ? {} : { detail: { language: 'text', text } };
}
