import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { applicationOf, checked, projectOf, systemPrograms } from './applications.ts';

// The real tools are asked whether the models are what the migrations make.

beforeAll(systemPrograms);

const drifts = ({ findings }: Report) => findings.filter(({ rule }) => rule === 'model-drift');

describe('django', () => {
  const models = (fields: string) => `from django.db import models


class Order(models.Model):
    email = models.CharField(max_length=200)
    total = models.IntegerField(default=0)
${fields}`;
  const nick = models('    nick = models.TextField()\n');
  const settings = projectOf('django').base['site1/settings.py'] ?? '';

  test('a field without a migration, where no migration is new: no server is needed', async () => {
    const report = await checked(await applicationOf('django'), { 'shop/models.py': nick });
    const [found] = drifts(report);
    expect(found).toMatchObject({
      severity: 'error',
      title: 'The models are not what the migrations make: one operation is missing',
    });
    expect(found?.message).toContain('shop: Add field nick to order');
    expect(found?.detail?.text).toContain("name='nick',");
    expect([report.verdict, report.databases[0]?.shadow]).toEqual(['blocked', null]);
  });

  test('the migration is there: nothing to tell', async () => {
    const report = await checked(await applicationOf('django'), {
      'shop/models.py': nick,
      'shop/migrations/0002_nick.py': `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [migrations.AddField("order", "nick", models.TextField(default=""), preserve_default=False)]
`,
    });
    expect([report.undecided, drifts(report)]).toEqual([null, []]);
    expect(report.notChecked.join('\n')).not.toContain('models');
  });

  test('what base lacks as well is a notice; other databases are told of', async () => {
    const repo = await applicationOf('django', {
      ...projectOf('django').base,
      'shop/models.py': nick,
      'site1/settings.py': `${settings}DATABASES["archive"] = {"ENGINE": "django.db.backends.postgresql", "NAME": "archive"}\nDATABASES["copy"] = {**DATABASES["default"], "TEST": {"MIRROR": "default"}}\n`,
    });
    const report = await checked(repo, {
      'shop/migrations/0002_data.py':
        projectOf('django').change['shop/migrations/0004_data.py']?.replace('0003_safe', '0001_initial') ??
        '',
    });
    expect(drifts(report).map(({ severity, title }) => [severity, title])).toEqual([
      ['notice', 'The models of main are not what its migrations make: one operation is missing'],
    ]);
    expect(report.verdict).toBe('pass');
    expect(report.notChecked.join('\n')).toContain(
      "Django's other databases (archive): only default is migrated here",
    );
  });

  test('a question that fails decides nothing and is told', async () => {
    const report = await checked(await applicationOf('django'), {
      'shop/models.py': 'from django.db import models\nimport a_module_that_nobody_has\n',
    });
    expect([report.verdict, drifts(report)]).toEqual(['pass', []]);
    expect(report.notChecked.join('\n')).toMatch(
      /Whether the models are what the migrations make: .*ended with 1[\s\S]*a_module_that_nobody_has/,
    );
  });
});

describe('alembic', () => {
  const { base: plain, change } = projectOf('alembic');
  const env = (plain['migrations/env.py'] ?? '')
    .replace('target_metadata=None', 'target_metadata=metadata')
    .replace('from alembic import context', 'from app.models import metadata\nfrom alembic import context');
  const models = (columns: string) => `import sqlalchemy as sa

metadata = sa.MetaData()
users = sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True),
    sa.Column("email", sa.String(255), nullable=False),
    sa.Column("age", sa.Integer),
${columns})
`;
  const base = { ...plain, 'migrations/env.py': env, 'app/__init__.py': '', 'app/models.py': models('') };
  const indexed = { 'migrations/versions/3c4d_email.py': change['migrations/versions/3c4d_email.py'] ?? '' };

  test('a column without a migration, where no migration is new', async () => {
    const report = await checked(await applicationOf('alembic', base), {
      'app/models.py': models('    sa.Column("nick", sa.Text),\n'),
    });
    const [found] = drifts(report);
    expect(found).toMatchObject({ severity: 'error', database: 'migrations/versions' });
    expect(found?.message).toContain('Add column nick of users');
    expect(found?.detail?.text).toBe("op.add_column('users', sa.Column('nick', sa.Text(), nullable=True))");
    expect(report.notChecked.join('\n')).toContain('what it cannot see: renames');
  });

  test('an index that no model names is a warning', async () => {
    const report = await checked(await applicationOf('alembic', base), indexed);
    expect(drifts(report).map(({ severity, message }) => [severity, message.slice(0, 84)])).toEqual([
      [
        'warning',
        'Alembic (alembic check) finds what no migration has: Drop index users_email_idx of users. '.slice(
          0,
          84,
        ),
      ],
    ]);
  });

  test('what base lacks as well is a notice', async () => {
    const repo = await applicationOf('alembic', {
      ...base,
      'app/models.py': models('    sa.Column("nick", sa.Text),\n    sa.Index("users_email_idx", "email"),\n'),
    });
    const report = await checked(repo, indexed);
    expect(drifts(report).map(({ severity, title }) => [severity, title])).toEqual([
      ['notice', 'The models of main are not what its migrations make: one operation is missing'],
    ]);
  });

  test('an env.py without metadata declares nothing', async () => {
    const report = await checked(await applicationOf('alembic'), indexed);
    expect([report.undecided, drifts(report)]).toEqual([null, []]);
    expect(report.notChecked.join('\n')).not.toContain('models');
  });
});
