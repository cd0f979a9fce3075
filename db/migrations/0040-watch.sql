-- Watch: silences in force, and the single checks that they cover, for whoever explains who would be told of what.
-- Views only: nothing is locked.

create view watch.pub_silence as
select id, target_kind, target_id, tag, below, reason, ends, until, unless_worse_than is not null as unless_worse, by_name
from watch.silence where ended_at is null;

-- Checks covered by their own id, their kind or their name, in which * stands for anything; those of things are not here.
create view watch.pub_silenced_check as
select silence.id as silence_id, "check".id as check_id
from watch.silence join watch.check on (
  silence.check_id = "check".id
  or silence.check_kind = "check".kind
  or lower("check".name) like
    replace(replace(replace(replace(lower(silence.pattern), '\', '\\'), '%', '\%'), '_', '\_'), '*', '%')
)
where silence.ended_at is null;
