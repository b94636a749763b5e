import { Undecided } from '../../errors.ts';
import { DATABASE, OWNER } from '../../shadow/roles.ts';
import type { ToolSettings } from '../tool.ts';
import type { GraphileConfig } from './config.ts';

/**
 * What replaces the placeholders of a text, as the tool does: word for word, wherever they stand.
 *
 * @throws Undecided where the environment gives a value that the config does not
 */
export function replacer(
  config: GraphileConfig | null,
  settings: ToolSettings['placeholders'],
): (text: string, file: string) => string {
  const given = new Map(Object.entries(config?.placeholders ?? {}));
  const own = new Map([
    [':DATABASE_NAME', DATABASE],
    [':DATABASE_OWNER', OWNER],
  ]);
  const names = [...given.keys(), ...own.keys()];
  const pattern = new RegExp(`(?:${names.map(escaped).join('|')})\\b`, 'g');
  return (text, file) =>
    text.replace(pattern, (name) => {
      const value = settings[name] ?? settings[name.slice(1)] ?? own.get(name) ?? given.get(name);
      if (value !== undefined && value !== '!ENV') return value;
      throw new Undecided(
        'invalid-configuration',
        `${file} uses ${name}, whose value graphile-migrate takes from the environment (${config?.file ?? '.gmrc'}). Say what it is under placeholders: of this database in .github/migration-gate.yml, as in\n\n    placeholders:\n      ${JSON.stringify(name)}: …\n`,
        { place: { file } },
      );
    });
}

const escaped = (text: string): string => text.replace(/[-/\\^$*+?.()|[\]{}]/g, '\\$&');
