-- Advice: what is remembered of each series, what was odd about it, when it will be full, and what is recommended.
-- Adds one nullable column without a default to watch.check and replaces views: each lock is held for a moment only.

create schema advice;

-- What is odd about a check's measurements now, told as its reason while the check is well otherwise: the words of the
-- reason, and the anomaly. Null: nothing, or nothing that is to alarm anybody.
alter table watch.check add column odd jsonb;

-- Advice reads what was measured as it came.
create view watch.pub_series as
select series.id, series.check_number, series.position, series.name, series.unit, "check".id as check_id
from watch.series join watch.check on "check".number = series.check_number;

create view watch.pub_last as select check_number, at, values from watch.check_last;

-- Results that are not packed yet.
create view watch.pub_sample as
select check_number, at, values from watch.result
union all select check_number, at, values from watch.result_closing;

create or replace view watch.pub_check as
select "check".id, "check".name, "check".kind, target_kind, target_id, state, since, paused,
  "check".number, "check".interval_ms, item.profile_id, odd ->> 'anomalyId' as odd_id, "check".created_at
from watch.check left join watch.profile_item item on item.id = "check".profile_item_id;

-- What a detector knows of a series after the sample of `until`, as its own bytes. They are numbers and do not compress.
create table advice.memory (
  series_id integer primary key,
  check_number integer not null,
  first_at timestamptz not null,
  until timestamptz not null,
  samples bigint not null,
  state bytea not null
) with (fillfactor = 90);
alter table advice.memory alter column state set storage external;
create index memory_check on advice.memory (check_number);

-- How anomalies are judged: one row for all, for a kind of check, a profile or a check; the narrowest counts.
create table advice.policy (
  id uuid primary key,
  scope text not null check (scope in ('all', 'kind', 'profile', 'check')),
  -- The name of the kind, or the id of the profile or the check; empty for all.
  scope_key text not null,
  mode text not null check (mode in ('off', 'mark', 'alert')),
  -- A series says nothing until it has been known for so long.
  learning_hours integer not null check (learning_hours between 0 and 2160),
  -- What was seen has to differ by this share of what was expected, and by this amount.
  least_share real not null check (least_share >= 0),
  least_amount double precision not null check (least_amount >= 0),
  changed_at timestamptz not null,
  changed_by text not null,
  unique (scope, scope_key)
);

create table advice.anomaly (
  id uuid primary key,
  series_id integer not null,
  check_id uuid not null,
  -- The sample by which it was noticed.
  at timestamptz not null,
  since timestamptz not null,
  noticed_at timestamptz not null,
  kind text not null check (kind in ('level', 'trend', 'spike', 'spread', 'season', 'pattern', 'silence', 'stuck')),
  expected double precision not null,
  seen double precision not null,
  score real not null,
  -- Samples in a row that were back to usual.
  calm smallint not null default 0,
  over_at timestamptz,
  over_why text check (over_why in ('back', 'learnt', 'normal', 'removed')),
  -- By its policy it is an alert of its check while it goes on.
  alerting boolean not null,
  unique (series_id, at)
);
create index anomaly_at on advice.anomaly (at desc, id desc);
create index anomaly_check on advice.anomaly (check_id, at desc);
create index anomaly_open on advice.anomaly (series_id) where over_at is null;

-- Somebody said that this is normal: what lies between is not told again of that series.
create table advice.normal (
  id uuid primary key,
  series_id integer not null,
  anomaly_id uuid not null,
  -- `value`: levels, spikes and the like; `spread`: changes; `stuck`: standing still.
  about text not null check (about in ('value', 'spread', 'stuck')),
  low double precision not null,
  high double precision not null,
  reason text not null,
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  -- Anomalies that were not told because of it.
  spared integer not null default 0,
  last_spared_at timestamptz,
  ended_at timestamptz,
  ended_by text
);
create index normal_series on advice.normal (series_id) where ended_at is null;

create view advice.pub_anomaly as
select id, series_id, check_id, at, since, kind, expected, seen, over_at, over_why, alerting from advice.anomaly;
