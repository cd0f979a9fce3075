-- Watch: the engine runs beside the API, in a thread or another process, and both meet here.
-- Adds columns with constant defaults and empty tables: each lock is held for a moment only, whatever there is already.

alter table watch.check
  -- Under too much load healthy checks of low importance are slowed first.
  add column importance text not null default 'normal' check (importance in ('low', 'normal', 'high')),
  -- The address that an administrator gave leave for; the leave does not follow when the address changes.
  add column special_address text;

-- Leave that was given before is for the address as it stands. That of a service is noted when it is next read.
update watch.check set special_address = host.address
from estate.host
where special_allowed and target_kind = 'host' and host.id = target_id;

-- What checks remember from run to run, across restarts: how far a log was read, a key that was seen first.
create table watch.check_kept (
  check_number integer primary key references watch.check (number) on delete cascade,
  kept jsonb not null
) with (fillfactor = 70);

-- Somebody wants checks to run at once: taken by whoever watches, answered, and removed by who asked. Unlogged: who asks
-- waits for seconds, and asks again after a crash.
create unlogged table watch.run_request (
  id uuid primary key,
  check_ids uuid[] not null,
  asked_at timestamptz not null,
  taken_at timestamptz,
  -- By check id; set when all have run.
  results jsonb
);

-- How the watch itself does, told every few seconds by whoever watches: one row.
create unlogged table watch.engine_pulse (
  only_row boolean primary key default true check (only_row),
  at timestamptz not null,
  figures jsonb not null
) with (fillfactor = 50);
