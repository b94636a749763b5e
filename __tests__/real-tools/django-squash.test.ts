import { beforeAll, expect, test } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { applicationOf, checked, projectOf, systemPrograms } from './applications.ts';

// A history of Django's that was squashed: the two steps of its own manual, on the real Django.

beforeAll(systemPrograms);

const loud = ({ findings }: Report) =>
  findings.map(({ rule, severity, title }) => [rule, severity, title] as const);

const { 'shop/migrations/0001_initial.py': initial = '', ...rest } = projectOf('django').base;
const models = `${rest['shop/models.py'] ?? ''}    note = models.TextField(default="")
`;
const note = `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [migrations.AddField("order", "note", models.TextField(default=""))]
`;
const squashed = (replaces: string) =>
  initial
    .replace('    initial = True\n', `${replaces}    initial = True\n`)
    .replace(
      '("total", models.IntegerField(default=0)),',
      '("total", models.IntegerField(default=0)),\n                ("note", models.TextField(default="")),',
    );
const after = (name: string) => `from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "${name}")]

    operations = [migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop)]
`;
const [one, two, both, later] = ['0001_initial', '0002_note', '0001_squashed_0002_note', '0003_later'].map(
  (name) => `shop/migrations/${name}.py`,
) as [string, string, string, string];
const replaces = '    replaces = [("shop", "0001_initial"), ("shop", "0002_note")]\n';
const old = { ...rest, 'shop/models.py': models, [one]: initial, [two]: note };
const step1 = { ...old, [both]: squashed(replaces), [later]: after('0002_note') };

test('the first step adds the squashed one beside those that it replaces', async () => {
  const report = await checked(await applicationOf('django', old), { [both]: squashed(replaces) });
  expect([report.undecided, loud(report), report.verdict]).toEqual([null, [], 'pass']);
});

test('the second step deletes them, and others name the squashed one', async () => {
  const repo = await applicationOf('django', step1);
  repo.git('rm', '-q', one, two);
  const report = await checked(repo, {
    [both]: squashed(''),
    [later]: after('0001_squashed_0002_note'),
  });
  expect([report.undecided, report.verdict]).toEqual([null, 'pass']);
  expect(loud(report).filter(([, severity]) => severity !== 'notice')).toEqual([]);
  const [found] = report.findings.filter(({ rule }) => rule === 'squashed-history');
  expect(found?.title).toBe(`${both} replaces 2 applied migrations, with the same schema`);
  expect(found?.message).toContain('says that it replaces them: a database that is at main has recorded it');
});

test('one that others still name stops Django, and one that makes something else is told', async () => {
  const repo = await applicationOf('django', step1);
  repo.git('rm', '-q', one, two);
  const broken = await checked(repo, { [both]: squashed('') });
  expect(broken.verdict).toBe('blocked');
  expect(broken.findings.map(({ message }) => message).join('\n')).toContain('NodeNotFoundError');
  const other = await applicationOf('django', step1);
  other.git('rm', '-q', one, two);
  const report = await checked(other, {
    [both]: squashed('').replace('IntegerField', 'BigIntegerField'),
    [later]: after('0001_squashed_0002_note'),
  });
  expect(loud(report).map(([rule, severity]) => [rule, severity])).toContainEqual([
    'squashed-history',
    'error',
  ]);
});

test('deleted while base has nothing that replaces them', async () => {
  const repo = await applicationOf('django', old);
  repo.git('rm', '-q', one, two);
  const report = await checked(repo, { [both]: squashed('') });
  expect(loud(report)[0]?.slice(0, 2)).toEqual(['squashed-history', 'error']);
});
