-- Teams and on-call rotas (people); channels of every kind, routes, escalation policies, quiet hours, and deliveries
-- that know why they were held (notify). Adds columns to notify.channel and notify.delivery: both are rewritten by no
-- default, so that the locks last a moment.

create table people.team (
  id uuid primary key,
  name text not null
);
create unique index team_name on people.team (lower(name));

create table people.team_member (
  team_id uuid not null references people.team on delete cascade,
  person_id uuid not null references people.person on delete cascade,
  primary key (team_id, person_id)
);
create index team_member_person on people.team_member (person_id);

create table people.rota (
  id uuid primary key,
  name text not null,
  -- IANA name: hand-overs are at the same local time in summer and winter.
  time_zone text not null,
  -- The layers as contract/on-call.ts words them; whoever stands in a later one goes first.
  layers jsonb not null,
  holidays jsonb not null
);
create unique index rota_name on people.rota (lower(name));

-- Somebody else for a while: said by whoever keeps the rota, or asked and accepted between two people.
create table people.rota_cover (
  id uuid primary key,
  rota_id uuid not null references people.rota on delete cascade,
  person_id uuid not null references people.person on delete cascade,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  state text not null check (state in ('asked', 'accepted', 'refused')),
  note text not null,
  asked_by uuid,
  asked_by_name text not null,
  asked_at timestamptz not null,
  check (starts_at < ends_at)
);
create index rota_cover_rota on people.rota_cover (rota_id, ends_at);

-- Whoever has the link reads the calendar without signing in; only its hash is kept.
create table people.calendar_link (
  token_hash bytea primary key,
  rota_id uuid references people.rota on delete cascade,
  person_id uuid not null references people.person on delete cascade,
  created_at timestamptz not null
);
create index calendar_link_person on people.calendar_link (person_id);

create view people.pub_team as select id, name from people.team;
create view people.pub_team_member as select team_id, person_id from people.team_member;
create view people.pub_rota as select id, name, time_zone from people.rota;

-- Channels of every kind: what may be shown as it is, what is secret sealed as one.
alter table notify.channel drop constraint channel_kind_check;
alter table notify.channel drop constraint channel_check;
alter table notify.channel add column settings jsonb not null default '{}';
-- JSON of the secret settings; of a webhook that was added before, its address alone.
alter table notify.channel rename column url_sealed to secrets_sealed;
-- Told of every incident, without any route.
alter table notify.channel add column everything boolean not null default true;
-- A person's own: made by its person, who may not aim at addresses that only an administrator may.
alter table notify.channel add column own boolean not null default false;
-- Of a person's own channels the next is tried so long after the first, while nobody has taken the incident.
alter table notify.channel add column after_minutes integer not null default 0 check (after_minutes between 0 and 1440);
-- More notices than this within the minutes become one message.
alter table notify.channel add column storm_notices integer not null default 6 check (storm_notices between 1 and 1000);
alter table notify.channel add column storm_minutes integer not null default 5 check (storm_minutes between 1 and 1440);
update notify.channel set settings = jsonb_build_object('address', destination) where kind = 'mail';

-- A private authority whose certificate the mail server shows.
alter table notify.mail_server add column ca_pem text not null default '';

alter table notify.delivery drop constraint delivery_about_check;
alter table notify.delivery add constraint delivery_about_check check (
  about in ('opened', 'reminder', 'solved', 'resolved', 'acknowledged', 'test', 'approval', 'unrouted')
);
-- Null where nobody was to be told.
alter table notify.delivery alter column channel_id drop not null;
-- What the service gave for it, so that what follows is told in the same thread.
alter table notify.delivery add column receipt jsonb;
-- The notice in whose message it was told, when many were told in one.
alter table notify.delivery add column told_in uuid;
-- Why this channel: a route, a policy's step, a rota. Words of ours with their data.
alter table notify.delivery add column because jsonb not null default '[]';
create index delivery_told_in on notify.delivery (told_in) where told_in is not null;
create index delivery_held on notify.delivery (ticket_id) where state = 'held';

create table notify.policy (
  id uuid primary key,
  name text not null,
  steps jsonb not null,
  -- How often all steps are gone through again while nobody takes the incident.
  repeats integer not null check (repeats between 0 and 20),
  repeat_minutes integer not null check (repeat_minutes between 5 and 1440)
);
create unique index policy_name on notify.policy (lower(name));

create table notify.route (
  id uuid primary key,
  name text not null,
  -- Tried in this order.
  position integer not null,
  active boolean not null,
  least_priority text not null check (least_priority in ('low', 'normal', 'high', 'critical')),
  -- Sites, hosts and services; empty: whatever it is about.
  things jsonb not null,
  targets jsonb not null,
  -- Whether the routes after it are tried too.
  goes_on boolean not null
);
create unique index route_name on notify.route (lower(name));

-- When a person does not want to be disturbed.
create table notify.quiet_hours (
  person_id uuid primary key,
  active boolean not null,
  time_zone text not null,
  starts text not null,
  ends text not null,
  -- Whole days too: 1 = Monday … 7 = Sunday.
  days jsonb not null,
  -- From this priority on a notice gets through; null: none does.
  through_priority text check (through_priority in ('low', 'normal', 'high', 'critical')),
  -- What a rota leads to gets through: who is on call has agreed to be woken.
  on_call_through boolean not null
);
