import type { Migration } from '../src/tools/tool.ts';

/** A generated history of five statements each: two tables with keys and indexes, an older one altered, rows. */
export function generatedHistory(count: number): string[] {
  return Array.from({ length: count }, (_, n) => {
    const older = Math.max(0, n - 7);
    return `-- migration ${n}
CREATE TABLE orders_${n} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer text NOT NULL,
  total numeric(12, 2) NOT NULL DEFAULT 0 CHECK (total >= 0),
  placed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE lines_${n} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders_${n} (id),
  sku text NOT NULL,
  UNIQUE (order_id, sku)
);
CREATE INDEX ON orders_${n} (customer, placed_at);
ALTER TABLE orders_${older} ADD COLUMN note_${n} text;
INSERT INTO orders_${n} (customer) VALUES ('a'), ('b'), ('c');
`;
  });
}

export interface Workload {
  readonly title: string;
  readonly statement: (n: number) => string;
}

/** 500 of each in one migration, on the generated history of at least 200 migrations. */
export const workloads: readonly Workload[] = [
  {
    title: 'of all kinds, on old and new tables',
    statement: (n) =>
      [
        `CREATE TABLE new_${n} (id int PRIMARY KEY, name text)`,
        `ALTER TABLE orders_${n % 200} ADD COLUMN extra_${n} int`,
        `CREATE INDEX extra_${n} ON lines_${n % 200} (sku)`,
        `INSERT INTO orders_${n % 200} (customer) VALUES ('x')`,
        `COMMENT ON TABLE orders_${n % 200} IS 'x'`,
      ][n % 5] ?? '',
  },
  {
    title: '`CREATE TABLE`, each with a sequence and two indexes',
    statement: (n) => `CREATE TABLE new_${n} (id serial PRIMARY KEY, name text UNIQUE)`,
  },
  {
    title: '`ALTER TABLE … ADD COLUMN` on 200 old tables',
    statement: (n) => `ALTER TABLE orders_${n % 200} ADD COLUMN extra_${n} int`,
  },
  {
    title: '`INSERT` of one row',
    statement: (n) => `INSERT INTO orders_1 (customer) VALUES ('${n}')`,
  },
];

export function asMigration(sql: string, version: string): Migration {
  return {
    version,
    name: 'bench',
    identity: version,
    file: `migrations/${version}_bench.sql`,
    bytes: Buffer.from(sql),
    sql,
    transaction: 'single',
  };
}
