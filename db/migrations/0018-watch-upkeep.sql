-- Watch: spares the database what it would do for tables that live two hours.

-- Windows of results are written once, read by their one index, packed and dropped: to gather statistics of them and to
-- vacuum them took up to a sixth of what a thousand checks a second cost.
create or replace function watch.make_part(parent_name text, part_name text, part_from timestamptz, part_until timestamptz) returns boolean
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('vigie watch days'));
  if to_regclass(format('watch.%I', part_name)) is not null
    or exists (select from watch.part where parent = parent_name and from_at < part_until and until_at > part_from) then
    return false;
  end if;
  execute format('create table watch.%I (like watch.%I including all)', part_name, parent_name);
  if parent_name = 'result' then
    execute format('alter table watch.%I set (autovacuum_enabled = off)', part_name);
  else
    -- A packed row of some kilobytes stays in its page.
    execute format('alter table watch.%I set (toast_tuple_target = 8160)', part_name);
  end if;
  execute format('alter table watch.%I attach partition watch.%I for values from (%L) to (%L)', parent_name, part_name, part_from, part_until);
  return true;
exception when check_violation then
  return false;
end;
$$;

do $$
declare
  part_name text;
begin
  for part_name in select name from watch.part where parent = 'result' loop
    execute format('alter table watch.%I set (autovacuum_enabled = off)', part_name);
  end loop;
end;
$$;

-- Each row is renewed with each run; how they are spread stays the same.
alter table watch.check_last set (autovacuum_analyze_threshold = 1000000);
