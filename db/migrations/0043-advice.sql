-- Known answers for tickets of every kind, log lines as evidence, and what recommendations lead to. Views and small
-- tables of their own; logbook.solution gets a column without a default and an index: with 20,000 solutions nobody can
-- write them for a moment.

-- What was asked, whoever asked it: a ticket of any kind with the first that was said of it.
create view desk.pub_asked as
select t.id, t.number, t.kind, t.title_en, t.title_fr, t.cause_kind, t.cause_id, t.cause_name, t.cause_key,
  t.failing_since, coalesce(said.text, '') as said
from desk.ticket t
left join lateral (
  select string_agg(left(first.body, 4000), E'\n' order by first.at, first.id) as text
  from (select m.body, m.at, m.id from desk.message m where m.ticket_id = t.id order by m.at, m.id limit 3) first
) said on true
where t.state <> 'cancelled';

-- The transaction that wrote a solution last, so that an index in memory reads only what was written since: whoever
-- reads takes all from the oldest transaction that still ran when they read before. Null: before this was counted.
alter table logbook.solution add column written_in xid8;
create function logbook.note_written() returns trigger language plpgsql as $$
begin
  new.written_in := pg_current_xact_id();
  return new;
end;
$$;
create trigger solution_written before insert or update on logbook.solution
  for each row execute function logbook.note_written();
create index solution_written on logbook.solution (written_in);

-- What kinds of line a log check read, each under a name that stays: the template of the line without what varies.
create table watch.log_template (
  check_number integer not null,
  id text not null,
  text text not null,
  -- A line of it, the newest.
  sample text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  total bigint not null,
  primary key (check_number, id)
);

-- How many lines of each kind were read in each ten minutes; kept for a fortnight.
create table watch.log_count (
  check_number integer not null,
  slot timestamptz not null,
  template_id text not null,
  lines integer not null,
  primary key (check_number, slot, template_id)
);
create index log_count_slot on watch.log_count using brin (slot);

-- What is remembered of a log's lines, so that names stay the same after a restart, and since when it is read.
create table watch.log_memory (
  check_number integer primary key,
  since timestamptz not null,
  shapes jsonb not null
);

create view watch.pub_log_template as
select t.check_number, t.id, t.text, t.sample, t.first_at, t.last_at, t.total from watch.log_template t;
create view watch.pub_log_count as select check_number, slot, template_id, lines from watch.log_count;
create view watch.pub_log as select check_number, since from watch.log_memory;
