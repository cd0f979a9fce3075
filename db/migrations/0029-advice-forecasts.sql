-- Advice: limits, and when they will be reached; the names of profiles for policies. New tables and a view: nothing waits.

create view watch.pub_profile as select id, name from watch.profile;

-- The value at which a series is full, where somebody said so.
create table advice.bound (
  series_id integer primary key,
  capacity double precision not null,
  -- Values fall towards it, as free space does.
  falling boolean not null,
  by_name text not null,
  at timestamptz not null
);

-- The newest forecast of each series that has a limit.
create table advice.forecast (
  series_id integer primary key,
  made_at timestamptz not null,
  capacity double precision not null,
  falling boolean not null,
  by_hand boolean not null,
  full_at timestamptz,
  low_at timestamptz,
  high_at timestamptz,
  within_30_days real not null,
  per_day double precision not null,
  why text not null check (why in ('date', 'full', 'notGrowing', 'beyond', 'tooShort', 'unreadable')),
  past_days real not null,
  last double precision
);
create index forecast_full on advice.forecast (full_at);
