import { setTimeout as sleep } from 'node:timers/promises';
import { startNginxTarget, type NginxTarget } from './nginx-target.ts';
import type { Peer, PeerLoad, StartPeer } from './peer.ts';
import { startIcinga } from './peer-icinga.ts';
import { startPrometheus } from './peer-prometheus.ts';
import { startVigieAsPeer } from './peer-vigie.ts';
import { startZabbix } from './peer-zabbix.ts';
import { useOfTrees } from './process-tree.ts';
import { megabytes, median, table } from './table.ts';

const systems: Readonly<Record<string, StartPeer>> = {
  vigie: startVigieAsPeer,
  zabbix: startZabbix,
  prometheus: startPrometheus,
  icinga: startIcinga,
};

const intervalMs = 5_000;
const settleMs = 45_000;
const windows = 3;
const windowMs = 10_000;

/** What bench words may say beside `peers`: systems by name, and checks a second. */
export function isPeersWord(word: string): boolean {
  return word in systems || /^\d+$/u.test(word);
}

/**
 * CPU seconds and memory of Vigie and of other systems for the same checks on the same target, one system after the other.
 * `words` choose systems and rates; none stands for all systems, at 200 and at 1,000 checks a second.
 */
export async function measurePeers(words: readonly string[]): Promise<string> {
  const rates = words.map(Number).filter((rate) => rate > 0);
  const names = words.filter((word) => word in systems);
  await using target = await startNginxTarget();
  const rows: string[][] = [];
  for (const rate of rates.length === 0 ? [200, 1_000] : rates)
    for (const [name, start] of Object.entries(systems)) {
      if (names.length > 0 && !names.includes(name)) continue;
      const load = { count: (rate * intervalMs) / 1_000, intervalMs };
      rows.push([String(rate), name, ...(await costOfPeer(start, load, target))]);
      console.error(rows.at(-1)?.join('  '));
    }
  return table(
    `HTTP checks each ${intervalMs / 1_000} s with a new connection, ${windows} times ${windowMs / 1_000} s`,
    ['asked/s', 'system', 'done/s', 'CPU for 1,000, least', 'median', 'most', 'cores', 'memory (PSS)', 'processes'],
    rows,
  );
}

async function costOfPeer(start: StartPeer, load: PeerLoad, target: NginxTarget): Promise<string[]> {
  await using peer = await start(load);
  // What happens only at first is past: compiling, filling caches, finding a pace.
  await sleep(settleMs);
  const before = await look(peer, target);
  const costs: number[] = [];
  let last = before;
  for (let window = 0; window < windows; window += 1) {
    await sleep(windowMs);
    const now = await look(peer, target);
    costs.push(((now.cpuSeconds - last.cpuSeconds) * 1_000) / (now.taken - last.taken));
    last = now;
  }
  const seconds = (last.atMs - before.atMs) / 1_000;
  return [
    ((last.taken - before.taken) / seconds).toFixed(0),
    ...[Math.min(...costs), median(costs), Math.max(...costs)].map((cost) => `${cost.toFixed(3)} s`),
    ((last.cpuSeconds - before.cpuSeconds) / seconds).toFixed(2),
    megabytes(last.memoryBytes),
    String(last.processes),
  ];
}

async function look(peer: Peer, target: NginxTarget) {
  const { connections } = await target.taken();
  return { ...useOfTrees(peer.pids), taken: connections, atMs: performance.now() };
}
