import { code, link } from '../escape.ts';
import type { Report } from '../model.ts';

/** Where a Markdown report may point to. */
export interface Links {
  /** Address of a file of one side, at a line where one is given; null where there is no such page. Use `urlPath` for the path. */
  blob(file: string, line: number | null, side: 'base' | 'head'): string | null;
  /** The page that shows the job summary. */
  readonly run: string | null;
  /** The folder of the product's documentation, without a slash at its end; a rule's page is `rules/RULE.md` below it. */
  readonly docs: string;
}

/** How much is said. The steps by which a report that is too long gets shorter are values of this. */
export interface Detail {
  /** Rows of the tables. */
  readonly rows: number;
  /** Findings that are shown open. */
  readonly open: number;
  /** Findings of each other kind. */
  readonly items: number;
  /** Statement, diff of an edited file, error and fix of a finding; `fold` puts them behind a click, `list` leaves one line per finding. */
  readonly findings: 'full' | 'fold' | 'list';
  /** Lines of the schema diff per object; 0 = no diff. */
  readonly diffLines: number;
  readonly diagram: boolean;
  /** Statements of the lock timeline; 0 = no timeline. */
  readonly timeline: number;
}

/** What every part of the Markdown needs. */
export interface MarkdownContext {
  readonly report: Report;
  readonly detail: Detail;
  /** Folded parts are open. */
  readonly expand: boolean;
  blob(file: string, line: number | null, side: 'base' | 'head'): string | null;
  /** A rule's name, linked to its page. */
  rule(name: string): string;
  /** Ends a sentence about what was left out: `, see the [job summary](…)`; '' where nothing can be named. */
  elsewhere(): string;
}

export function markdownContext(
  report: Report,
  options: { readonly links: Links | null; readonly expand: boolean; readonly detail: Detail },
): MarkdownContext {
  const { links, detail, expand } = options;
  return {
    report,
    detail,
    expand,
    blob: (file, line, side) => links?.blob(file, line, side) ?? null,
    rule: (name) =>
      link(code(name), links === null ? null : `${links.docs}/rules/${encodeURIComponent(name)}.md`),
    elsewhere: () =>
      links?.run == null
        ? ', see the JSON report'
        : expand
          ? ', see the JSON report'
          : `, see the ${link('job summary', links.run)}`,
  };
}
