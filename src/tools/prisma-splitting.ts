import { parseFile } from '../sql/parse.ts';
import type { PrismaVersion } from './prisma-version.ts';

/**
 * Does this version of Prisma send the script statement by statement, each committing by itself? From 7.4 on
 * the engine splits a script that its parser (sqlparser) reads; any other script still goes as one message.
 * prisma-engines #5767, #5799; #5847 for what the parser does not read.
 */
export function splitsIntoStatements(sql: string, version: PrismaVersion | null): boolean {
  if (version !== null && (version.major < 7 || (version.major === 7 && version.minor < 4))) return false;
  const { statements, error } = parseFile(sql);
  if (error !== null || statements.length === 0) return false;
  return statements.every(
    ({ node }) => !isUnread(node as unknown as Record<string, Record<string, unknown>>),
  );
}

function isUnread(node: Record<string, Record<string, unknown>>): boolean {
  return node.DropStmt?.concurrent === true || node.DoStmt !== undefined || node.VacuumStmt !== undefined;
}
