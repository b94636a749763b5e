import type { Rule } from '../rule.ts';
import { oddityDraft } from './oddity.ts';

const revision = (id: string, down: string | null): string =>
  `from alembic import op\n\nrevision = "${id}"\ndown_revision = ${down === null ? 'None' : `"${down}"`}\n\n\ndef upgrade():\n    pass\n`;
const ini = '[alembic]\nscript_location = migrations\n';

export const multipleHeads: Rule = {
  name: 'multiple-heads',
  about: 'history',
  severity: 'error',
  summary: 'Several migrations are the newest one, and the tool refuses to choose.',
  why: 'Alembic and Django order migrations by what each says it comes after. Two pull requests that began at the same one each add a newest migration of their own; git merges them without a conflict, since they are two files, and the next deploy stops: the tool does not guess which comes first.',
  instead:
    'Let one follow the other (its `down_revision`, its `dependencies`), or make a merge of both: `alembic merge heads`, `manage.py makemigrations --merge`.',
  sources: [
    'https://alembic.sqlalchemy.org/en/latest/branches.html',
    'https://docs.djangoproject.com/en/stable/topics/migrations/#version-control',
  ],
  peers: ['django-linear-migrations', 'alembic check heads'],
  bad: [
    {
      title: 'Alembic: a second revision after the same one',
      tool: 'alembic',
      base: { 'alembic.ini': ini, 'a1_one.py': revision('a1', null), 'b2_two.py': revision('b2', 'a1') },
      migration: {
        'alembic.ini': ini,
        'a1_one.py': revision('a1', null),
        'b2_two.py': revision('b2', 'a1'),
        'c3_other.py': revision('c3', 'a1'),
      },
    },
    {
      title: 'Alembic: a revision beside a chain of three',
      tool: 'alembic',
      base: {
        'alembic.ini': ini,
        'a1_one.py': revision('a1', null),
        'b2_two.py': revision('b2', 'a1'),
        'c3_three.py': revision('c3', 'b2'),
      },
      migration: {
        'alembic.ini': ini,
        'a1_one.py': revision('a1', null),
        'b2_two.py': revision('b2', 'a1'),
        'c3_three.py': revision('c3', 'b2'),
        'd4_beside.py': revision('d4', 'b2'),
      },
    },
  ],
  good: [
    {
      title: 'Alembic: one follows the other',
      tool: 'alembic',
      base: { 'alembic.ini': ini, 'a1_one.py': revision('a1', null), 'b2_two.py': revision('b2', 'a1') },
      migration: {
        'alembic.ini': ini,
        'a1_one.py': revision('a1', null),
        'b2_two.py': revision('b2', 'a1'),
        'c3_other.py': revision('c3', 'b2'),
      },
    },
    {
      title: 'Alembic: two of the same parent, and a merge of both',
      tool: 'alembic',
      base: { 'alembic.ini': ini, 'a1_one.py': revision('a1', null), 'b2_two.py': revision('b2', 'a1') },
      migration: {
        'alembic.ini': ini,
        'a1_one.py': revision('a1', null),
        'b2_two.py': revision('b2', 'a1'),
        'c3_other.py': revision('c3', 'a1'),
        'd4_merge.py': revision('d4', 'b2').replace('"b2"', '("b2", "c3")'),
      },
    },
  ],
  check(context) {
    const title = (name: string) => `${name} is one of several newest migrations`;
    const drafts = oddityDraft(context, 'multiple-heads', title);
    // The others are base's, and whoever wrote them has done nothing wrong.
    const fresh = drafts.filter(({ file }) =>
      context.migrations.some((migration) => migration.file === file),
    );
    return fresh.length > 0 ? fresh : drafts;
  },
};
