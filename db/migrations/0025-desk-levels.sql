-- Desk: what is promised, and whether it was kept. Columns with defaults that need no rewriting; one statement over
-- desk.event and one over open tickets, each of which takes a few seconds with 100,000 tickets.

-- When the desk is open: hours of each weekday in a zone, and the days on which it is closed all the same.
create table desk.calendar (
  id uuid primary key,
  name_en text not null,
  name_fr text not null,
  time_zone text not null,
  week jsonb not null,
  holidays jsonb not null
);

-- What is promised to whom: the first policy that fits a ticket holds.
create table desk.policy (
  id uuid primary key,
  name_en text not null,
  name_fr text not null,
  position integer not null,
  active boolean not null,
  calendar_id uuid not null references desk.calendar,
  -- For which tickets, how long, which waiting does not count, and what happens on the way.
  terms jsonb not null,
  -- What was due before is not escalated after the fact.
  changed_at timestamptz not null
);

-- From which moment a ticket was in which state, so that its clocks can be reckoned again at any time.
create table desk.stretch (
  ticket_id uuid not null references desk.ticket,
  at timestamptz not null,
  state text not null,
  waiting_for text,
  primary key (ticket_id, at)
);

-- Each promise of each ticket, as it was last reckoned.
create table desk.promise (
  ticket_id uuid not null references desk.ticket,
  goal text not null check (goal in ('first', 'next', 'resolution')),
  started_at timestamptz not null,
  policy_id uuid not null references desk.policy on delete cascade,
  priority text not null,
  target_seconds integer not null,
  state text not null check (state in ('running', 'paused', 'met', 'missed', 'dropped')),
  due_at timestamptz,
  ended_at timestamptz,
  -- When the next step of its escalation is due.
  step_at timestamptz,
  primary key (ticket_id, goal, started_at)
);
create index promise_step_due on desk.promise (step_at) where step_at is not null;
create index promise_ended on desk.promise (ended_at) where ended_at is not null;
create index promise_policy on desk.promise (policy_id);

-- Steps that were taken: each once for a promise.
create table desk.promise_step (
  ticket_id uuid not null references desk.ticket,
  goal text not null,
  started_at timestamptz not null,
  step_id text not null,
  at timestamptz not null,
  primary key (ticket_id, goal, started_at, step_id)
);

-- Tickets of which something changed that their promises hang on.
create table desk.promise_stale (
  ticket_id uuid primary key
);

alter table desk.ticket
  -- The nearest promise that runs, and from when on it is about to be broken.
  add column promise_due_at timestamptz,
  add column promise_warn_at timestamptz,
  add column promise_paused boolean not null default false;
create index ticket_promise on desk.ticket (promise_due_at, number) where promise_due_at is not null;

-- Every change of state is told in the story in its own transaction, with the moment at which it was decided: no act can
-- forget to say so here as well.
create function desk.note_stretch() returns trigger language plpgsql as $$
begin
  insert into desk.stretch (ticket_id, at, state, waiting_for)
  select t.id, told.at, t.state, t.waiting_for
  from (select ticket_id, max(at) as at from told group by ticket_id) told
  join desk.ticket t on t.id = told.ticket_id
  left join lateral (select s.state, s.waiting_for from desk.stretch s where s.ticket_id = t.id order by s.at desc limit 1) last on true
  where last.state is distinct from t.state or last.waiting_for is distinct from t.waiting_for
  on conflict (ticket_id, at) do update set state = excluded.state, waiting_for = excluded.waiting_for;
  return null;
end;
$$;
create trigger event_stretch after insert on desk.event
referencing new table as told for each statement execute function desk.note_stretch();

create function desk.note_stale() returns trigger language plpgsql as $$
begin
  insert into desk.promise_stale (ticket_id) values (new.id) on conflict do nothing;
  return null;
end;
$$;
create trigger ticket_opened_stale after insert on desk.ticket for each row execute function desk.note_stale();
create trigger ticket_changed_stale after update on desk.ticket for each row
when ((old.state, old.waiting_for, old.kind, old.priority, old.category_id, old.requester_id, old.team_id, old.last_message_at, old.message_count)
  is distinct from (new.state, new.waiting_for, new.kind, new.priority, new.category_id, new.requester_id, new.team_id, new.last_message_at, new.message_count))
execute function desk.note_stale();

-- What is known of the past.
insert into desk.stretch (ticket_id, at, state, waiting_for)
select distinct on (ticket_id, at) ticket_id, at, state, waiting_for from (
  select id as ticket_id, opened_at as at, 'open' as state, null as waiting_for, 0 as place from desk.ticket
  union all
  select ticket_id, at, case code when 'solved' then 'solved' when 'reopened' then 'in_progress' when 'resolved' then 'resolved'
    else data ->> 'to' end, case when code = 'moved' then data ->> 'waitingFor' end, 1
  from desk.event where code in ('moved', 'solved', 'reopened', 'resolved')
) known
order by ticket_id, at, place desc;
insert into desk.stretch (ticket_id, at, state, waiting_for)
select t.id, coalesce(t.resolved_at, greatest(t.updated_at, last.at + interval '1 millisecond')), t.state, t.waiting_for from desk.ticket t
join lateral (select s.at, s.state, s.waiting_for from desk.stretch s where s.ticket_id = t.id order by s.at desc limit 1) last on true
where last.state <> t.state on conflict (ticket_id, at) do update set state = excluded.state, waiting_for = excluded.waiting_for;

-- One calendar to begin with; nothing is promised until somebody says so.
insert into desk.calendar (id, name_en, name_fr, time_zone, week, holidays) values
  ('01930000-0000-7000-8000-000000000101', 'Office hours, Monday to Friday', 'Heures de bureau, du lundi au vendredi', 'Europe/Paris',
   '[[[540,720],[780,1080]],[[540,720],[780,1080]],[[540,720],[780,1080]],[[540,720],[780,1080]],[[540,720],[780,1080]],[],[]]',
   '{"country":"FR","region":"","more":[],"without":[]}'),
  ('01930000-0000-7000-8000-000000000102', 'At any hour', 'À toute heure', 'UTC',
   '[[[0,1440]],[[0,1440]],[[0,1440]],[[0,1440]],[[0,1440]],[[0,1440]],[[0,1440]]]',
   '{"country":"","region":"","more":[],"without":[]}');
