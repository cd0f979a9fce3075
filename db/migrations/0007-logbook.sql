-- Logbook: entries (append-only, hash-chained), solutions and their uses, and what it keeps of incidents to rank them.
-- Locks nothing that exists. unaccent is a trusted extension: whoever owns the database may add it. Where the server
-- does not bring it, searches mind accents and all else is the same.

create schema logbook;

create text search configuration logbook.french (copy = pg_catalog.french);
create text search configuration logbook.english (copy = pg_catalog.english);

do $$
declare
  home text;
begin
  if exists (select from pg_available_extensions where name = 'unaccent') then
    create extension if not exists unaccent;
    select quote_ident(nspname) into home
    from pg_extension join pg_namespace on pg_namespace.oid = extnamespace where extname = 'unaccent';
    execute format('alter text search configuration logbook.french alter mapping for hword, hword_part, word with %s.unaccent, french_stem', home);
    execute format('alter text search configuration logbook.english alter mapping for hword, hword_part, word with %s.unaccent, english_stem', home);
  end if;
end;
$$;

-- Words in either language. Names such as web-01.example.org or nginx.service are found whole and by their parts.
create function logbook.words_of(said text) returns tsvector language sql stable as $$
  select to_tsvector('logbook.english', said) || to_tsvector('logbook.french', said)
    || to_tsvector('logbook.english', regexp_replace(said, '[^[:alnum:]]+', ' ', 'g'))
$$;

-- What somebody typed into a search field, in either language.
create function logbook.wanted(typed text) returns tsquery language sql stable as $$
  select websearch_to_tsquery('logbook.english', typed) || websearch_to_tsquery('logbook.french', typed)
$$;

-- Whatever shares a word with a text: for finding what is alike, best first.
create function logbook.alike(said text) returns tsquery language sql stable as $$
  select coalesce(string_agg(distinct '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''', ' | '), '')::tsquery
  from unnest(logbook.words_of(said))
$$;

-- Append-only and hash-chained: the hash covers all columns above it.
create table logbook.entry (
  id uuid primary key,
  sequence bigint not null unique,
  at timestamptz not null,
  who_kind text not null check (who_kind in ('person', 'vigie', 'outside')),
  who_id uuid,
  who_name text not null,
  kind text not null check (kind in ('note', 'incident', 'run', 'estate', 'watch', 'people')),
  -- Which sentence tells it, and the words it needs; a person's own words are the code `note`.
  code text not null,
  data jsonb not null,
  thing_kind text check (thing_kind in ('site', 'host', 'service')),
  thing_id uuid,
  thing_name text,
  ticket_id uuid,
  ticket_number int,
  run_id uuid,
  -- The fact it tells of: a fact makes one entry at most.
  fact_id uuid unique,
  hash text not null,
  search tsvector not null
);
create index entry_at on logbook.entry (at desc, sequence desc);
create index entry_thing on logbook.entry (thing_id, at desc) where thing_id is not null;
create index entry_ticket on logbook.entry (ticket_id, at desc) where ticket_id is not null;
create index entry_search on logbook.entry using gin (search);
create trigger entry_append_only before update or delete on logbook.entry for each row execute function platform.forbid_change();
create trigger entry_no_truncate before truncate on logbook.entry for each statement execute function platform.forbid_change();

-- What the logbook keeps of an incident, from desk's facts.
create table logbook.incident (
  ticket_id uuid primary key,
  number int not null,
  title_en text not null,
  title_fr text not null,
  summary_en text not null,
  summary_fr text not null,
  cause_kind text,
  cause_id uuid,
  cause_name text,
  cause_key text,
  failing_since timestamptz not null,
  resolved_at timestamptz
);
create index incident_cause_key on logbook.incident (cause_key) where cause_key is not null;

-- The alerts behind incidents, from watch's facts: they share the incident's cause key.
create table logbook.symptom (
  alert_id uuid primary key,
  cause_key text not null,
  check_id uuid not null,
  check_name text not null,
  check_kind text not null,
  target_id uuid not null,
  failing_since timestamptz not null,
  summary_en text not null,
  summary_fr text not null
);
create index symptom_cause_key on logbook.symptom (cause_key, failing_since desc);

-- Runs that ended on an incident, from upkeep's facts.
create table logbook.remedy_run (
  run_id uuid primary key,
  ticket_id uuid not null,
  runbook_id uuid not null,
  state text not null,
  ended_at timestamptz not null
);
create index remedy_run_ticket on logbook.remedy_run (ticket_id, ended_at);

create table logbook.solution (
  id uuid primary key,
  title text not null,
  symptom text not null,
  cause text not null,
  remedy text not null,
  language text not null check (language in ('en', 'fr')),
  runbook_id uuid,
  thing_kind text check (thing_kind in ('site', 'host', 'service')),
  thing_id uuid,
  thing_name text,
  -- The kinds of check whose failure it mended.
  check_kinds text[] not null default '{}',
  state text not null check (state in ('draft', 'kept', 'withdrawn')),
  created_at timestamptz not null,
  created_by_kind text not null check (created_by_kind in ('person', 'vigie', 'outside')),
  created_by_id uuid,
  created_by_name text not null,
  from_ticket_id uuid unique,
  search tsvector generated always as (
    setweight(to_tsvector('logbook.english', title), 'A') || setweight(to_tsvector('logbook.french', title), 'A')
    || to_tsvector('logbook.english', symptom || ' ' || cause || ' ' || remedy)
    || to_tsvector('logbook.french', symptom || ' ' || cause || ' ' || remedy)
  ) stored
);
create index solution_search on logbook.solution using gin (search);
create index solution_thing on logbook.solution (thing_id) where thing_id is not null;
create index solution_kinds on logbook.solution using gin (check_kinds);
create index solution_runbook on logbook.solution (runbook_id) where runbook_id is not null;

-- One line for each incident in which a solution was used: it worked or it did not.
create table logbook.solution_use (
  solution_id uuid not null references logbook.solution on delete cascade,
  ticket_id uuid not null,
  worked boolean not null,
  at timestamptz not null,
  primary key (solution_id, ticket_id)
);
