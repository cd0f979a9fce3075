-- Watch: measurements are packed, rolled up and kept by a policy; dashboards; measurements sent on to another store.
-- Locks: no table that grows is rewritten. The partitions that exist stay as they are until they are packed and dropped,
-- and the hours of watch.rollup_hour are carried over by the server itself, a few checks at a time.

-- Results stay as rows for some two hours, then a window of them is packed into watch.chunk and its table dropped whole.
-- A window that is being packed lies under result_closing: nothing is written to it any more, and charts still read it.
create table watch.result_closing (like watch.result including generated) partition by range (at);
create index result_closing_check on watch.result_closing (check_number, at);

-- Results whose window is closed already, or whose time is far away, because a clock jumped.
create table watch.result_late partition of watch.result default;

-- Sent on in the order of their time. ONLY: partitions that exist already go without.
create index result_at on only watch.result using brin (at) with (pages_per_range = 32, autosummarize = on);

-- Results of one check in one window, packed; decision 0013 says how. Daily partitions.
create table watch.chunk (
  check_number integer not null,
  -- The first and the last sample in it.
  from_at timestamptz not null,
  until_at timestamptz not null,
  samples integer not null,
  data bytea not null
) partition by range (from_at);
create index chunk_check on watch.chunk (check_number, from_at);

-- Points of one check, packed: a day of five minutes (weekly partitions), a day of hours (monthly), a month of days (yearly).
create table watch.five_minutes (
  check_number integer not null,
  begins timestamptz not null,
  data bytea not null,
  primary key (check_number, begins)
) partition by range (begins);
create table watch.hours (
  check_number integer not null,
  begins timestamptz not null,
  data bytea not null,
  primary key (check_number, begins)
) partition by range (begins);
create table watch.days (
  check_number integer not null,
  begins timestamptz not null,
  data bytea not null,
  primary key (check_number, begins)
) partition by range (begins);

-- What is packed is not compressed again.
alter table watch.chunk alter column data set storage external;
alter table watch.five_minutes alter column data set storage external;
alter table watch.hours alter column data set storage external;
alter table watch.days alter column data set storage external;

-- Every partition of the tables above with its span; that of late results has none.
create view watch.part as
select parent.relname::text as parent, child.relname::text as name, span[1]::timestamptz as from_at, span[2]::timestamptz as until_at
from pg_inherits
join pg_class child on child.oid = inhrelid
join pg_class parent on parent.oid = inhparent
join pg_namespace on pg_namespace.oid = parent.relnamespace and nspname = 'watch'
cross join lateral regexp_match(pg_get_expr(child.relpartbound, child.oid), 'FROM \(''([^'']+)''\) TO \(''([^'']+)''\)') span
where child.relkind = 'r' and span is not null;

-- Makes one partition beside the parent and then attaches it, which readers and writers do not wait for.
-- False when there is one for that time already, or when late results lie there: they are packed first.
create function watch.make_part(parent_name text, part_name text, part_from timestamptz, part_until timestamptz) returns boolean
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('vigie watch days'));
  if to_regclass(format('watch.%I', part_name)) is not null
    or exists (select from watch.part where parent = parent_name and from_at < part_until and until_at > part_from) then
    return false;
  end if;
  execute format('create table watch.%I (like watch.%I including all)', part_name, parent_name);
  if parent_name <> 'result' then
    -- A packed row of some kilobytes stays in its page.
    execute format('alter table watch.%I set (toast_tuple_target = 8160)', part_name);
  end if;
  execute format('alter table watch.%I attach partition watch.%I for values from (%L) to (%L)', parent_name, part_name, part_from, part_until);
  return true;
exception when check_violation then
  return false;
end;
$$;

-- The windows of results for the hours to come.
create or replace function watch.keep_days(now_at timestamptz, days_ahead integer, retained_days integer) returns void
language plpgsql as $$
declare
  wanted timestamptz;
begin
  perform pg_advisory_xact_lock(hashtext('vigie watch days'));
  if not exists (select from watch.part where parent = 'result' and from_at <= now_at and until_at > now_at) then
    -- Results of this very moment would go among the late ones, and be refused there when the window is attached: they wait.
    lock table watch.result in access exclusive mode;
  end if;
  for wanted in
    select generate_series(date_bin('2 hours', now_at, '2000-01-01 00:00:00+00'), now_at + make_interval(days => days_ahead), '2 hours')
  loop
    perform watch.make_part('result', 'result_' || to_char(wanted at time zone 'UTC', 'YYYYMMDD_HH24'), wanted, wanted + interval '2 hours');
  end loop;
end;
$$;

-- How far a window is packed: one row for each table that lies under result_closing.
create table watch.closing_progress (
  name text primary key,
  window_from timestamptz not null,
  after_check integer not null
);

-- Days before `until` are rolled up; of the day that begins there, the checks up to `after_check`. One row.
create table watch.rolled (
  only_row boolean primary key default true check (only_row),
  until timestamptz not null,
  after_check integer not null default 0
);

-- Days of checks that are to be rolled up again, because results came late.
create table watch.roll_again (
  check_number integer not null,
  day timestamptz not null,
  primary key (check_number, day)
);

-- The hours made before this migration, until all of them are carried over: one row, gone when it is done.
create table watch.carry_over (
  only_row boolean primary key default true check (only_row),
  after_check integer not null default 0
);
insert into watch.carry_over default values;

-- How long measurements are kept: one row.
create table watch.retention (
  only_row boolean primary key default true check (only_row),
  raw_days integer not null default 14 check (raw_days between 1 and 400),
  five_minute_days integer not null default 90 check (five_minute_days between 1 and 1500),
  hour_days integer not null default 730 check (hour_days between 1 and 4000),
  day_days integer not null default 3650 check (day_days between 30 and 36500)
);
insert into watch.retention default values;

create table watch.dashboard (
  id uuid primary key,
  name text not null,
  owner_id uuid not null,
  owner_name text not null,
  shared boolean not null,
  content jsonb not null,
  -- Counts changes: who saves over a version that is no longer the newest is told.
  version integer not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index dashboard_owner on watch.dashboard (owner_id);

-- Where measurements are sent on to, and how far that is: one row, or none.
create table watch.remote_write (
  only_row boolean primary key default true check (only_row),
  active boolean not null,
  url text not null,
  query_url text,
  user_name text,
  secret_sealed bytea,
  labels jsonb not null,
  kinds jsonb not null,
  special_allowed boolean not null,
  read_back boolean not null,
  -- Everything before `until` is sent; of the window that begins there, the checks up to `after_check`.
  until timestamptz not null,
  after_check integer not null default 0,
  sent bigint not null default 0,
  refused bigint not null default 0,
  last_sent_at timestamptz,
  failing_since timestamptz,
  last_error text,
  last_error_at timestamptz,
  tries integer not null default 0,
  next_try_at timestamptz
);

-- The door of /metrics: one row; a null hash means that nobody needs a token.
create table watch.metrics_door (
  only_row boolean primary key default true check (only_row),
  token_hash bytea
);
insert into watch.metrics_door default values;

-- Packed results that came when what is around them was sent on already.
create table watch.remote_late (
  check_number integer not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  primary key (check_number, from_at, until_at)
);
