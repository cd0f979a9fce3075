-- Watch: checks and their states, results with their measurements, roll-ups, alerts and silences.
-- Ids of things have no foreign key: no module's tables point into another's.

create schema watch;

create table watch.check (
  id uuid primary key,
  -- Stands for the check in the tables that grow: four bytes instead of sixteen.
  number integer generated always as identity unique,
  name text not null,
  kind text not null,
  target_kind text not null check (target_kind in ('site', 'host', 'service')),
  target_id uuid not null,
  settings jsonb not null,
  interval_ms integer not null check (interval_ms between 1000 and 86400000),
  paused boolean not null default false,
  -- An administrator agreed that this check may contact this very machine, its links or its provider.
  special_allowed boolean not null default false,
  state text not null check (state in ('up', 'degraded', 'down', 'unreachable', 'unknown')),
  since timestamptz not null,
  -- The first failing result of the failure that goes on; outages are measured from here.
  failing_since timestamptz,
  flapping boolean not null default false,
  because_kind text,
  because_id uuid,
  because_name text,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index check_target on watch.check (target_kind, target_id);

-- The newest result of each check, for lists. Unlogged: it is written all the time and whole again one interval later.
create unlogged table watch.check_last (
  check_number integer primary key,
  at timestamptz not null,
  verdict smallint not null,
  reason text not null,
  values real[] not null
) with (fillfactor = 50);

-- Which place in `values` holds which measurement of a check.
create table watch.series (
  id integer generated always as identity primary key,
  check_number integer not null references watch.check (number) on delete cascade,
  position smallint not null check (position between 1 and 500),
  name text not null,
  unit text not null,
  unique (check_number, position),
  unique (check_number, name)
);

-- One row a run. Daily partitions, made ahead and dropped whole by watch.keep_days.
create table watch.result (
  check_number integer not null,
  at timestamptz not null,
  -- 0 up, 1 degraded, 2 down, 3 unknown.
  verdict smallint not null,
  confirming boolean not null,
  duration_ms real not null,
  values real[] not null,
  -- {"code","data"} as text: it is read seldom and never searched.
  reason text not null,
  output text
) partition by range (at);
create index result_check on watch.result (check_number, at);

-- Makes the partitions of today and the days to come, drops those older than the retention. Days are UTC.
-- Locks watch.result for the moment of attaching and dropping.
create function watch.keep_days(now_at timestamptz, days_ahead integer, retained_days integer) returns void
language plpgsql as $$
declare
  today date := (now_at at time zone 'UTC')::date;
  wanted date;
  old record;
begin
  perform pg_advisory_xact_lock(hashtext('vigie watch days'));
  for wanted in select generate_series(today - 1, today + days_ahead, interval '1 day')::date loop
    if to_regclass(format('watch.result_%s', to_char(wanted, 'YYYYMMDD'))) is null then
      execute format(
        'create table watch.result_%s partition of watch.result for values from (%L) to (%L)',
        to_char(wanted, 'YYYYMMDD'), wanted::text || ' 00:00:00+00', (wanted + 1)::text || ' 00:00:00+00'
      );
    end if;
  end loop;
  for old in
    select child.relname as name
    from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = 'watch.result'::regclass and child.relname ~ '^result_[0-9]{8}$'
      and to_date(right(child.relname, 8), 'YYYYMMDD') < today - retained_days
  loop
    execute format('drop table watch.%I', old.name);
  end loop;
end;
$$;

-- Hours, kept when the raw results are gone.
create table watch.rollup_hour (
  check_number integer not null references watch.check (number) on delete cascade,
  position smallint not null,
  hour timestamptz not null,
  count integer not null,
  min real not null,
  max real not null,
  mean real not null,
  primary key (check_number, position, hour)
);

-- How far the hours are rolled up: one row.
create table watch.rollup_progress (
  only_row boolean primary key default true check (only_row),
  until timestamptz not null
);

create table watch.state_change (
  id bigint generated always as identity primary key,
  check_number integer not null references watch.check (number) on delete cascade,
  at timestamptz not null,
  from_state text not null,
  to_state text not null,
  because_kind text,
  because_id uuid,
  because_name text,
  reason text not null
);
create index state_change_check on watch.state_change (check_number, at desc);

-- An alert outlives its check: incidents refer to it.
create table watch.alert (
  id uuid primary key,
  check_id uuid not null,
  check_name text not null,
  check_kind text not null,
  target_kind text not null,
  target_id uuid not null,
  target_name text not null,
  cause_kind text not null,
  cause_id uuid not null,
  cause_name text not null,
  cause_key text not null,
  state text not null,
  failing_since timestamptz not null,
  raised_at timestamptz not null,
  good_since timestamptz,
  cleared_at timestamptz,
  reason text not null,
  output text not null,
  silenced boolean not null
);
create unique index alert_open on watch.alert (check_id) where cleared_at is null;
create index alert_raised on watch.alert (raised_at desc, id desc);
create index alert_cause on watch.alert (cause_key, raised_at desc);

create table watch.silence (
  id uuid primary key,
  target_kind text,
  target_id uuid,
  check_id uuid,
  reason text not null,
  until timestamptz not null,
  by_id uuid,
  by_name text not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  check ((target_id is null) <> (check_id is null))
);
create index silence_open on watch.silence (until) where ended_at is null;

create view watch.pub_check as
select id, name, kind, target_kind, target_id, state, since, paused from watch.check;

create view watch.pub_alert as
select id, check_id, check_name, check_kind, target_kind, target_id, target_name, cause_key, state, failing_since,
  raised_at, good_since, cleared_at, silenced
from watch.alert;
