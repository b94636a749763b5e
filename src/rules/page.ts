import { isAboutFile, takesComment } from './acceptable.ts';
import type { Rule, RuleExample } from './rule.ts';

/** A rule's page in Markdown: `docs/rules/RULE.md` and what `migration-gate explain RULE` prints. */
export function rulePage(rule: Rule): string {
  return `${[
    `# ${rule.name}`,
    `${rule.summary} ${
      rule.byDefault === 'off'
        ? `Off by default: \`rules: { ${rule.name}: ${rule.severity} }\` in the config switches it on.`
        : `Default severity: \`${rule.severity}\`.`
    }`,
    `## Why\n\n${rule.why}`,
    `## Instead\n\n${rule.instead}`,
    `## Reported\n\n${rule.bad.map(example).join('\n\n')}`,
    `## Not reported\n\n${rule.good.map(example).join('\n\n')}`,
    `## To accept a finding\n\n${acceptance(rule)}`,
    ...list('## Sources', rule.sources),
    ...list('## What other tools call it', rule.peers),
  ].join('\n\n')}\n`;
}

/** `docs/rules/README.md`: the table of all rules, by what they judge. */
export function rulesPage(rules: readonly Rule[]): string {
  const sections = groups.map(({ about, title, intro }) => {
    const rows = rules
      .filter((rule) => rule.about === about)
      .map((rule) => `| [\`${rule.name}\`](${rule.name}.md) | ${defaultOf(rule)} | ${cell(rule.summary)} |`);
    return `## ${title}\n\n${intro}\n\n| Rule | Severity | What it catches |\n|:--|:--|:--|\n${rows.join('\n')}`;
  });
  return `# Rules

An \`error\` blocks reads or writes for a time that grows with the table, fails (on the shadow, or as soon as the table has a row), breaks the history, or loses data behind a schema that looks the same. A \`warning\` breaks the version that is still running, or drops something. A \`notice\` is advice. Some rules lower or raise the severity of a single finding; their pages say when. What grows with a table (a scan, a rewrite) is a notice on the table in which the migration tool keeps its records, which stays small. Conventions are \`off\` until the config gives them a severity.

A rule's severity is set under \`rules:\` in \`.github/migration-gate.yml\` (\`error\`, \`warning\`, \`notice\` or \`off\`); a single finding is accepted by a comment \`-- migration-gate:allow RULE: reason\` above its statement.

Nothing is reported on tables that the pull request itself creates, nor on the steps of the safe way.

${sections.join('\n\n')}
`;
}

/** The severity that a rule has when the config says nothing. */
export const defaultOf = (rule: Rule): string => (rule.byDefault === 'off' ? 'off' : rule.severity);

const groups: readonly { about: Rule['about']; title: string; intro: string }[] = [
  {
    about: 'failure',
    title: 'Migrations that do not run',
    intro: 'The shadow has base’s schema: what fails there fails in the deploy.',
  },
  {
    about: 'history',
    title: 'Changed history',
    intro: 'What happened to migrations that base already has, by content and not by name alone.',
  },
  {
    about: 'statement',
    title: 'What statements do',
    intro: 'Judged by the locks, rewrites and scans that the shadow saw; the text only names the cause.',
  },
  {
    about: 'reversal',
    title: 'The way back, and a second run',
    intro:
      'Tried on request only: `check-down: true` reverts the new migrations and applies them again, `check-rerun: true` runs them a second time and after every stop half-way.',
  },
  {
    about: 'convention',
    title: 'Conventions',
    intro:
      'Off until the config gives them a severity: they harm nobody by themselves, and teams decide them differently.',
  },
  { about: 'comment', title: 'Comments', intro: 'The gate’s own comments in migrations.' },
  { about: 'configuration', title: 'Configuration', intro: 'The gate’s own config, compared with base’s.' },
];

function example({ title, setup, base, migration, since, transaction, down }: RuleExample): string {
  const notes = [
    ...(since === undefined ? [] : [`PostgreSQL ${since} and newer`]),
    ...(transaction === 'none' ? ['run without a transaction'] : []),
  ];
  const heading = `**${title}**${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
  const parts = [
    ...(setup === undefined ? [] : [fence('Set up by a superuser', setup)]),
    ...(base === '' ? [] : [fence('Base', base)]),
    fence(
      base === '' ? 'New migration' : typeof migration === 'string' ? 'New migration' : 'Pull request',
      migration,
    ),
    ...(typeof down === 'string' ? [fence('Its down', down)] : []),
  ];
  return [heading, ...parts].join('\n\n');
}

function fence(title: string, sql: RuleExample['base']): string {
  const text =
    typeof sql === 'string'
      ? sql.trim()
      : Object.entries(sql)
          .map(([file, content]) => `-- ${file}\n${content.trim()}`)
          .join('\n\n');
  return `${title}:\n\n\`\`\`sql\n${text}\n\`\`\``;
}

const acceptance = (rule: Rule): string =>
  takesComment(rule.name)
    ? inComment(rule)
    : rule.name === 'gate-weakened'
      ? 'No comment accepts it. Somebody who may bypass the check merges the pull request, or sets the label that `override-label` names.'
      : `It stands in no migration, so that no comment accepts it: set the rule's severity with \`rules: { ${rule.name}: ${rule.severity === 'notice' || rule.byDefault === 'off' ? 'off' : 'notice'} }\`.`;

const inComment = (rule: Rule): string =>
  isAboutFile(rule)
    ? `Put a comment at the top of the file:\n\n\`\`\`sql\n-- migration-gate:allow ${rule.name}: why it is fine here\n\`\`\``
    : rule.about === 'comment'
      ? `Remove the comment, or switch the rule off with \`rules: { ${rule.name}: off }\`.`
      : `Put a comment on the line above the statement:\n\n\`\`\`sql\n-- migration-gate:allow ${rule.name}: why it is fine here\n\`\`\``;

const list = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0
    ? []
    : [
        `${title}\n\n${lines.map((line) => `- ${line.startsWith('https:') ? `<${line}>` : line}`).join('\n')}`,
      ];

const cell = (text: string): string => text.replaceAll('|', '\\|');
