import mermaid from 'mermaid';
import { describe, expect, test } from 'vitest';
import { diff } from '../../src/catalog/diff.ts';
import { erDiagram } from '../../src/catalog/er-diagram.ts';
import { label, word } from '../../src/catalog/er-text.ts';
import { snapshot } from '../../src/catalog/snapshot.ts';
import { majors } from '../shadow/majors.ts';
import { emptyDatabase, run } from './database.ts';

async function diagram(major: number, base: string, migration: string): Promise<string | null> {
  const client = await emptyDatabase(major);
  await run(client, base);
  const before = await snapshot(client, { ignore: [] });
  await run(client, migration);
  const after = await snapshot(client, { ignore: [] });
  return erDiagram(before, after, diff(before, after, 'identity'));
}

const entities = (text: string | null): number => (text?.match(/^ {2}t\d+\["/gm) ?? []).length;

describe.each(majors)('PostgreSQL %i', (major) => {
  test('changed, new and dropped tables with their neighbours', async () => {
    const text = await diagram(
      major,
      `CREATE TABLE users (id int PRIMARY KEY, email text); CREATE TABLE teams (id int PRIMARY KEY);
       CREATE TABLE posts (id int PRIMARY KEY, author int NOT NULL REFERENCES users, team int REFERENCES teams, body text);
       CREATE TABLE old (id int PRIMARY KEY, post int UNIQUE REFERENCES posts); CREATE TABLE apart (id int)`,
      `ALTER TABLE posts ADD score numeric(12,2); DROP TABLE old;
       CREATE TABLE likes (post int REFERENCES posts, by int REFERENCES users, PRIMARY KEY (post, by))`,
    );
    expect(text).toBe(`erDiagram
  t1["public.likes (new)"] {
    integer post PK, FK
    integer by PK, FK
  }
  t2["public.old (dropped)"] {
    integer id PK
    integer post FK, UK
  }
  t3["public.posts (changed)"] {
    integer id PK
    integer author FK
    integer team FK
    numeric_12_2 score "new"
  }
  t4["public.users"] {
    integer id PK
  }
  t5["public.teams"] {
    integer id PK
  }
  t1 }o--|| t4 : "likes_by_fkey (new)"
  t1 }o--|| t3 : "likes_post_fkey (new)"
  t3 }o--|| t4 : "posts_author_fkey"
  t3 }o--o| t5 : "posts_team_fkey"
  t2 |o..o| t3 : "old_post_fkey (dropped)"`);
    await expect(mermaid.parse(text ?? '')).resolves.toMatchObject({ diagramType: 'er' });
  });

  test('nothing to draw: no change, no foreign key', async () => {
    expect(await diagram(major, 'CREATE TABLE t (a int)', 'ALTER TABLE t ADD b int')).toBeNull();
    expect(
      await diagram(
        major,
        'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int REFERENCES p)',
        "COMMENT ON TABLE c IS 'x'",
      ),
    ).toBeNull();
  });

  test('at most twelve boxes, and it says so', async () => {
    const tables = Array.from(
      { length: 20 },
      (_, n) => `CREATE TABLE t${n} (id int PRIMARY KEY, hub int REFERENCES hub);`,
    );
    const text = await diagram(
      major,
      'CREATE TABLE hub (id int PRIMARY KEY)',
      `${tables.join('\n')} ALTER TABLE hub ADD x int`,
    );
    expect(entities(text)).toBe(12);
    expect(text).toContain('%% 9 more changed tables not shown');
    await mermaid.parse(text ?? '');
  });

  test('columns that are dropped, replaced, or refer to a table that is not drawn', async () => {
    const text = await diagram(
      major,
      `CREATE TABLE kinds (id int PRIMARY KEY); CREATE TABLE teams (id int PRIMARY KEY);
       CREATE TABLE users (id int PRIMARY KEY, kind int REFERENCES kinds, role text, team int REFERENCES teams)`,
      'ALTER TABLE users DROP kind, DROP role; ALTER TABLE users ADD role int',
    );
    expect(text).toContain(`  t1["public.users (changed)"] {
    integer id PK
    integer team FK
    integer role "new"
    integer kind FK "dropped"
    text role "dropped"
  }`);
    expect(text).toContain('"users_kind_fkey (dropped)"');
    await mermaid.parse(text ?? '');
  });

  test('where not all fit: what breaks, what all refer to, and keys', async () => {
    const tables = Array.from(
      { length: 14 },
      (_, n) => `CREATE TABLE a${n} (id int PRIMARY KEY, hub int REFERENCES hub);`,
    );
    const columns = Array.from({ length: 12 }, (_, n) => `c${n} int`).join(', ');
    const text = await diagram(
      major,
      `CREATE TABLE hub (id int PRIMARY KEY); CREATE TABLE z (id int PRIMARY KEY, gone int, hub int REFERENCES hub)`,
      `${tables.join('\n')} ALTER TABLE z DROP gone; CREATE TABLE a (${columns}, id int PRIMARY KEY, hub int REFERENCES hub)`,
    );
    expect(entities(text)).toBe(12);
    expect(text).toContain('["public.hub"] {');
    expect(text).toContain(`["public.z (changed)"] {
    integer id PK
    integer hub FK
    integer gone "dropped"
  }`);
    expect(text).toContain(`integer c9
    integer id PK
    integer hub FK
    and more "2 columns"
  }`);
    await mermaid.parse(text ?? '');
  });

  test('odd names', async () => {
    const names = [
      'a"b',
      'x];\n%%{init: {}}%%',
      '```',
      '<img src=x>',
      '日本 語',
      'erDiagram',
      '}o--||',
      '#quot;',
      'PK',
      '1',
      '$$x$$',
      "it's",
    ];
    const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
    for (const name of names) {
      const text = await diagram(
        major,
        `CREATE TABLE ${quoted(name)} (${quoted(name)} int CONSTRAINT ${quoted(`${name}_k`)} PRIMARY KEY)`,
        `CREATE TABLE child (${quoted(name)} int CONSTRAINT ${quoted(`${name}_f`)} REFERENCES ${quoted(name)})`,
      );
      expect(entities(text)).toBe(2);
      expect(text).not.toMatch(/```|<img|%%/);
      await expect(mermaid.parse(text ?? '')).resolves.toMatchObject({ diagramType: 'er' });
    }
  });
});

test('labels and words', () => {
  expect(label('a"b<c>`%')).toBe('a#34;b#60;c#62;#96;#37;');
  expect(['numeric(12,2)', 'timestamp with time zone', 'pk', '1a', '日本'].map(word)).toEqual([
    'numeric_12_2',
    'timestamp_with_time_zone',
    '_pk',
    '_1a',
    '_',
  ]);
});
