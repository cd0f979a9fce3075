-- Watch: certificate authorities of the company's own, and for which address the secrets of a check were given.
-- A new table and an empty column: nothing is rewritten.

create table watch.authority (
  id uuid primary key,
  -- SHA-256 of the certificate: the same one is kept once.
  fingerprint text not null unique,
  certificate text not null check (length(certificate) <= 40000),
  added_at timestamptz not null
);

-- As with leave for a special address: a password that was given for one address is not told to another. Null: it is
-- noted when the check is taken under watch.
alter table watch.check add column secret_address text;
