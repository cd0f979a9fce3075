/**
 * The settings of a small, quiet PostgreSQL that loses nothing. Vigie writes them at every start; what an operator
 * wants otherwise goes into local.conf beside it.
 */
export const postgresSettings = `# Written by Vigie at every start. Your own settings belong in local.conf, beside this file.

# Reached by a socket in this folder, which only its owner and root may enter; nothing listens on the network.
listen_addresses = ''
unix_socket_directories = '.'
unix_socket_permissions = 0700
max_connections = 40

# What is acknowledged is on the disk.
fsync = on
synchronous_commit = on
full_page_writes = on
wal_level = replica
max_wal_senders = 2
max_replication_slots = 2
wal_compression = on
min_wal_size = 32MB
max_wal_size = 512MB
checkpoint_timeout = 15min

# Quiet: few processes, few wake-ups, little memory at rest.
shared_buffers = 48MB
effective_cache_size = 512MB
work_mem = 4MB
maintenance_work_mem = 48MB
huge_pages = off
io_method = sync
jit = off
max_worker_processes = 2
max_parallel_workers = 0
max_parallel_workers_per_gather = 0
max_parallel_maintenance_workers = 0
max_logical_replication_workers = 0
max_sync_workers_per_subscription = 0
autovacuum_worker_slots = 2
autovacuum_max_workers = 2
autovacuum_vacuum_scale_factor = 0.1
random_page_cost = 1.1
bgwriter_delay = 1s
wal_writer_delay = 500ms

# One log for each day of the week, written over a week later.
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_file_mode = 0600
log_min_messages = warning
log_min_duration_statement = 5s
log_checkpoints = off
log_line_prefix = '%m [%p] %a '
log_timezone = 'UTC'
timezone = 'UTC'
lc_messages = 'C'
cluster_name = 'vigie'

include_if_exists = 'local.conf'
`;
