import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Daemon } from '../test/real/daemons/daemon.ts';
import { inOwnFolder } from '../test/real/daemons/own-folder.ts';
import { giveTo } from '../test/real/daemons/own-user.ts';
import { pidsOf, type Peer, type PeerLoad } from './peer.ts';
import { startPeerPostgres } from './peer-postgres.ts';

const ours = '/usr/share/zabbix-server-pgsql';

/**
 * Zabbix server 6 with PostgreSQL, both of Debian: for each address a host with an HTTP agent item whose status is picked
 * by a pattern and kept, and a trigger on it.
 */
export function startZabbix(load: PeerLoad): Promise<Peer> {
  return inOwnFolder('bench-zabbix', async (folder, own) => {
    const { daemon: postgres, shell } = await startPeerPostgres(folder, 'zabbix');
    own.use(postgres);
    const files = ['schema', 'images', 'data'].map((name) => `${ours}/${name}.sql.gz`).join(' ');
    await shell(`zcat ${files} | psql -q -1 -v ON_ERROR_STOP=1 >&2`);
    await writeFile(join(folder, 'load.sql'), loadSql(load));
    await shell(`psql -q -1 -v ON_ERROR_STOP=1 -f ${folder}/load.sql && psql -qc 'vacuum analyze'`);
    const settings = join(folder, 'zabbix.conf');
    await writeFile(settings, configuration(folder));
    // Its database's folder stays PostgreSQL's; what Zabbix itself writes goes into this one.
    const sockets = join(folder, 'sockets');
    await shell(`mkdir ${sockets}`);
    await giveTo('zabbix', sockets);
    const server = own.use(new Daemon('/usr/sbin/zabbix_server', ['-f', '-c', settings], { user: 'zabbix' }));
    await server.ready(async () => (await shell("psql -Atc 'select count(*) from history_uint'")).trim() !== '0');
    return pidsOf(server, postgres);
  });
}

/** Twenty pollers, as the published figures had; all else as it comes, with room for ten thousand items. */
const configuration = (folder: string): string => `
LogType=console
PidFile=${folder}/sockets/pid
SocketDir=${folder}/sockets
DBHost=${folder}
DBName=zabbix
DBUser=postgres
ListenIP=127.0.0.1
StartPollers=20
CacheSize=64M
AllowUnsupportedDBVersions=1
`;

/** What the API would write for these hosts. Types: 19 is an HTTP agent, 5 a pattern; 3 is a whole number; mode 2 fetches head and body. */
const loadSql = ({ count, intervalMs }: PeerLoad): string => `
update hosts set status = 1;
create temporary table wanted as
  select n, 100000 + n as id, '10.99.' || (n / 250) % 250 || '.' || n % 250 + 1 as address from generate_series(0, ${count - 1}) n;
insert into hosts (hostid, host, name, name_upper) select id, 'bench-' || n, 'bench-' || n, 'BENCH-' || n from wanted;
insert into items (itemid, type, hostid, name, name_upper, key_, delay, value_type, url, retrieve_mode)
  select id, 19, id, 'status', 'STATUS', 'status', '${intervalMs / 1_000}s', 3, 'http://' || address || '/', 2 from wanted;
insert into item_rtdata (itemid) select id from wanted;
insert into item_preproc (item_preprocid, itemid, step, type, params)
  select id, id, 1, 5, E'HTTP/1.1 ([0-9]+)\\n\\\\1' from wanted;
insert into triggers (triggerid, expression, description, priority) select id, '{' || id || '}<>200', 'no answer', 3 from wanted;
insert into functions (functionid, itemid, triggerid, name, parameter) select id, id, id, 'last', '$' from wanted;
`;
