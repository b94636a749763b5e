/** One configuration value for a git process; keys may come several times. */
export type ConfigEntry = readonly [key: string, value: string];

/**
 * Variables that would point git elsewhere than at the directory that was asked for, or change the form of
 * its answers. They are set when the gate runs from a hook or an alias. (The rest of GIT_*, such as
 * GIT_SSH_COMMAND, GIT_CONFIG_GLOBAL or GIT_SSL_CAINFO, is how the user's git reaches things.)
 */
const REDIRECTING =
  /^GIT_(DIR|WORK_TREE|IMPLICIT_WORK_TREE|COMMON_DIR|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|QUARANTINE_PATH|NAMESPACE|PREFIX|SHALLOW_FILE|GRAFT_FILE|REPLACE_REF_BASE|CONFIG|ATTR_SOURCE|DEFAULT_HASH|(LITERAL|GLOB|NOGLOB|ICASE)_PATHSPECS|EXTERNAL_DIFF|DIFF_OPTS|TRACE.*)$/;

const ALWAYS: readonly ConfigEntry[] = [
  // What a repository can make git run on its own account.
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.quotePath', 'false'],
  ['advice.addEmbeddedRepo', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
];

/** The environment of every git process: no prompts, English messages, no optional writes, no hooks. */
export function gitEnvironment(from: NodeJS.ProcessEnv, config: readonly ConfigEntry[]): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(from)) if (!REDIRECTING.test(name)) env[name] = value;
  return withConfig(
    {
      ...env,
      LC_ALL: 'C',
      LANGUAGE: '',
      GIT_TERMINAL_PROMPT: '0',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_NO_REPLACE_OBJECTS: '1',
    },
    [...ALWAYS, ...config],
  );
}

/** Adds configuration by GIT_CONFIG_COUNT, after what is there: on a command line others could read it. */
export function withConfig(env: NodeJS.ProcessEnv, config: readonly ConfigEntry[]): NodeJS.ProcessEnv {
  const already = Number.parseInt(env.GIT_CONFIG_COUNT ?? '0', 10) || 0;
  const added: NodeJS.ProcessEnv = { GIT_CONFIG_COUNT: String(already + config.length) };
  config.forEach(([key, value], index) => {
    added[`GIT_CONFIG_KEY_${already + index}`] = key;
    added[`GIT_CONFIG_VALUE_${already + index}`] = value;
  });
  return { ...env, ...added };
}
