import type { Report } from '../../../src/report/model.ts';
import type { TestRepository } from '../../git/repository.ts';

/** Puts these files on a branch on top of what the repository has, and says where it is. */
export function pullRequestOn(repo: TestRepository, change: Record<string, string>): string {
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(change);
  return repo.directory;
}

/** `rule file:line` of what is more than advice. */
export const rulesOf = ({ findings }: Report): string[] =>
  findings
    .filter(({ severity }) => severity !== 'notice')
    .map(({ rule, file, line }) => `${rule} ${file}:${line}`)
    .sort();
