import { createHash } from 'node:crypto';
import type { Tree } from '../../git/tree.ts';
import { readPsql } from '../../sql/psql.ts';
import { refuseLink } from '../reading/decode.ts';
import { dirname, isWithin, within } from '../reading/directories.ts';
import { sentText } from '../reading/texts.ts';
import type { ToolSettings } from '../tool.ts';
import type { SqitchLayout } from './conf.ts';
import type { Plan, PlannedChange } from './plan.ts';

/** The scripts of a project, read once. */
export class Scripts {
  readonly layout: SqitchLayout;
  private readonly tree: Tree;
  private readonly settings: ToolSettings;
  private contents: ReadonlyMap<string, Buffer> = new Map();

  constructor(tree: Tree, layout: SqitchLayout, settings: ToolSettings) {
    this.tree = tree;
    this.layout = layout;
    this.settings = settings;
  }

  /** Everything that a script may include lies somewhere in the tree; links are not followed. */
  async load(): Promise<void> {
    const { layout, tree } = this;
    const directories = [
      layout.home,
      dirname(layout.plan),
      layout.deploy,
      layout.revert,
      layout.reworkedDeploy,
      layout.reworkedRevert,
    ];
    const entries = tree.entries.filter(
      ({ path, mode }) =>
        mode.startsWith('100') &&
        (path.endsWith(`.${layout.extension}`) || path.endsWith('.sql')) &&
        directories.some((directory) => isWithin(path, directory)),
    );
    this.contents = await tree.read(entries.map(({ path }) => path));
  }

  bytes(path: string): Buffer | undefined {
    const entry = this.tree.get(path);
    if (entry !== undefined) refuseLink(entry);
    return this.contents.get(path);
  }

  deployFile = (change: PlannedChange): string =>
    this.file(change, this.layout.deploy, this.layout.reworkedDeploy);
  revertFile = (change: PlannedChange): string => {
    const reworked = this.deployFile(change).slice(this.layout.reworkedDeploy.length + 1);
    return change.reworkedAt.length === 0
      ? this.file(change, this.layout.revert, '')
      : within(this.layout.reworkedRevert, reworked);
  };

  /** Plan/Change.pm: of the tags since which the name has another meaning, the first that has a script. */
  private file(change: PlannedChange, directory: string, reworked: string): string {
    const { extension } = this.layout;
    if (change.reworkedAt.length === 0) return within(directory, `${change.name}.${extension}`);
    const files = change.reworkedAt.map((tag) => within(reworked, `${change.name}@${tag}.${extension}`));
    return files.find((file) => this.tree.get(file) !== undefined) ?? files[0] ?? '';
  }

  hash(change: PlannedChange): string | null {
    const bytes = this.bytes(this.deployFile(change));
    return bytes === undefined ? null : createHash('sha1').update(bytes).digest('hex');
  }

  read(file: string) {
    const { registry, variables, home } = this.layout;
    const text = (path: string): string | undefined => {
      const bytes = this.bytes(path);
      // psql passes over a byte order mark.
      return bytes === undefined ? undefined : sentText('psql', path, bytes).replace(/^\ufeff/, '');
    };
    return readPsql(text(file) ?? '', {
      file,
      directory: home,
      variables: new Map([
        ...variables,
        ...Object.entries(this.settings.placeholders),
        ['ON_ERROR_STOP', '1'],
        ['registry', registry],
      ]),
      given: new Set(Object.keys(this.settings.placeholders)),
      include: text,
    });
  }

  /** Deploy scripts that no change of the plan has. */
  unplanned(plan: Plan): string[] {
    const planned = new Set(plan.changes.map((change) => this.deployFile(change)));
    const included = new Set(plan.changes.flatMap((change) => this.read(this.deployFile(change)).included));
    return this.tree
      .under(this.layout.deploy)
      .map(({ path }) => path)
      .filter(
        (path) => path.endsWith(`.${this.layout.extension}`) && !planned.has(path) && !included.has(path),
      );
  }
}
