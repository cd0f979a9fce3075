-- Estate: sites, hosts, services with their users, what depends on what, suppliers.
-- Ids of persons have no foreign key: no module's tables point into another's.

create schema estate;

create table estate.site (
  id uuid primary key,
  name text not null,
  place text not null,
  note text not null,
  created_at timestamptz not null
);
create unique index site_name on estate.site (lower(name));

create table estate.host (
  id uuid primary key,
  name text not null,
  address text not null,
  kind text not null,
  system text not null,
  site_id uuid references estate.site,
  note text not null,
  -- The machine that Vigie itself runs on: one at most.
  local boolean not null default false,
  created_at timestamptz not null
);
create unique index host_name on estate.host (lower(name));
create unique index host_local on estate.host (local) where local;
create index host_address on estate.host (lower(address));
create index host_site on estate.host (site_id);

create table estate.service (
  id uuid primary key,
  name text not null,
  summary text not null,
  importance text not null check (importance in ('low', 'normal', 'high', 'critical')),
  owner_id uuid,
  created_at timestamptz not null
);
create unique index service_name on estate.service (lower(name));

create table estate.service_user (
  service_id uuid not null references estate.service on delete cascade,
  person_id uuid not null,
  primary key (service_id, person_id)
);
create index service_user_person on estate.service_user (person_id);

-- `dependent` does not work without `on`. That a host depends on its site is not stored here: see pub_dependency.
create table estate.dependency (
  dependent_kind text not null check (dependent_kind in ('site', 'host', 'service')),
  dependent_id uuid not null,
  on_kind text not null check (on_kind in ('site', 'host', 'service')),
  on_id uuid not null,
  primary key (dependent_kind, dependent_id, on_kind, on_id)
);
create index dependency_on on estate.dependency (on_kind, on_id);

create table estate.supplier (
  id uuid primary key,
  name text not null,
  phone text not null,
  mail text not null,
  contract text not null,
  created_at timestamptz not null
);
create unique index supplier_name on estate.supplier (lower(name));

create view estate.pub_thing as
select 'site'::text as kind, id, name from estate.site
union all
select 'host'::text, id, name from estate.host
union all
select 'service'::text, id, name from estate.service;

create view estate.pub_site as select id, name, place from estate.site;
create view estate.pub_host as select id, name, address, kind, system, site_id, local from estate.host;
create view estate.pub_service as select id, name, summary, importance, owner_id from estate.service;
create view estate.pub_service_user as select service_id, person_id from estate.service_user;
create view estate.pub_supplier as select id, name, phone, mail, contract from estate.supplier;

-- Everything that depends on something, a host on its site included.
create view estate.pub_dependency as
select dependent_kind, dependent_id, on_kind, on_id from estate.dependency
union all
select 'host'::text, id, 'site'::text, site_id from estate.host where site_id is not null;
