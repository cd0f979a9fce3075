import { accounts } from '../accounts.ts';
import { hostAddresses, type HostPlan } from '../plans.ts';

const { shop, replica, databases, cache } = accounts;

/** db1: PostgreSQL with the shop's database; db2 may copy it. */
export function primaryDatabase(): HostPlan {
  return {
    units: ['postgresql'],
    files: {},
    afterBoot: `set -eu
runuser -u postgres -- psql -q -d postgres -c "create role ${shop.user} login password '${shop.password}'" -c 'create database shop owner shop' \\
  -c "create role ${databases.user} login password '${databases.password}' in role pg_monitor" \\
  -c "create role ${replica.user} login replication password '${replica.password}'" \\
  -c "alter system set max_slot_wal_keep_size = '64MB'" -c 'select pg_reload_conf()' >/dev/null
runuser -u postgres -- psql -q -d shop -c 'create table stock (name text primary key, pieces integer not null)' \\
  -c "insert into stock values ('keyboard', 12), ('screen', 4), ('cable', 250)" -c 'grant select on stock to shop'
`,
  };
}

/** db2: a hot standby of db1 that streams from a slot of its own. */
export function replicaDatabase(): HostPlan {
  const from = `host=${hostAddresses.db1} user=${replica.user} dbname=postgres connect_timeout=2`;
  return {
    units: [],
    files: {},
    // The role comes last on db1: who can sign in can copy.
    afterBoot: `set -eu
export PGPASSWORD='${replica.password}'
for version in /etc/postgresql/*; do version=\${version##*/}; done
for try in $(seq 300); do psql -q '${from}' -c 'select 1' >/dev/null 2>&1 && break; sleep 0.2; done
rm -rf /var/lib/postgresql/$version/main
runuser -u postgres -- pg_basebackup -d '${from} application_name=db2' -D /var/lib/postgresql/$version/main -R -C -S db2 -c fast --no-sync
echo 'wal_receiver_status_interval = 1s' > /etc/postgresql/$version/main/conf.d/replica.conf
systemctl --quiet enable --now postgresql
for try in $(seq 100); do runuser -u postgres -- psql -Atc 'select 1 from pg_stat_wal_receiver' 2>/dev/null | grep -q 1 && exit 0; sleep 0.1; done
exit 1
`,
  };
}

/** maria1: MariaDB with the orders. */
export function mariaServer(): HostPlan {
  return {
    units: ['mariadb'],
    files: {
      '/etc/mysql/mariadb.conf.d/91-lab.cnf': {
        text: '[mariadbd]\nbind-address = 0.0.0.0\nskip-name-resolve\nperformance_schema = off\n',
      },
    },
    afterBoot: `mariadb --batch <<'SQL'
create database orders;
create table orders.orders (number integer primary key, what varchar(50) not null);
insert into orders.orders values (1, 'keyboard'), (2, 'cable');
create user '${databases.user}'@'10.77.0.%' identified by '${databases.password}';
grant process, replica monitor, binlog monitor on *.* to '${databases.user}'@'10.77.0.%';
grant select on orders.* to '${databases.user}'@'10.77.0.%';
SQL
`,
  };
}

/** cache1: Redis that refuses to write when its memory is full. */
export function cacheServer(): HostPlan {
  return {
    units: ['redis-server'],
    files: {
      '/etc/redis/redis.conf': {
        text: `bind 0.0.0.0
requirepass ${cache.password}
maxmemory 32mb
maxmemory-policy noeviction
save ""
dir /var/lib/redis
`,
      },
    },
  };
}
