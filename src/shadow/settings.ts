/**
 * How a cluster is made and run. Everything here is part of the key under which a prepared data directory is
 * kept; what differs from run to run (port, socket) is not here.
 */

/**
 * ICU's en-US, which every embedded build brings: sorts and folds case as the usual production database
 * (en_US.UTF-8 of libc) does, and alike on every platform, whichever locales the machine has. `C` would sort
 * by bytes and leave `lower('É')` as it is. What libc still decides (messages, numbers, dates) is C = English.
 *
 * Before 15 a database cannot have ICU's: libc's C.UTF-8 folds case, sorts by code point, and is there with every
 * glibc that has no other locale installed.
 */
export const initdbArguments = (major: number): readonly string[] => [
  '--encoding=UTF8',
  ...(major >= 15 ? ['--locale-provider=icu', '--icu-locale=en-US'] : []),
  '--locale=C',
  ...(major >= 15 ? [] : ['--lc-ctype=C.UTF-8']),
  // What initdb chooses for an English locale; said, so that it does not depend on how it derives it.
  '--text-search-config=english',
  '--auth=scram-sha-256',
  '--no-sync',
  // A kept cluster is copied for each run: what its log takes is read and written for nothing.
  '--wal-segsize=1',
  ...(major >= 14 ? ['--no-instructions'] : []),
  // Killed half-way it would leave a segment in /dev/shm otherwise; before 16 it cannot be told.
  ...(major >= 16 && process.platform !== 'win32' ? ['--set', 'dynamic_shared_memory_type=mmap'] : []),
];

/** Everybody needs a password, the superuser and the socket included. */
export const hostBasedAuthentication = `local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
host all all ::1/128 scram-sha-256
`;

/** postgresql.conf, all of it. */
export const configuration = (major: number): string =>
  Object.entries(serverSettings(major))
    .map(([name, value]) => `${name} = '${value}'\n`)
    .join('');

/** Settings of a server that is ours alone, by name. */
export function serverSettings(major: number): Readonly<Record<string, string>> {
  return {
    // 500 tables in one transaction fail with 53200 otherwise.
    max_locks_per_transaction: '2048',
    max_connections: '25',
    shared_buffers: '128MB',
    // Kubernetes nodes with huge pages kill what tries to use them without having asked.
    huge_pages: 'off',
    // Everything is thrown away: nothing need survive a power cut.
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    checkpoint_timeout: '1h',
    // Segments that a checkpoint has done with are removed, not kept for later.
    min_wal_size: '2MB',
    wal_recycle: 'off',
    wal_init_zero: 'off',
    // Nothing may take locks or scan tables but the migrations themselves.
    autovacuum: 'off',
    jit: 'off',
    max_parallel_workers: '0',
    max_parallel_workers_per_gather: '0',
    max_parallel_maintenance_workers: '0',
    max_logical_replication_workers: '0',
    // Files in the data directory: containers have a /dev/shm of 64 MB or none, and what a killed server
    // leaves there nobody removes.
    ...(process.platform === 'win32' ? {} : { dynamic_shared_memory_type: 'mmap' }),
    unix_socket_permissions: '0700',
    listen_addresses: '',
    password_encryption: 'scram-sha-256',
    // The tracer reads English messages; only a superuser may change it.
    lc_messages: 'C',
    timezone: 'UTC',
    log_timezone: 'UTC',
    datestyle: 'iso, mdy',
    default_text_search_config: 'pg_catalog.english',
    log_destination: 'stderr',
    logging_collector: 'off',
    // Errors are the client's affair, and a loop of RAISE WARNING must not flood us.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    // A crash ends the server at once instead of giving the gate a database that forgot half a migration.
    restart_after_crash: 'off',
    // A role's creator may act as it and give it tables, as the administrator of a managed Postgres can.
    ...(major >= 16 ? { createrole_self_grant: 'set, inherit' } : {}),
    // No helper processes for a server that lives for seconds.
    ...(major >= 18 ? { io_method: 'sync' } : {}),
  };
}

/**
 * What a migration may set for the database and all its sessions (`ALTER DATABASE … SET`), and must not be in the way of
 * ours. To be said at the start of a session, where it wins.
 */
export const adminOptions = (major: number): string =>
  [
    'statement_timeout=0',
    'lock_timeout=0',
    'idle_in_transaction_session_timeout=0',
    ...(major >= 14 ? ['idle_session_timeout=0'] : []),
    ...(major >= 17 ? ['transaction_timeout=0'] : []),
    'default_transaction_read_only=off',
    'default_transaction_isolation=read\\ committed',
    'role=none',
  ]
    .map((setting) => `-c ${setting}`)
    .join(' ');
