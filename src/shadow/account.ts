import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { isCode } from './cache.ts';

/** Whom the server's processes run as when we are root; Postgres refuses root. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * In this order. `nobody` owns nothing on a sane system; the others are there where it is missing.
 * macOS' `nobody` is -2, which no call of Node accepts.
 */
const names = ['nobody', 'daemon', 'postgres', '_postgres', 'bin'];

/**
 * The accounts that a root process may hand the server to; `[null]` = run as the user that we are.
 * Only those in /etc/passwd: initdb fails for a uid without a name.
 */
export function serverAccounts(): readonly (Account | null)[] {
  if (process.getuid?.() !== 0) return [null];
  const known = parsePasswd(readPasswd());
  return names.flatMap((name) => known.filter((account) => account.name === name));
}

export function parsePasswd(text: string): readonly Account[] {
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    const account = { name: name ?? '', uid: Number(uid), gid: Number(gid) };
    const usable = (id: number) => Number.isInteger(id) && id > 0 && id <= 0x7fffffff;
    return account.name !== '' && usable(account.uid) && usable(account.gid) ? [account] : [];
  });
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return '';
    throw error;
  }
}

/** Can the account get to this existing directory? By permission bits; null = the user that we are. */
export function canReach(path: string, account: Account | null): boolean {
  if (account === null) return true;
  for (let at = path; ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (at === dirname(at)) return true;
  }
}
