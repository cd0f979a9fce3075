-- Desk: tickets are found by any part of their titles without reading them all: 195 ms before and 2.5 ms after with
-- 100,000 tickets, for 32 MB. Nobody can write tickets while it is made, about 6 s with as many. pg_trgm is a trusted
-- extension: whoever owns the database may add it. Where the server does not bring it, searches are only slower.

do $$
declare
  home text;
begin
  if exists (select from pg_available_extensions where name = 'pg_trgm') then
    create extension if not exists pg_trgm;
    select quote_ident(nspname) into home
    from pg_extension join pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_trgm';
    execute format('create index ticket_titles on desk.ticket using gin (title_en %1$s.gin_trgm_ops, title_fr %1$s.gin_trgm_ops)', home);
  end if;
end;
$$;
