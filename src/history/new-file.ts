import type { ToolName } from '../tools/tool.ts';

/** What goes around the SQL of a new migration, where a tool wants more than the SQL. */
const forms: Partial<Record<ToolName, (sql: string) => string>> = {
  dbmate: (sql) => `-- migrate:up\n${sql}\n\n-- migrate:down\n`,
  // A function's body has semicolons of its own.
  goose: (sql) =>
    /\$\w*\$/.test(sql)
      ? `-- +goose Up\n-- +goose StatementBegin\n${sql}\n-- +goose StatementEnd\n\n-- +goose Down\n`
      : `-- +goose Up\n${sql}\n\n-- +goose Down\n`,
  'node-pg-migrate': (sql) => `-- Up Migration\n${sql}\n\n-- Down Migration\n`,
};

/** A new migration's text in the form that the tool reads. */
export const fileText = (tool: ToolName, sql: string): string => forms[tool]?.(sql) ?? `${sql}\n`;
