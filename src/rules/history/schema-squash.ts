import type { FindingDraft, RuleContext } from '../rule.ts';
import { differenceWords, failureWords } from './divergence.ts';
import { fileList, sinceSentence, takeBack } from './way-out.ts';

/** Migrations that are gone since new databases are made of the tool's schema file. Where it has all of them, nobody has to be told. */
export function toldOfSchema(
  context: RuleContext,
  { into, gone, changes, compared, baseFrom }: NonNullable<RuleContext['squash']>,
): FindingDraft {
  const { tool, divergence, freshFailure, baseRef } = context;
  const equal = compared && divergence.length === 0 && freshFailure === null;
  const those =
    gone.length === 1 ? 'an applied migration that is' : `${gone.length} applied migrations that are`;
  const them = gone.length === 1 ? 'it' : 'them';
  const outcome = equal ? ', with the same schema' : compared ? ', with another schema' : '';
  const difference = freshFailure === null ? differenceWords(divergence) : failureWords(freshFailure);
  const tried = `${baseFrom == null ? 'base’s migrations' : `base’s own ${baseFrom}, which its migrations alone do not make,`} and the pending ones, against ${into.file} as ${tool.title} loads it into an empty database and the migrations after it`;
  const message = equal
    ? `Both make the same schema: tried, ${tried}. Rows that migrations wrote are not compared: new databases do not get them. ${tool.onHistoryChange.deleted.loaded ?? tool.onHistoryChange.deleted.says} A database that is further behind than ${baseRef} never gets what the files did: deploy ${baseRef} there first.`
    : `${compared ? `They do not make the same schema (${tried}).${difference}` : 'Whether they make the same schema could not be tried.'}${sinceSentence(context, changes)} Write ${into.file} again, with all that ${gone.length === 1 ? 'it' : 'they'} made, or take ${them} back:`;
  return {
    migration: null,
    file: into.file,
    line: null,
    endLine: null,
    object: null,
    severity: equal ? 'notice' : 'error',
    title: `${into.file} stands for ${those} gone${outcome}`,
    message,
    evidence: null,
    fix: null,
    commands: equal ? [] : [takeBack(context, changes)],
    detail: { language: 'text', text: fileList(gone) },
  };
}
