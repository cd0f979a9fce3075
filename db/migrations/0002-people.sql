-- People: persons, sessions, API tokens, one-time links.

create schema people;

create table people.person (
  id uuid primary key,
  name text not null,
  mail text not null,
  role text not null check (role in ('administrator', 'operator', 'auditor', 'requester')),
  language text not null check (language in ('en', 'fr')),
  password_hash text,
  active boolean not null default true,
  created_at timestamptz not null,
  last_seen_at timestamptz
);
create unique index person_mail on people.person (lower(mail));

-- Only a hash of the token is kept: whoever reads the database cannot sign in with it.
create table people.session (
  id uuid primary key,
  person_id uuid not null references people.person on delete cascade,
  kind text not null check (kind in ('session', 'token')),
  token_hash bytea not null unique,
  name text not null default '',
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz
);
create index session_person on people.session (person_id, kind);

create table people.one_time_link (
  token_hash bytea primary key,
  purpose text not null check (purpose in ('welcome', 'invitation')),
  person_id uuid references people.person on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table people.failed_attempt (
  key text not null,
  at timestamptz not null
);
create index failed_attempt_key on people.failed_attempt (key, at);

create view people.pub_person as
select id, name, mail, role, language, active from people.person;
