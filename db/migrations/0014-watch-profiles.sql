-- Watch: profiles, the checks that a kind of equipment wants, inherited by the checks of whatever they are given to.
-- Adds one nullable column without a default to watch.check: its lock is held for a moment only.

create table watch.profile (
  id uuid primary key,
  name text not null,
  summary text not null,
  equipment text[] not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create unique index profile_name on watch.profile (lower(name));

-- Profiles whose checks come along with another's.
create table watch.profile_include (
  profile_id uuid not null references watch.profile (id) on delete cascade,
  included_id uuid not null references watch.profile (id),
  primary key (profile_id, included_id)
);
create index profile_include_included on watch.profile_include (included_id);

create table watch.profile_item (
  id uuid primary key,
  profile_id uuid not null references watch.profile (id) on delete cascade,
  position integer not null,
  name text not null,
  kind text not null,
  settings jsonb not null,
  interval_ms integer not null check (interval_ms between 1000 and 86400000),
  rules jsonb not null,
  sensitivity jsonb not null
);
create index profile_item_profile on watch.profile_item (profile_id);

create table watch.profile_use (
  profile_id uuid not null references watch.profile (id) on delete cascade,
  target_kind text not null check (target_kind in ('site', 'host', 'service')),
  target_id uuid not null,
  at timestamptz not null,
  primary key (profile_id, target_kind, target_id)
);
create index profile_use_target on watch.profile_use (target_kind, target_id);

-- The item a check was made from. What it holds of its own is what differs from the item: nothing else has to be kept.
alter table watch.check add column profile_item_id uuid references watch.profile_item (id) on delete set null;
create index check_profile_item on watch.check (profile_item_id) where profile_item_id is not null;
