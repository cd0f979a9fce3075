-- Notify: promised times that run out, and mentions. One constraint is replaced, without reading the log.
alter table notify.delivery drop constraint delivery_about_check;
alter table notify.delivery add constraint delivery_about_check check (
  about in (
    'opened', 'reminder', 'solved', 'resolved', 'acknowledged', 'test', 'approval', 'decided', 'unrouted', 'joined', 'cover',
    'promise', 'mention'
  )
) not valid;
