-- Watch and upkeep: silences and agreed work that cover whatever carries a tag.
-- Two columns without a default to compute, and one constraint made anew: each lock is held for a moment only.

alter table watch.silence add column tag text;
alter table watch.silence drop constraint silence_scope;
alter table watch.silence add constraint silence_scope
  check (num_nonnulls(target_id, check_id, check_kind, pattern, tag) = 1);

alter table upkeep.maintenance_window add column tags text[] not null default '{}';
