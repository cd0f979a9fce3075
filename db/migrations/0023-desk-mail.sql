-- Desk: mail becomes tickets and answers leave as mail. New tables only, but for one index: two different mails may carry
-- one Message-ID (nobody hinders a sender), so it is no longer unique; nobody can write messages while it is made anew,
-- about a second with a million of them.

drop index desk.message_mail;
create index message_mail on desk.message (mail_id) where mail_id is not null;

-- An address at which the desk is written to.
create table desk.mailbox (
  id uuid primary key,
  -- As it stands in front of the address in what is sent.
  name text not null,
  address text not null,
  active boolean not null,
  -- What is written to somebody who never wrote to a mailbox comes from this one.
  is_default boolean not null,
  -- Of requesters of whom nothing else is known.
  language text not null check (language in ('en', 'fr')),
  ticket_kind text not null check (ticket_kind in ('incident', 'request')),
  team_id uuid,
  category_id uuid references desk.category,
  -- Tells whoever opened a ticket by mail that it came in.
  confirms boolean not null,
  -- A later answer to a ticket that is over opens a new one, linked to it.
  reopen_days integer not null,
  -- The name under which one's own server writes Authentication-Results; '' believes none.
  authserv_id text not null,
  -- How many lines of one's own servers may stand above that verdict.
  own_received integer not null,
  -- Open settings of both ways; null where that way is not used. What is secret lies sealed beside them.
  incoming jsonb,
  incoming_sealed bytea,
  outgoing jsonb,
  outgoing_sealed bytea,
  -- OAuth 2.0: provider, tenant, client; sealed: the client's secret and the refresh token; a consent under way.
  oauth jsonb,
  oauth_sealed bytea,
  consent_sealed bytea,
  -- Grows when what opens it changes, so that whoever watches it opens it anew.
  revision integer not null default 1,
  uid_validity text not null default '',
  last_uid bigint not null default 0,
  -- Which process watches it, and until when that is believed.
  watched_by uuid,
  watched_until timestamptz,
  in_trouble text not null default '',
  in_said text not null default '',
  in_at timestamptz,
  out_trouble text not null default '',
  out_said text not null default '',
  out_at timestamptz,
  created_at timestamptz not null
);
create unique index mailbox_address on desk.mailbox (lower(address));
create unique index mailbox_default on desk.mailbox (is_default) where is_default;

-- The desk's own mail server: one, or none.
create table desk.mail_listener (
  one boolean primary key default true check (one),
  active boolean not null,
  protocol text not null check (protocol in ('smtp', 'lmtp')),
  host text not null,
  port integer not null,
  name text not null,
  certificate text not null default '',
  key_sealed bytea,
  trouble text not null default '',
  said text not null default '',
  at timestamptz
);

-- The keys that sign tickets' ids in mails, sealed.
create table desk.mail_key (
  letter text primary key,
  sealed bytea not null,
  made_at timestamptz not null
);

-- What to do with mails that begin a ticket; the first that holds and says so ends the list.
create table desk.mail_rule (
  id uuid primary key,
  position integer not null,
  name text not null,
  active boolean not null,
  conditions jsonb not null,
  effects jsonb not null
);

-- Each mail that came in, with its flight record. The raw message lies among the files, each content once.
create table desk.mail_in (
  id uuid primary key,
  mailbox_id uuid references desk.mailbox on delete set null,
  via text not null check (via in ('imap', 'smtp', 'lmtp')),
  envelope_from text,
  envelope_to text[] not null default '{}',
  remote text not null default '',
  raw_id uuid not null references desk.blob,
  size_bytes bigint not null,
  -- Of a mail that was too large to be taken whole there is the beginning only.
  cut boolean not null default false,
  received_at timestamptz not null,
  state text not null check (state in ('waiting', 'done', 'aside')),
  tries integer not null default 0,
  next_at timestamptz not null,
  processed_at timestamptz,
  -- What became of it.
  outcome text check (outcome in ('ticket', 'reply', 'note', 'bounce', 'kept', 'again')),
  -- Why it was set aside.
  reason text not null default '',
  -- What makes a message itself, and not one of its journeys.
  key text unique,
  message_id text,
  from_name text not null default '',
  from_address text not null default '',
  subject text not null default '',
  kind text,
  spoofed boolean not null default false,
  standing text check (standing in ('participant', 'stranger', 'spoofed')),
  domain text not null default '',
  words_print text not null default '',
  ticket_id uuid references desk.ticket,
  -- The desk's message that it became, or that a bounce is about.
  written_id uuid references desk.message,
  -- What rules look at, and what the screen shows of it.
  facts jsonb not null default '{}',
  steps jsonb not null default '[]',
  -- The same mail came so many times more.
  again integer not null default 0
);
create index mail_in_waiting on desk.mail_in (next_at) where state = 'waiting';
create index mail_in_at on desk.mail_in (received_at desc, id desc);
create index mail_in_aside on desk.mail_in (received_at desc) where state = 'aside';
create index mail_in_raw on desk.mail_in (raw_id);
create index mail_in_id on desk.mail_in (message_id) where message_id is not null;
create index mail_in_ticket on desk.mail_in (ticket_id, received_at) where ticket_id is not null;
create index mail_in_written on desk.mail_in (written_id) where written_id is not null;
create index mail_in_words on desk.mail_in (domain, words_print, received_at) where words_print <> '';

-- Each mail that is to go out, or went.
create table desk.mail_out (
  id uuid primary key,
  ticket_id uuid not null references desk.ticket,
  -- The answer that it carries; null for what the desk says by itself.
  message_id uuid references desk.message,
  mailbox_id uuid references desk.mailbox on delete set null,
  kind text not null check (kind in ('answer', 'confirmation')),
  recipients jsonb not null,
  -- The first recipient's, in lower case, and its domain: by these automatic mails are counted.
  address text not null,
  domain text not null,
  language text not null check (language in ('en', 'fr')),
  automatic boolean not null,
  -- The mail that it answers.
  answers_id uuid references desk.mail_in,
  state text not null check (state in ('waiting', 'sent', 'failed', 'bounced', 'held')),
  tries integer not null default 0,
  next_at timestamptz not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  -- Its own Message-ID.
  mail_id text,
  said text not null default '',
  steps jsonb not null default '[]'
);
create index mail_out_due on desk.mail_out (next_at) where state = 'waiting';
create index mail_out_ticket on desk.mail_out (ticket_id, created_at);
create index mail_out_message on desk.mail_out (message_id) where message_id is not null;
create index mail_out_id on desk.mail_out (mail_id) where mail_id is not null;
create index mail_out_automatic on desk.mail_out (created_at) where automatic and state <> 'held';
create index mail_out_address on desk.mail_out (address, created_at) where automatic and state <> 'held';
create index mail_out_domain on desk.mail_out (domain, created_at) where automatic and state <> 'held';

-- When a person here last acted for an address ("a:…") or for anybody of a domain ("d:…").
create table desk.mail_touch (
  who text primary key,
  at timestamptz not null
);
