-- Notify: where notices go, the outgoing mail server, and every delivery.

create schema notify;

create table notify.channel (
  id uuid primary key,
  name text not null,
  kind text not null check (kind in ('mail', 'webhook')),
  -- A mail address; of a webhook's URL what may be shown, since its path is often the secret.
  destination text not null,
  -- A webhook's whole URL, sealed.
  url_sealed bytea,
  language text not null check (language in ('en', 'fr')),
  person_id uuid,
  active boolean not null,
  -- Incidents that were opened before it was last switched on are none of its business.
  active_since timestamptz not null,
  least_priority text not null check (least_priority in ('low', 'normal', 'high', 'critical')),
  reminder_minutes integer not null check (reminder_minutes between 0 and 1440),
  created_at timestamptz not null,
  check ((kind = 'webhook') = (url_sealed is not null))
);
create unique index channel_name on notify.channel (lower(name));

create table notify.mail_server (
  one boolean primary key default true check (one),
  host text not null,
  port integer not null,
  security text not null check (security in ('none', 'starttls', 'tls')),
  user_name text not null,
  password_sealed bytea,
  from_address text not null
);

-- A delivery outlives its channel: the log says where it went.
create table notify.delivery (
  id uuid primary key,
  -- Channel, what it is about and its round: the same notice cannot be there twice.
  key text not null unique,
  channel_id uuid not null,
  channel_name text not null,
  channel_kind text not null,
  about text not null check (about in ('opened', 'reminder', 'solved', 'resolved', 'test', 'approval')),
  ticket_id uuid,
  round integer not null,
  -- What is to be told, in no language; it is worded when it is sent.
  notice jsonb not null,
  subject text not null,
  state text not null check (state in ('waiting', 'delivered', 'failed', 'held')),
  attempts integer not null default 0,
  -- Why it was held or failed, as a word of ours; or what the other side answered.
  reason text,
  answer text not null default '',
  at timestamptz not null,
  next_at timestamptz,
  -- Set before it is sent, so that no other process sends it too; after a crash it is tried again from then on.
  claimed_until timestamptz,
  delivered_at timestamptz
);
create index delivery_waiting on notify.delivery (next_at) where state = 'waiting';
create index delivery_ticket on notify.delivery (ticket_id, at);
create index delivery_channel on notify.delivery (channel_id, at desc);
create index delivery_at on notify.delivery (at desc, id desc);

create view notify.pub_delivery as
select id, channel_name, channel_kind, about, ticket_id, state, at, delivered_at from notify.delivery;
