-- Notify: a service that keeps a state is told that a run waits for approval no more. One constraint, made anew.

alter table notify.delivery drop constraint delivery_about_check;
alter table notify.delivery add constraint delivery_about_check check (
  about in (
    'opened', 'reminder', 'solved', 'resolved', 'acknowledged', 'test', 'approval', 'decided', 'unrouted', 'joined', 'cover'
  )
) not valid;
