import type { UseCase } from './use-case.ts';

/** SQL in files and strings, and what only looks like a use. */
export const textCases: readonly UseCase[] = [
  {
    title: 'SQL in a string',
    drops: 'users.email',
    files: { 'a.py': 'cur.execute("SELECT id, email FROM users WHERE id = %s", (id,))\n' },
    found: ['a.py:1 likely'],
  },
  {
    title: 'SQL over many lines, by an alias',
    drops: 'users.email',
    files: {
      'a.ts':
        'const q = sql`\n  SELECT o.email,\n         u.email\n  FROM orders o\n  JOIN users u ON u.id = o.user_id\n`;\n',
    },
    found: ['a.ts:3 likely'],
  },
  {
    title: 'SQL of strings put together',
    drops: 'users.email',
    files: { 'A.java': 'String q = "SELECT id, email " +\n    "FROM app.users " +\n    "WHERE id = ?";\n' },
    found: ['A.java:1 likely'],
  },
  {
    title: 'a common word in SQL with its table',
    drops: 'users.name',
    files: { 'a.go': 'db.Query(`SELECT name FROM users`)\n' },
    found: ['a.go:1 likely'],
  },
  {
    title: 'the column of another table',
    drops: 'users.email',
    files: { 'a.go': 'db.Query(`SELECT email FROM customers WHERE email = $1`, email)\n' },
    found: [],
  },
  {
    title: 'another table by its alias',
    drops: 'users.email',
    files: { 'a.rb': 'sql = "SELECT c.email FROM customers c JOIN users u ON u.id = c.user_id"\n' },
    found: [],
  },
  {
    title: 'INSERT and UPDATE',
    drops: 'users.email',
    files: {
      'a.php':
        "<?php\n$a = 'INSERT INTO users (id, email) VALUES (?, ?)';\n$b = 'UPDATE users SET email = ? WHERE id = ?';\n$c = 'UPDATE teams SET email = ?';\n",
    },
    found: ['a.php:2 likely', 'a.php:3 likely'],
  },
  {
    title: 'a heredoc',
    drops: 'users.email',
    files: { 'a.rb': 'rows = connection.select_all(<<~SQL)\n  SELECT email\n  FROM users\nSQL\n' },
    found: ['a.rb:2 likely'],
  },
  {
    title: 'a string of Rust over many lines, with lifetimes and characters before it',
    drops: 'users.email',
    files: {
      'src/user.rs':
        "fn get<'a, E>(name: &'a str, quote: char) -> bool where E: Executor<'a> {\n    if quote == '\"' { return true; }\n    sqlx::query!(\n        \"\n        SELECT u.id,\n          u.email\n        FROM users u\n        \",\n        name\n    )\n}\n",
    },
    found: ['src/user.rs:6 likely'],
  },
  {
    title: 'a raw string of Rust with quotes in it',
    drops: 'users.email',
    files: {
      'src/user.rs': 'let q = r#"\n  INSERT INTO "users" (id, email)\n  VALUES ($1, $2)\n"#;\n',
    },
    found: ['src/user.rs:2 likely'],
  },
  {
    title: 'a key of a map in Rust',
    drops: 'game_versions',
    files: { 'src/a.rs': 'fields.insert("game_versions".to_string(), json!(versions));\n' },
    found: ['src/a.rs:1 possible'],
  },
  {
    title: 'SQL over many lines between plain quotes',
    drops: 'users.email',
    files: {
      'a.php': "<?php\n$a = $db->query('\n  SELECT id,\n    email\n  FROM users\n');\n",
      'b.rb': 'rows = select_all("SELECT id,\n  email\n  FROM users")\n',
      'c.cs': 'var q = @"\n  UPDATE users\n  SET email = @email";\n',
    },
    found: ['a.php:4 likely', 'b.rb:2 likely', 'c.cs:3 likely'],
  },
  {
    title: 'an apostrophe before a word of SQL',
    drops: 'users.email',
    files: { 'a.vue': "<p>The members' update comes later</p>\n<p>{{ users.email }}</p>\n<p>It's set</p>\n" },
    found: ['a.vue:2 possible'],
  },
  {
    title: 'what a SELECT calls its output',
    drops: 'mods.loaders',
    files: {
      'a.sql':
        'SELECT m.id, ARRAY_AGG(l.name) FILTER (WHERE l.name IS NOT NULL) loaders,\n  t.list loaders FROM mods m;\nSELECT DISTINCT ON (id) loaders\nFROM mods;\n',
    },
    found: ['a.sql:3 likely'],
  },
  {
    title: 'a column that is called as the table, among others and in a list of tables',
    drops: 'versions',
    files: {
      'a.sql': 'SELECT m.id,\n  m.versions\nFROM mods m;\nSELECT 1 FROM mods m,\n  app.versions v;\n',
    },
    found: ['a.sql:5 likely'],
  },
  {
    title: 'queries in a .sql file (sqlc)',
    drops: 'users.email',
    files: {
      'queries/users.sql':
        '-- name: GetEmail :one\nSELECT email FROM users WHERE id = $1;\n\n-- name: Other :one\nSELECT email FROM teams;\n',
    },
    found: ['queries/users.sql:2 likely'],
  },
  {
    title: 'a dump of the schema is no use',
    drops: 'users.email',
    files: {
      'db/dump.sql':
        'CREATE TABLE users (id int, email text);\nALTER TABLE users ADD CHECK (email <> $$$$);\n',
    },
    found: [],
  },
  {
    title: 'MyBatis',
    drops: 'users.email',
    files: {
      'UserMapper.xml':
        '<select id="a">\n  SELECT email FROM users\n</select>\n<!-- SELECT email FROM users -->\n',
    },
    found: ['UserMapper.xml:2 likely'],
  },
  {
    title: 'names in quotes',
    drops: 'User.eMail',
    files: { 'a.ts': `const q = 'SELECT "eMail" FROM public."User"';\n` },
    found: ['a.ts:1 likely'],
  },
  {
    title: 'a local variable',
    drops: 'users.email',
    files: { 'a.ts': 'const email = input.value;\nsend(email);\n' },
    found: [],
  },
  {
    title: 'comments',
    drops: 'users.email',
    files: {
      'a.ts': '// SELECT email FROM users\n/* users.email */\n',
      'b.py': '# SELECT email FROM users\n',
      'c.sql': '-- SELECT email FROM users\n',
    },
    found: [],
  },
  {
    title: 'CHANGELOG, documents, lock files, vendored and generated code',
    drops: 'users.email',
    files: {
      'CHANGELOG.md': 'users.email is gone\n',
      'CHANGELOG.rb': 'users.email\n',
      'docs/a.md': 'SELECT email FROM users\n',
      'yarn.lock': 'users.email\n',
      'node_modules/x/a.js': 'q("SELECT email FROM users")\n',
      'vendor/a.go': 'q("SELECT email FROM users")\n',
      'src/generated/a.ts': 'q("SELECT email FROM users")\n',
      'db/models.go': '// Code generated by sqlc. DO NOT EDIT.\nvar q = "SELECT email FROM users"\n',
    },
    found: [],
  },
  {
    title: 'migrations',
    drops: 'users.email',
    files: {
      'db/migrate/1_a.rb': 'execute "UPDATE users SET email = NULL"\n',
      'app/migrations/0001.py': 'RunSQL("UPDATE users SET email = NULL")\n',
      'sql/history/1.sql': 'UPDATE users SET email = NULL;\n',
    },
    found: [],
  },
  {
    title: 'tests come last and raise nothing',
    drops: 'users.email',
    files: {
      'src/a.test.ts': "await query('SELECT email FROM users');\n",
      'src/z.ts': "await query('SELECT email FROM users');\n",
      'spec/user_spec.rb': 'User.first.update(sql("SELECT email FROM users"))\n',
    },
    found: ['src/z.ts:1 likely', 'spec/user_spec.rb:1 possible', 'src/a.test.ts:1 possible'],
  },
  {
    title: 'a member of a variable of the table’s name',
    drops: 'orders.tracking_code',
    files: { 'a.ts': 'print(order.trackingCode);\nprint(parcel.trackingCode);\n' },
    found: ['a.ts:1 likely'],
  },
  {
    title: 'a common word as a member raises nothing',
    drops: 'orders.status',
    files: { 'a.ts': 'if (order.status === 200) retry(response.status);\n' },
    found: ['a.ts:1 possible'],
  },
  {
    title: 'a longer word',
    drops: 'users.email',
    files: { 'a.ts': "const q = 'SELECT email_address FROM users';\n" },
    found: [],
  },
  {
    title: 'a parameter of the column’s name',
    drops: 'users.email',
    files: { 'a.py': 'cur.execute("SELECT id FROM users WHERE login = :email")\n' },
    found: [],
  },
  {
    title: 'English that has SQL’s words',
    drops: 'users.email',
    files: { 'a.ts': "const hint = 'Select an email from the list of users';\n" },
    found: [],
  },
  {
    title: 'a dropped table: SQL, models, query builders',
    drops: 'user_profiles',
    files: {
      'a.py': 'q = "SELECT 1 FROM user_profiles"\n',
      'b.ts': "knex('user_profiles').first();\n",
      'c.rb': 'class UserProfile < ApplicationRecord\nend\n',
      'd.ts': 'const user_profiles = 1;\n',
    },
    found: ['a.py:1 likely', 'b.ts:1 likely', 'c.rb:1 likely'],
  },
  {
    title: 'a dropped table with a common name',
    drops: 'events',
    files: {
      'a.ts': "emitter.on('events', () => {});\nconst q = 'DELETE FROM events';\n",
    },
    found: ['a.ts:2 likely', 'a.ts:1 possible'],
  },
  {
    title: 'another table that begins with its name',
    drops: 'events',
    files: { 'a.ts': "const q = 'DELETE FROM events_archive';\n" },
    found: [],
  },
];
