import type { Connection } from '../../shadow/shadow.ts';

/**
 * The job's variables that a command gets: where programs and libraries are, and how text is written. Everything else
 * stays out: tokens, inputs, and what the runner talks to.
 */
const passedOn: readonly string[] = [
  ...['PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR', 'TEMP', 'TMP'],
  ...['LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS'],
  ...['SystemRoot', 'ComSpec', 'PATHEXT', 'ProgramFiles', 'ProgramData', 'windir'],
  ...['VIRTUAL_ENV', 'CONDA_PREFIX', 'pythonLocation', 'PYENV_ROOT', 'PYENV_VERSION'],
  ...['GEM_HOME', 'GEM_PATH', 'RBENV_ROOT', 'RBENV_VERSION', 'BUNDLE_PATH', 'BUNDLE_WITHOUT', 'BUNDLE_WITH'],
  ...['ASDF_DIR', 'ASDF_DATA_DIR', 'MISE_DATA_DIR', 'NVM_DIR', 'VOLTA_HOME', 'FNM_DIR', 'BUN_INSTALL'],
  ...['JAVA_HOME', 'MIX_HOME', 'HEX_HOME', 'GOPATH', 'GOMODCACHE', 'CARGO_HOME', 'RUSTUP_HOME'],
  ...['RAILS_ENV', 'RACK_ENV', 'MIX_ENV', 'NODE_ENV', 'DJANGO_SETTINGS_MODULE'],
];

/** `postgresql://user:password@host:port/name`: SQLAlchemy takes no other scheme. */
export function urlOf({ host, port, user, password, database }: Connection): string {
  const account = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return `postgresql://${account}@${host}:${port}/${encodeURIComponent(database)}`;
}

/**
 * The whole environment of a command: the shadow's address under the names that tools read, a home of its own, and what
 * the job knows of its programs.
 *
 * @param settings what the config of the repository adds (`command-environment`)
 */
export function commandEnvironment(
  job: NodeJS.ProcessEnv,
  connection: Connection,
  home: string,
  settings: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const kept = Object.fromEntries(
    passedOn.flatMap((name) => (job[name] === undefined ? [] : [[name, job[name]]])),
  );
  const { host, port, user, password, database } = connection;
  const url = urlOf(connection);
  return {
    LANG: 'C.UTF-8',
    // Many settings of applications ask for these, and none of them matters to a migration.
    SECRET_KEY: 'migration-gate',
    SECRET_KEY_BASE: 'migration-gate'.repeat(8),
    SECRET_KEY_BASE_DUMMY: '1',
    DJANGO_SECRET_KEY: 'migration-gate',
    ...kept,
    CI: 'true',
    MIGRATION_GATE: 'true',
    HOME: home,
    XDG_CACHE_HOME: `${home}/.cache`,
    XDG_CONFIG_HOME: `${home}/.config`,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
    NO_COLOR: '1',
    DISABLE_BOOTSNAP: '1',
    DISABLE_SPRING: '1',
    ...settings,
    DATABASE_URL: url,
    DATABASE_URI: url,
    DB_URL: url,
    DB_URI: url,
    DB_DSN: url,
    POSTGRES_URL: url,
    POSTGRES_URI: url,
    POSTGRESQL_URL: url,
    PG_URL: url,
    PG_CONNECTION_STRING: url,
    SQLALCHEMY_URL: url,
    SQLALCHEMY_DATABASE_URL: url,
    SQLALCHEMY_DATABASE_URI: url,
    DJANGO_DATABASE_URL: url,
    MIGRATION_DATABASE_URL: url,
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: database,
    PGSSLMODE: 'disable',
    ...named('DB', connection),
    ...named('DATABASE', connection),
    ...named('POSTGRES', connection),
  };
}

/** `DB_HOST`, `DB_PORT`, …: how settings files that build an address of parts name these. */
function named(prefix: string, { host, port, user, password, database }: Connection): Record<string, string> {
  return {
    [`${prefix}_HOST`]: host,
    [`${prefix}_PORT`]: String(port),
    [`${prefix}_USER`]: user,
    [`${prefix}_USERNAME`]: user,
    [`${prefix}_PASSWORD`]: password,
    [`${prefix}_PASS`]: password,
    [`${prefix}_NAME`]: database,
    [`${prefix}_DATABASE`]: database,
    [`${prefix}_DB`]: database,
  };
}
