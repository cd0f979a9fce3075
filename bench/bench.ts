import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startLab } from '../lab/start-lab.ts';
import { httpLoad, tcpLoad } from './loads.ts';
import { measureBrowser } from './measure-browser.ts';
import { measureChecks } from './measure-checks.ts';
import { measureDns } from './measure-dns.ts';
import { measureFaultLoad } from './measure-fault-load.ts';
import { measureFaults } from './measure-faults.ts';
import { measureFlat } from './measure-flat.ts';
import { measureIdle } from './measure-idle.ts';
import { measureMixed } from './measure-mixed.ts';
import { isPeersWord, measurePeers } from './measure-peers.ts';
import { measurePing } from './measure-ping.ts';
import { measureReady } from './measure-ready.ts';
import { measureRestart } from './measure-restart.ts';
import { measureSlow } from './measure-slow.ts';
import { measureStorm } from './measure-storm.ts';
import { measureWatch } from './measure-watch.ts';
import { isInOwnNetwork, prepareOwnNetwork, runInOwnNetwork } from './own-network.ts';

/**
 * `node bench/bench.ts [part …]`, as root: measures a Vigie of its own, on the hosts of the lab or in a network of its own,
 * and prints tables; all parts when none is named (`README.md` lists them). Figures depend on the machine, so no test asserts them.
 */

const benches = {
  ready: measureReady,
  idle: (lab) => measureIdle(lab, 60_000),
  faults: (lab) => measureFaults(lab, 3),
  checks: (lab) => measureChecks(lab, 100, 60_000),
} satisfies Record<string, typeof measureReady>;

const lastsMs = 30_000;
const rates = [50, 200, 1_000, 2_000, 4_000];
const each5s = 5_000;
const words = process.argv.slice(2);

/** Those that need no hosts but many: each in the one network of this process, and none longer than so many minutes. */
const loads = {
  peers: { minutes: 15, measure: () => measurePeers(words.filter(isPeersWord)) },
  watch: {
    minutes: 10,
    measure: () => measureWatch([...rates.map((rate) => httpLoad(rate, each5s)), httpLoad(167, 60_000)], lastsMs),
  },
  flat: { minutes: 8, measure: () => measureFlat(50_000) },
  limit: { minutes: 5, measure: () => measureWatch([httpLoad(4_000, each5s)], 60_000) },
  mixed: { minutes: 7, measure: () => measureMixed(60_000) },
  tcp: { minutes: 5, measure: () => measureWatch([tcpLoad(200, each5s), tcpLoad(1_000, each5s)], lastsMs) },
  dns: { minutes: 5, measure: () => measureDns([200, 1_000], lastsMs) },
  ping: { minutes: 5, measure: () => measurePing(1_000, lastsMs) },
  slow: { minutes: 5, measure: () => measureSlow(60_000) },
  restart: { minutes: 6, measure: () => measureRestart(httpLoad(167, 60_000), 2) },
  faultload: { minutes: 10, measure: () => measureFaultLoad(1_000, 4) },
  storm: { minutes: 15, measure: () => measureStorm([500, 5_000]) },
  browser: { minutes: 15, measure: () => measureBrowser({ checks: 10_000, lastsMs: 30_000, pairs: 5 }) },
} satisfies Record<string, { minutes: number; measure: () => Promise<string> }>;

const wanted = words.filter((word) => !isPeersWord(word));
const storage = 'storage';
const known = [...Object.keys(benches), ...Object.keys(loads), storage];
const unknown = wanted.find((word) => !known.includes(word));
if (unknown !== undefined) throw new Error(`There is no part ${unknown}; there are: ${known.join(', ')}.`);
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);

/** Ends this program when a part takes too long: what it started notices, and ends too. */
async function within(name: string, minutes: number, measure: () => Promise<string>): Promise<void> {
  const done = new AbortController();
  const late = sleep(minutes * 60_000, undefined, { signal: done.signal }).then(() => {
    throw new Error(`${name} took more than ${minutes} minutes.`);
  });
  console.log(await Promise.race([measure(), late]));
  done.abort();
  await late.catch(() => undefined);
}

if (isInOwnNetwork()) {
  prepareOwnNetwork();
  for (const [name, { minutes, measure }] of Object.entries(loads))
    if (isWanted(name)) await within(name, minutes, measure);
} else {
  const isLab = Object.keys(benches).some(isWanted);
  await using lab = isLab
    ? await startLab({ hosts: ['web1', 'ns1'], progress: (sentence) => console.error(sentence) })
    : null;
  for (const [name, bench] of Object.entries(benches))
    if (lab !== null && isWanted(name)) await within(name, 20, () => bench(lab));
  if (isWanted(storage)) {
    const program = fileURLToPath(new URL('measure-charts.ts', import.meta.url));
    spawnSync(process.execPath, [program, '100'], { stdio: 'inherit' });
  }
  if (Object.keys(loads).some(isWanted)) process.exitCode = runInOwnNetwork();
}
