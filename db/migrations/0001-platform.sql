-- What the platform itself keeps: published facts (the outbox), which reactions were done, and the audit trail.
-- Locks nothing that exists: it is the first step.

create schema platform;

create table platform.fact (
  id uuid primary key,
  name text not null,
  payload jsonb not null,
  at timestamptz not null
);
create index fact_at on platform.fact (at);

-- A reaction writes its row in its own transaction, so that a fact delivered twice is acted upon once.
create table platform.reaction_done (
  fact_id uuid not null,
  reaction text not null,
  at timestamptz not null default now(),
  primary key (fact_id, reaction)
);
create index reaction_done_at on platform.reaction_done (at);

-- Append-only and hash-chained: see platform.forbid_change below.
create table platform.audit (
  sequence bigint primary key,
  at timestamptz not null,
  who_kind text not null check (who_kind in ('person', 'vigie', 'outside')),
  who_id uuid,
  who_name text not null,
  request text not null,
  outcome text not null,
  subject text,
  detail jsonb not null,
  hash text not null
);
create index audit_who on platform.audit (who_id, sequence desc);

create function platform.forbid_change() returns trigger language plpgsql as $$
begin
  raise exception 'append-only: % on %.% is not allowed', tg_op, tg_table_schema, tg_table_name;
end;
$$;
create trigger audit_append_only before update or delete on platform.audit for each row execute function platform.forbid_change();
create trigger audit_no_truncate before truncate on platform.audit for each statement execute function platform.forbid_change();

create view platform.pub_audit as
select sequence, at, who_kind, who_id, who_name, request, outcome, subject, detail, hash from platform.audit;

-- The server processes and the job workers in each. A process holds a session advisory lock on its number for as long
-- as it lives, so that its death is seen at once and its jobs are freed.
create table platform.process (
  id uuid primary key,
  lock_number bigint not null unique,
  started_at timestamptz not null
);
create table platform.process_worker (
  worker_id text primary key,
  process_id uuid not null references platform.process on delete cascade
);
