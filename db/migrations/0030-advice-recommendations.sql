-- Advice: recommendations, from their evidence to what was measured after their remedy. New tables: nothing waits.

create table advice.recommendation (
  id uuid primary key,
  kind text not null,
  -- What it is about within its kind: the same finding again is the same row.
  subject text not null,
  about_kind text,
  about_id uuid,
  about_name text,
  -- What its sentences are made of.
  data jsonb not null,
  series integer[] not null default '{}',
  links jsonb not null default '[]',
  gain_share real not null,
  certainty real not null,
  importance real not null,
  weight real not null,
  -- How much there is to it; what was declined comes back only when this has grown.
  extent double precision not null,
  state text not null check (state in ('open', 'accepted', 'done', 'declined', 'expired')),
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  reason text not null default '',
  declined_extent double precision,
  -- What the first of its series was about in the week before it was done, and since: what the remedy brought.
  measured_before double precision,
  measured_after double precision,
  measured_at timestamptz,
  ticket_id uuid,
  unique (kind, subject)
);
create index recommendation_state on advice.recommendation (state, weight desc);

-- When recommendations were looked for last: one row.
create table advice.looked (
  only_row boolean primary key default true check (only_row),
  at timestamptz not null
);

create view watch.pub_change as select check_number, at, from_state, to_state from watch.state_change;
