import { byNumber, programTool } from './program-tool.ts';
import { basename } from './reading/directories.ts';
import type { Migration, MigrationTool } from './tool.ts';

/** What a row of an unknown tool's table may hold of a migration. */
const names = ({ identity, version }: Migration): string[] => [
  identity,
  identity.replace(/\.[^.]*$/, ''),
  version,
  String(Number(version)),
];

const depends = {
  does: 'depends',
  says: 'The command decides what it does about a changed history, and nobody has told the gate.',
} as const;

/** Any program that migrates `DATABASE_URL`: `apply-command` in the config. */
export const command: MigrationTool = programTool({
  name: 'command',
  title: 'The command',
  telling: /^$/,
  because: async () => null,
  files: /^(?![._])(?!README)(?!.*\.(?:md|txt|toml|ya?ml|lock|mako|ini|d\.ts)$)/i,
  named: (file) => {
    const base = basename(file);
    const [, version = base, name = ''] = /^(\d+)[_-]?(.*)$/.exec(base) ?? [];
    return { version, name: name === '' ? base : name, identity: base };
  },
  order: byNumber,
  tables: [],
  onHistoryChange: {
    edited: depends,
    deleted: depends,
    renamed: depends,
    outOfOrder: depends,
    duplicateVersion: { ...depends, legal: true },
  },
  advice:
    'How a migration runs outside a transaction is for the command to say; give such a statement a file of its own.',
  command: {
    anyTable: true,
    up: () => ({
      missing: 'The tool command needs an apply-command: a line for the shell that migrates DATABASE_URL.',
    }),
    recorded: (row, known) => {
      const values = new Set(Object.values(row));
      return known.find((migration) => names(migration).some((name) => values.has(name)))?.identity ?? null;
    },
  },
});
