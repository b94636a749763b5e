import type { Tree } from '../../git/tree.ts';
import { callers } from '../reading/callers.ts';
import { basename, dirname, exclusion, resolved } from '../reading/directories.ts';
import { atlasMigrationBlocks, searchPathIn } from './hcl.ts';

/** How a project calls Atlas, as far as its files say it in plain data. */
export interface AtlasSettings {
  readonly execOrder: 'linear' | 'linear-skip' | 'non-linear';
  readonly txMode: 'file' | 'none' | 'all';
  /** Of the files: `atlas`, `golang-migrate`, `goose`, `flyway`, `liquibase`, `dbmate`. */
  readonly format: string;
  /** Where `atlas_schema_revisions` is. */
  readonly revisionsSchema: string;
  readonly notes: readonly string[];
}

/** A directory that an atlas.hcl names. */
export interface AtlasDirectory {
  readonly hcl: string;
  readonly path: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** `dev` and `url` are MySQL's or SQLite's. */
  readonly otherDialect: boolean;
  readonly schema: string | null;
}

/** Directories that the atlas.hcl files of a tree name, by `file://` URLs. */
export async function atlasDirectories(tree: Tree): Promise<AtlasDirectory[]> {
  const paths = tree.entries
    .filter(({ mode, path }) => mode.startsWith('100') && basename(path) === 'atlas.hcl')
    .map(({ path }) => path)
    .filter((path) => exclusion(dirname(path)) !== 'copied');
  return [...(await tree.read(paths))].flatMap(([hcl, bytes]) => {
    const source = bytes.toString('utf8');
    const otherDialect =
      /\b(?:docker|mysql|maria|sqlite|sqlserver|clickhouse|libsql)(?::\/\/|\+)/.test(source) &&
      !/(?:docker:\/\/(?:postgres|pgvector|postgis|timescale)|postgres(?:ql)?:\/\/|docker\+postgres)/.test(
        source,
      ) &&
      /(?:docker:\/\/)?(?:mysql|maria|sqlite|sqlserver|clickhouse|libsql)/.test(source);
    return atlasMigrationBlocks(source).flatMap(({ attributes }) => {
      const url = /^file:\/\/([^?]*)(?:\?(.*))?$/.exec(attributes.dir ?? 'file://migrations');
      if (url === null) return [];
      const format = new URLSearchParams(url[2] ?? '').get('format');
      return [
        {
          hcl,
          path: resolved(dirname(hcl), url[1] === '' ? 'migrations' : (url[1] ?? '')),
          attributes: format === null ? attributes : { ...attributes, format },
          otherDialect,
          schema: searchPathIn(source),
        },
      ];
    });
  });
}

/**
 * @param placeholders from the gate's config, which decide: `exec-order`, `tx-mode`, `format`, `revisions-schema`
 * @param outOfOrder from the gate's config: false is linear, true is non-linear
 */
export async function atlasSettings(
  tree: Tree,
  path: string,
  placeholders: Readonly<Record<string, string>>,
  outOfOrder: boolean | null,
): Promise<AtlasSettings> {
  const named = (await atlasDirectories(tree)).filter((one) => one.path === path);
  const flags = await flagsOf(tree);
  const notes: string[] = [];
  /** What all places that say something agree on. */
  const agreed = (attribute: string, flag: string): string | null => {
    const given = placeholders[flag];
    if (given !== undefined) return given;
    const values = new Set(
      [...named.flatMap((one) => one.attributes[attribute] ?? []), ...(flags.get(flag) ?? [])].map((value) =>
        value.toLowerCase().replaceAll('_', '-'),
      ),
    );
    const [value] = values;
    if (values.size > 1) {
      notes.push(
        `Atlas is called with different values of ${flag} (${[...values].join(', ')}): its default was assumed. Set ${flag} under placeholders: in the config.`,
      );
    }
    return values.size === 1 && value !== undefined ? value : null;
  };
  const execOrder = agreed('exec_order', 'exec-order');
  const txMode = agreed('tx_mode', 'tx-mode');
  const bound = new Set(named.flatMap(({ schema }) => schema ?? []));
  const [schema] = bound;
  return {
    execOrder:
      outOfOrder === null
        ? (oneOf(execOrder, ['linear', 'linear-skip', 'non-linear']) ?? 'linear')
        : outOfOrder
          ? 'non-linear'
          : 'linear',
    txMode: oneOf(txMode, ['file', 'none', 'all']) ?? 'file',
    format: agreed('format', 'format') ?? 'atlas',
    revisionsSchema:
      agreed('revisions_schema', 'revisions-schema') ??
      (bound.size === 1 ? schema : undefined) ??
      'atlas_schema_revisions',
    notes,
  };
}

const oneOf = <T extends string>(value: string | null, known: readonly T[]): T | undefined =>
  known.find((each) => each === value);

/** `--exec-order`, `--tx-mode`, `--revisions-schema` of `atlas migrate apply` in scripts. */
async function flagsOf(tree: Tree): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  for (const text of (await callers(tree)).values()) {
    for (const [call] of text.replaceAll('\\\n', ' ').matchAll(/\bmigrate\s+apply\b[^\n]*/g)) {
      for (const [, flag = '', value = ''] of call.matchAll(
        /\s--(exec-order|tx-mode|revisions-schema)[ =]["']?([\w-]+)/g,
      )) {
        found.set(flag, [...(found.get(flag) ?? []), value]);
      }
    }
  }
  return found;
}
