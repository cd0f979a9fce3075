import { startLab } from '../lab/start-lab.ts';
import { measureChecks } from './measure-checks.ts';
import { measureFaults } from './measure-faults.ts';
import { measureIdle } from './measure-idle.ts';
import { isPeersWord, measurePeers } from './measure-peers.ts';
import { measureReady } from './measure-ready.ts';
import { httpLoad, measureWatch, pingLoad, tcpLoad } from './measure-watch.ts';
import { measureRestart } from './measure-restart.ts';
import { isInOwnNetwork, prepareOwnNetwork, runInOwnNetwork } from './own-network.ts';

/**
 * `node bench/bench.ts [ready] [idle] [faults] [checks] [watch] [tcp] [ping] [restart]`, as root: measures a Vigie of its
 * own, on the hosts of the lab or in a network of its own, and prints tables. Figures depend on the machine, so no test asserts them.
 */

const benches = {
  ready: measureReady,
  idle: (lab) => measureIdle(lab, 60_000),
  faults: (lab) => measureFaults(lab, 3),
  checks: (lab) => measureChecks(lab, 100, 60_000),
} satisfies Record<string, typeof measureReady>;

const lastsMs = 30_000;
const rates = [50, 200, 1_000, 2_000, 4_000];

const words = process.argv.slice(2);

/** Those that need no hosts but many: all in one network of their own. */
const loads = {
  watch: () => measureWatch([...rates.map((each) => httpLoad(each, 5_000)), httpLoad(167, 60_000)], lastsMs),
  tcp: () => measureWatch([tcpLoad(200, 5_000), tcpLoad(1_000, 5_000)], lastsMs),
  ping: () => measureWatch([pingLoad(1_000)], lastsMs),
  peers: () => measurePeers(words.filter(isPeersWord)),
  restart: () => measureRestart(httpLoad(167, 60_000)),
};

const wanted = words.filter((word) => !isPeersWord(word));
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);

if (isInOwnNetwork()) {
  prepareOwnNetwork();
  for (const [name, load] of Object.entries(loads)) if (isWanted(name)) console.log(await load());
} else {
  const isLab = Object.keys(benches).some(isWanted);
  await using lab = isLab
    ? await startLab({ hosts: ['web1', 'ns1'], progress: (sentence) => console.error(sentence) })
    : null;
  for (const [name, bench] of Object.entries(benches))
    if (lab !== null && isWanted(name)) console.log(await bench(lab));
  if (Object.keys(loads).some(isWanted)) process.exitCode = runInOwnNetwork();
}
