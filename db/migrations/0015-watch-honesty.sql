-- Watch and upkeep: maintenance windows that can be changed and say what came of them, silences that say who changed them,
-- and checks of a profile that bring their importance along.
-- Adds columns with constant defaults and an empty table: each lock is held for a moment only.

-- Why the work is done: shown with the window, and with each change of it.
alter table upkeep.maintenance_window add column reason text not null default '';

-- What became of a window: agreed on, changed, ended; by whom, and which fields were how before and after.
create table upkeep.window_change (
  id bigint generated always as identity primary key,
  window_id uuid not null references upkeep.maintenance_window (id) on delete cascade,
  at timestamptz not null,
  by_id uuid,
  by_name text not null,
  what text not null check (what in ('created', 'changed', 'ended')),
  -- A list of {field, before, after}.
  fields jsonb not null default '[]'
);
create index window_change_window on upkeep.window_change (window_id, id);

alter table watch.window_turn
  -- Numbers of the checks that were degraded when it began: they must not be down when it ends.
  add column degraded_numbers integer[] not null default '{}',
  -- How those of worse_numbers stood, in their order: before the turn, and when it was looked at after its end.
  add column worse_before text[] not null default '{}',
  add column worse_after text[] not null default '{}';

alter table watch.silence add column changed_by text;

alter table watch.profile_item
  add column importance text not null default 'normal' check (importance in ('low', 'normal', 'high'));
