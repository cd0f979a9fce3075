import { writeFile } from 'node:fs/promises';
import { Resolver } from 'node:dns/promises';
import { join } from 'node:path';
import { Daemon } from '../test/real/daemons/daemon.ts';
import { inOwnFolder } from '../test/real/daemons/own-folder.ts';
import { zoneText } from '../test/real/daemons/start-named.ts';
import { dnsLoad } from './loads.ts';
import { measureWatch } from './measure-watch.ts';
import { serverAddress } from './own-network.ts';

const zone = 'bench.test';

/** DNS checks that ask a BIND of Debian. */
export async function measureDns(rates: readonly number[], lastsMs: number): Promise<string> {
  await using _server = await startBind();
  const loads = rates.map((rate) => dnsLoad(rate, 5_000, serverAddress, `www.${zone}`));
  // Awaited here: the name server ends with this function.
  return await measureWatch(loads, lastsMs);
}

function startBind(): Promise<AsyncDisposable> {
  return inOwnFolder('bench-named', async (folder, own) => {
    await writeFile(join(folder, 'zone'), zoneText(zone, 1, [`www.${zone}. IN A 192.0.2.1`]));
    const file = join(folder, 'named.conf');
    await writeFile(
      file,
      `options { directory "${folder}"; pid-file "${folder}/pid"; session-keyfile "${folder}/key";
         listen-on { ${serverAddress}; }; listen-on-v6 { none; }; recursion no; dnssec-validation no; };
       controls { };
       zone "${zone}" { type primary; file "${folder}/zone"; };\n`,
    );
    const daemon = own.use(new Daemon('/usr/sbin/named', ['-g', '-n', '1', '-c', file]));
    const resolver = new Resolver({ timeout: 300, tries: 1 });
    resolver.setServers([serverAddress]);
    await daemon.ready(async () => (await resolver.resolveSoa(zone)).serial > 0);
    return {};
  });
}
