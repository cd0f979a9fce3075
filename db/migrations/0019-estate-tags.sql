-- Estate: tags on sites, hosts and services. An empty table and a view.

create table estate.tag (
  thing_kind text not null check (thing_kind in ('site', 'host', 'service')),
  thing_id uuid not null,
  tag text not null check (tag ~ '^[[:alnum:]][[:alnum:]._:/-]{0,49}$'),
  primary key (thing_kind, thing_id, tag)
);
create index tag_tag on estate.tag (tag);

create view estate.pub_tag as select thing_kind, thing_id, tag from estate.tag;
