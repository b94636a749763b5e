import type { DetectedDatabase, PassedOver, ToolName } from '../tool.ts';
import { isWithin } from './directories.ts';

/**
 * How much a tool's own proof says, the surest first: marks inside of the files or a file of the tool's own; names of files
 * together with what stands around them; a checksum file, which other tools' directories have too; a tool of code; numbers.
 * Two claims of one rank on one directory are a question to the user.
 */
const ranks: readonly (readonly ToolName[])[] = [
  ['prisma', 'drizzle', 'sqitch', 'liquibase', 'graphile-migrate', 'goose', 'dbmate', 'supabase'],
  ['flyway', 'hasura', 'golang-migrate', 'sqlx', 'diesel', 'refinery', 'node-pg-migrate'],
  ['atlas'],
];
const codeRank = ranks.length;
const plainRank = codeRank + 1;

/** Tools of one rank that know each other: the first looked at what the second does not (a Cargo.toml, a package.json). */
const knowsBetter: readonly (readonly [string, string])[] = [
  ['refinery', 'flyway'],
  ['diesel', 'hasura'],
  ['sqlx', 'golang-migrate'],
  ['hasura', 'golang-migrate'],
  ['node-pg-migrate', 'golang-migrate'],
];

/** Tools that read every directory below theirs, so that none of these is a database of its own. */
const readsBelow = new Set<string>([
  'prisma',
  'drizzle',
  'sqitch',
  'liquibase',
  'graphile-migrate',
  'flyway',
  'hasura',
  'diesel',
  'refinery',
]);

type Claim = DetectedDatabase | PassedOver;

/**
 * Who owns what, when several tools take a directory for theirs. What is left twice at one path could not be told.
 */
export function settleClaims<T extends Claim>(claims: readonly T[]): T[] {
  const byPath = new Map<string, T[]>();
  for (const claim of claims) {
    const here = byPath.get(claim.path);
    if (here === undefined) byPath.set(claim.path, [claim]);
    else if (!here.some(({ tool }) => tool === claim.tool || `like ${tool}` === claim.tool)) here.push(claim);
  }
  const best = [...byPath.values()].flatMap((here) =>
    here.filter((claim) => !here.some((other) => isSurer(other.tool, claim.tool))),
  );
  return best.filter((claim) => !best.some((owner) => isBelow(claim, owner)));
}

function rankOf(tool: string): number {
  if (tool === 'plain') return plainRank;
  const rank = ranks.findIndex((tools) => (tools as readonly string[]).includes(tool));
  return rank === -1 ? codeRank : rank;
}

const isSurer = (one: string, other: string): boolean =>
  rankOf(one) < rankOf(other) || knowsBetter.some(([knows, less]) => knows === one && less === other);

/** A tool at the root of the repository owns its own files, not every directory below. */
function isBelow(claim: Claim, owner: Claim): boolean {
  if (owner.path === '' || owner.path === claim.path || !isWithin(claim.path, owner.path)) return false;
  // Numbered files below somebody's migrations (seeds, archives) are not a database.
  return readsBelow.has(owner.tool) || (claim.tool === 'plain' && owner.tool !== 'plain');
}
