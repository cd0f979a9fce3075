-- Desk: tickets with their alerts, their runs, the proofs asked for, and their story.

create schema desk;

create table desk.ticket (
  id uuid primary key,
  number integer not null unique,
  kind text not null default 'incident' check (kind = 'incident'),
  title_en text not null,
  title_fr text not null,
  state text not null check (state in ('open', 'in_progress', 'solved', 'resolved')),
  priority text not null check (priority in ('low', 'normal', 'high', 'critical')),
  -- A priority that a person chose is not raised by further alerts.
  priority_by_hand boolean not null default false,
  cause_kind text,
  cause_id uuid,
  cause_name text,
  cause_key text,
  -- The first failing result, before confirmation.
  failing_since timestamptz not null,
  opened_at timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by_id uuid,
  acknowledged_by_name text,
  assignee_id uuid,
  assignee_name text,
  -- The first good result after the last failing one.
  good_since timestamptz,
  resolved_at timestamptz,
  resolved_by_id uuid,
  resolved_by_name text,
  cause_text text not null default '',
  remedy_text text not null default '',
  solution_id uuid,
  -- True while every alert of it was raised under a silence.
  silenced boolean not null default false,
  -- 1, and one more each time that it failed again after all was well.
  round integer not null default 1,
  check ((cause_kind is null) = (cause_id is null) and (cause_id is null) = (cause_name is null)),
  check ((state = 'resolved') = (resolved_at is not null))
);
-- Two open incidents of one cause are impossible.
create unique index ticket_open_cause on desk.ticket (cause_key) where state <> 'resolved';
create index ticket_open on desk.ticket (number) where state <> 'resolved';
create index ticket_cause on desk.ticket (cause_id, number);
create index ticket_assignee on desk.ticket (assignee_id, number);
create index ticket_resolved on desk.ticket (resolved_at) where state = 'resolved';

-- An alert as watch told it. One whose end was heard of before its beginning waits here without a ticket.
create table desk.alert (
  id uuid primary key,
  ticket_id uuid references desk.ticket,
  check_id uuid not null,
  check_name text not null,
  check_kind text not null,
  target_kind text not null,
  target_id uuid not null,
  target_name text not null,
  failing_since timestamptz not null,
  raised_at timestamptz not null,
  good_since timestamptz,
  cleared_at timestamptz,
  summary_en text not null,
  summary_fr text not null
);
create index alert_ticket on desk.alert (ticket_id, failing_since);

create table desk.event (
  id uuid primary key,
  ticket_id uuid not null references desk.ticket,
  at timestamptz not null,
  who_kind text not null check (who_kind in ('person', 'vigie', 'outside')),
  who_id uuid,
  who_name text not null,
  kind text not null,
  -- The sentence and what it needs: told in the reader's language when it is read.
  code text not null,
  data jsonb not null,
  run_id uuid
);
create index event_ticket on desk.event (ticket_id, at, id);

create table desk.run (
  id uuid primary key,
  ticket_id uuid not null references desk.ticket,
  runbook_id uuid not null,
  state text not null
);
create index run_ticket on desk.run (ticket_id);

-- A proof that was asked of watch, until it is answered.
create table desk.proof (
  request_id uuid primary key,
  ticket_id uuid not null references desk.ticket,
  asked_at timestamptz not null,
  answered_at timestamptz
);

create view desk.pub_ticket as
select id, number, title_en, title_fr, state, priority, cause_kind, cause_id, cause_name, cause_key, failing_since,
  opened_at, acknowledged_at, acknowledged_by_name, assignee_id, assignee_name, good_since, resolved_at,
  resolved_by_name, cause_text, remedy_text, solution_id, silenced, round,
  extract(epoch from good_since - failing_since)::double precision as outage_seconds
from desk.ticket;

create view desk.pub_alert as
select id, ticket_id, check_id, check_name, check_kind, target_kind, target_id, target_name, failing_since, raised_at,
  good_since, cleared_at, summary_en, summary_fr
from desk.alert where ticket_id is not null;

create view desk.pub_run as select id, ticket_id, runbook_id, state from desk.run;
