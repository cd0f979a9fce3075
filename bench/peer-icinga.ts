import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Daemon } from '../test/real/daemons/daemon.ts';
import { inOwnFolder } from '../test/real/daemons/own-folder.ts';
import { giveTo } from '../test/real/daemons/own-user.ts';
import { targetAddress } from './own-network.ts';
import { pidsOf, type Peer, type PeerLoad } from './peer.ts';

const folders = ['data', 'log', 'cache', 'spool', 'run', 'perfdata'] as const;

/** Icinga 2 with check_http, both of Debian: a host for each address, its perfdata written to files, no database. */
export function startIcinga(load: PeerLoad): Promise<Peer> {
  return inOwnFolder('bench-icinga', async (folder, own) => {
    for (const name of folders) await mkdir(join(folder, name));
    const file = join(folder, 'icinga2.conf');
    await writeFile(file, configuration(folder, load));
    await giveTo('nagios', folder);
    const places = {
      DataDir: 'data',
      LogDir: 'log',
      CacheDir: 'cache',
      SpoolDir: 'spool',
      InitRunDir: 'run',
    };
    const constants = Object.entries(places).map(([name, place]) => `${name}=${join(folder, place)}`);
    const words = [...constants, 'RunAsUser=nagios', 'RunAsGroup=nagios'].flatMap((word) => ['--define', word]);
    const icinga = own.use(new Daemon('/usr/sbin/icinga2', ['daemon', '--config', file, ...words], { user: 'nagios' }));
    return pidsOf(icinga);
  });
}

const configuration = (folder: string, { count, intervalMs }: PeerLoad): string => `
const NodeName = "bench"
const PluginDir = "/usr/lib/nagios/plugins"
include <itl>
include <plugins>
object CheckerComponent "checker" { }
object FileLogger "log" { severity = "critical", path = "${folder}/log/icinga2.log" }
object PerfdataWriter "perfdata" {
  host_perfdata_path = "${folder}/perfdata/host"
  host_temp_path = "${folder}/perfdata/temporary"
}
template Host "page" {
  check_command = "http"
  check_interval = ${intervalMs / 1_000}s
  retry_interval = ${intervalMs / 1_000}s
}
${Array.from({ length: count }, (_, index) => `object Host "h${index}" { import "page", address = "${targetAddress(index)}" }`).join('\n')}
`;
