-- Notify: why a notice was held, by which silence or agreed work; notices of covers; routes that match tags.
-- Views, one constraint and one column with a constant default: each lock is held for a moment only.

-- What holds an alert back, in its maker's own words.
create view watch.pub_held as
select alert.id as alert_id,
  case when turn.name is not null then 'maintenance' else 'silenced' end as reason,
  coalesce(turn.name, silence.reason, '') as why
from watch.alert
left join watch.silence on silence.id::text = alert.held_by
left join lateral (
  select name from watch.window_turn where window_id::text = alert.held_by order by from_at desc limit 1
) turn on true
where alert.silenced;

-- Checks of which nothing was known because our own line failed, since when.
create view watch.pub_line_outage as
select check_number, at from watch.state_change
where to_state = 'unknown' and reason like '{"code":"own_line"%';

alter table notify.delivery drop constraint delivery_about_check;
alter table notify.delivery add constraint delivery_about_check check (
  about in ('opened', 'reminder', 'solved', 'resolved', 'acknowledged', 'test', 'approval', 'unrouted', 'joined', 'cover')
);

-- What says nothing of its own because of something else that is down.
create view watch.pub_unreachable as
select id as check_id, name, target_kind, target_id, because_id
from watch.check where state = 'unreachable' and because_id is not null;

-- Routes lead to what carries one of these tags, or one of its things.
alter table notify.route add column tags text[] not null default '{}';
