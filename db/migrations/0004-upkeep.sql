-- Upkeep: runbooks and their versions, runs and their steps, output, credentials, access to hosts, leases.
-- Who did something is kept as {kind, id, name}: names as they were, whatever becomes of the person.
-- Ids of hosts, incidents and persons have no foreign key: no module's tables point into another's.

create schema upkeep;

create table upkeep.runbook (
  id uuid primary key,
  name text not null,
  version integer not null,
  created_at timestamptz not null,
  removed_at timestamptz
);
create unique index runbook_name on upkeep.runbook (lower(name)) where removed_at is null;

-- A version is never changed: runs and approvals refer to it.
create table upkeep.runbook_version (
  runbook_id uuid not null references upkeep.runbook,
  version integer not null,
  name text not null,
  summary text not null,
  safe boolean not null,
  symptoms jsonb not null,
  parameters jsonb not null,
  steps jsonb not null,
  changed_at timestamptz not null,
  changed_by jsonb not null,
  primary key (runbook_id, version)
);

create table upkeep.credential (
  id uuid primary key,
  name text not null,
  user_name text not null,
  kind text not null check (kind in ('key', 'password')),
  public_key text,
  -- Sealed by the vault for this very row; never returned, never logged.
  sealed bytea not null,
  created_at timestamptz not null
);
create unique index credential_name on upkeep.credential (lower(name));

create table upkeep.access (
  host_id uuid primary key,
  credential_id uuid not null references upkeep.credential,
  port integer not null check (port between 1 and 65535),
  -- Pinned: [{type, key, fingerprint}]. Only these keys are accepted from the host.
  host_keys jsonb not null,
  changed_at timestamptz not null
);
create index access_credential on upkeep.access (credential_id);

create table upkeep.run (
  id uuid primary key,
  runbook_id uuid not null references upkeep.runbook,
  runbook_version integer not null,
  runbook_name text not null,
  safe boolean not null,
  host_id uuid not null,
  host_name text not null,
  incident_id uuid,
  inputs jsonb not null,
  -- What is reached, and as whom, at the time of agreeing: {address, port, user, credentialId, hostKeys}.
  target jsonb not null,
  -- Over steps, inputs and target: what an approval is bound to.
  plan_hash text not null,
  state text not null check (
    state in ('waiting_approval', 'refused', 'queued', 'running', 'waiting', 'stopping', 'succeeded', 'failed', 'stopped', 'lost')
  ),
  note jsonb,
  proposed_by jsonb not null,
  proposed_at timestamptz not null,
  approved_by jsonb,
  approved_at timestamptz,
  refused_by jsonb,
  refused_reason text,
  emergency_by jsonb,
  emergency_reason text,
  reviewed_by jsonb,
  review_note text,
  queued_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  stop_requested_by jsonb,
  stop_requested_at timestamptz,
  -- Counts owners. Whoever works on the run writes only while the number is still its own: a process that lost its
  -- advisory lock without noticing cannot write any more.
  epoch integer not null default 0
);
create index run_active on upkeep.run (queued_at) where state in ('queued', 'running', 'waiting', 'stopping');
create index run_incident on upkeep.run (incident_id) where incident_id is not null;
create index run_host on upkeep.run (host_id, proposed_at desc);
create index run_proposed on upkeep.run (proposed_at desc);
create index run_runbook on upkeep.run (runbook_id);

create table upkeep.run_step (
  id uuid primary key,
  run_id uuid not null references upkeep.run,
  position integer not null,
  definition jsonb not null,
  state text not null check (
    state in ('pending', 'running', 'waiting', 'succeeded', 'failed', 'skipped', 'stopped', 'lost')
  ),
  -- Written before the side effect; `launched_at` once the target has confirmed it: from then on it is never started again.
  started_at timestamptz,
  launched_at timestamptz,
  ended_at timestamptz,
  exit_code integer,
  note jsonb,
  reattached integer not null default 0,
  output_bytes bigint not null default 0,
  output_truncated boolean not null default false,
  -- When a waiting step has waited enough.
  wake_at timestamptz,
  -- The question a check step asked last, and its answer.
  request_id uuid,
  asked_at timestamptz,
  answer jsonb,
  signed_by jsonb,
  -- When nothing of it was left on the target any more.
  cleaned_at timestamptz,
  unique (run_id, position)
);
create unique index run_step_request on upkeep.run_step (request_id) where request_id is not null;
create index run_step_unclean on upkeep.run_step (ended_at) where launched_at is not null and cleaned_at is null;

-- Output as it came, in pieces; a piece that arrives again after a new attachment has the same place.
create table upkeep.output (
  step_id uuid not null references upkeep.run_step,
  at_byte bigint not null,
  data bytea not null,
  primary key (step_id, at_byte)
);

-- One hand per host.
create table upkeep.lease (
  host_id uuid primary key,
  run_id uuid not null unique references upkeep.run,
  since timestamptz not null
);

create view upkeep.pub_runbook as
select id, name, version from upkeep.runbook where removed_at is null;

create view upkeep.pub_run as
select id, runbook_id, runbook_name, safe, host_id, host_name, incident_id, state, started_at, ended_at from upkeep.run;
