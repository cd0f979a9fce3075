-- Watch: rules on measurements, confirmation by check, silences that end on a condition, honest availability, heartbeats.
-- Adds columns with constant defaults and empty tables: each lock is held for a moment only, whatever there is already.

alter table watch.check
  -- Limits on what it measures: a list of plain objects, see contract/rule.ts.
  add column rules jsonb not null default '[]',
  -- How a change is confirmed; empty means the usual way.
  add column sensitivity jsonb not null default '{}';

alter table watch.state_change
  -- The first result that differed and the last that had not: the truth changed between the two.
  add column first_at timestamptz,
  add column agreed_at timestamptz;

-- Spans in which nobody looked: Vigie did not run, or it was too late. Without a check it is true of all.
create table watch.blind (
  id bigint generated always as identity primary key,
  check_number integer references watch.check (number) on delete cascade,
  from_at timestamptz not null,
  until_at timestamptz not null,
  why text not null check (why in ('stopped', 'late'))
);
create index blind_from on watch.blind (until_at);

-- When somebody watched last; one row, written every few seconds.
create table watch.watching (
  only_row boolean primary key default true check (only_row),
  at timestamptz not null
) with (fillfactor = 50);

-- A silence covers a check, a thing (with what is below it), all checks of a kind, or those whose names fit a pattern.
alter table watch.silence
  drop constraint silence_check,
  add column check_kind text,
  add column pattern text,
  add column below boolean not null default true,
  add column ends text not null default 'moment' check (ends in ('moment', 'cured', 'ticketClosed')),
  -- The ticket whose end it waits for.
  add column ticket_id uuid,
  add column ticket_number integer,
  -- Alerts that are worse than this are told all the same; null for none.
  add column unless_worse_than text check (unless_worse_than in ('degraded')),
  add column ended_why text check (ended_why in ('moment', 'cured', 'ticketClosed', 'person')),
  add column ended_by text,
  add column changed_at timestamptz,
  add constraint silence_scope check (num_nonnulls(target_id, check_id, check_kind, pattern) = 1);

-- Why an alert is held back: the silence, or the maintenance window, by which it is.
alter table watch.alert add column held_by text;

-- One turn of a maintenance window of upkeep: what stood how before it, until it is seen to stand so again.
create table watch.window_turn (
  window_id uuid not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  name text not null,
  -- Numbers of the checks it covers, and of those that were well when it began.
  check_numbers integer[] not null,
  well_numbers integer[] not null,
  ended_at timestamptz,
  -- Numbers of those that were well before and are not after.
  worse_numbers integer[] not null default '{}',
  verified_at timestamptz,
  primary key (window_id, from_at)
);
create index window_turn_open on watch.window_turn (until_at) where verified_at is null;
create index window_turn_until on watch.window_turn (until_at);

-- Upkeep: agreed time for work, once or again and again. Alerts of what it covers are withheld by watch meanwhile.
create table upkeep.maintenance_window (
  id uuid primary key,
  name text not null,
  -- What is worked on: a list of {kind, id}; all that depends on it is covered too.
  targets jsonb not null,
  starts_at timestamptz not null,
  duration_minutes integer not null check (duration_minutes between 1 and 10080),
  repeats text not null check (repeats in ('never', 'daily', 'weekly', 'monthly', 'monthlyByDay')),
  -- Monday is 1; empty means the day of the week of the first turn.
  days smallint[] not null default '{}',
  -- Clock times of a window that repeats are those of this zone, through its changes of clock.
  time_zone text not null,
  -- No turn begins after it; null for none.
  last_at timestamptz,
  by_id uuid,
  by_name text not null,
  created_at timestamptz not null,
  -- Ended by hand: turns that had begun are cut here, and none follows.
  ended_at timestamptz
);

-- The calls that a heartbeat check waits for. The word in its address is the secret; only its hash is kept for finding it.
create table watch.beat (
  check_number integer primary key references watch.check (number) on delete cascade,
  secret_hash bytea not null unique,
  -- Sealed, to be shown again to whom may change the check.
  secret_sealed bytea not null,
  last_at timestamptz,
  last_kind text check (last_kind in ('ok', 'fail', 'start')),
  last_exit_code integer,
  last_body text not null default '',
  last_from text not null default '',
  started_at timestamptz,
  -- How long the last job took from its start to its end.
  took_ms double precision,
  calls bigint not null default 0
);
