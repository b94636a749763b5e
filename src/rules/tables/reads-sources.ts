import { nameOf } from '../observed.ts';
import type { StatementOf } from '../statements.ts';

/** Base tables whose rows a CREATE … AS reads when it runs. */
export const sourcesOf = ({ node, statement }: StatementOf<'CreateTableAsStmt'>): string[] =>
  node.into?.skipData === true
    ? []
    : [
        ...new Set(
          statement.locks
            .filter(({ kind, new: isNew }) => isNew && (kind === 'table' || kind === 'materialized-view'))
            .map(nameOf),
        ),
      ];
