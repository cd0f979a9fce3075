-- Desk: what requesters say of what was done for them; people: links that sign in. One constraint is replaced, a moment.
create table desk.satisfaction (
  ticket_id uuid primary key references desk.ticket,
  score smallint not null check (score between 1 and 3),
  comment text not null default '',
  at timestamptz not null
);
create index satisfaction_at on desk.satisfaction (at);

alter table people.one_time_link drop constraint one_time_link_purpose_check;
alter table people.one_time_link add constraint one_time_link_purpose_check
  check (purpose in ('welcome', 'invitation', 'sign_in'));
