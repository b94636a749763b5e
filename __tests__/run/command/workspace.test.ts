import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openWorkspace } from '../../../src/run/command/workspace.ts';
import { toolNamed } from '../../../src/tools/index.ts';
import { scratchDirectory } from '../../git/repository.ts';
import { treeOf } from '../../tools/memory-tree.ts';

test('the settings that the config names are those that Django gets, whatever manage.py says', async () => {
  const { command: adapter, title } = toolNamed('django');
  if (adapter === undefined) throw new Error('Django runs itself');
  const tree = treeOf({
    'manage.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\n',
  });
  await using workspace = await openWorkspace(
    {
      ...{ adapter, title, base: tree, head: tree, path: '.', basePath: '.' },
      ...{ installedIn: scratchDirectory(), applyCommand: null, baseSetupCommand: null, limitMs: 60_000 },
      environment: { DJANGO_SETTINGS_MODULE: 'shop.settings.dev' },
    },
    'head',
  );
  const asked = await workspace.ask(null, (project, answer) => {
    const called = adapter.up(project);
    if ('missing' in called) throw new Error(called.missing);
    // What Django would have got, instead of it.
    const script = `require('node:fs').copyFileSync('migration_gate_settings.py', process.argv[1])`;
    return { ...called, program: process.execPath, args: ['-e', script, answer] };
  });
  expect(asked.answer).toContain('from shop.settings.dev import *');
  expect(existsSync(workspace.place('migration_gate_settings.py'))).toBe(true);
});
