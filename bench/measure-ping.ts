import { setTimeout as sleep } from 'node:timers/promises';
import { Daemon } from '../test/real/daemons/daemon.ts';
import { pingLoad } from './loads.ts';
import { measureWatch } from './measure-watch.ts';
import { pingsSent, targetAddress } from './own-network.ts';
import { useOfTree } from './process-tree.ts';
import { table } from './table.ts';

/** Hosts pinged each second: Vigie with all that it keeps, and below it fping alone. */
export async function measurePing(hosts: number, lastsMs: number): Promise<string> {
  return `${await measureWatch([pingLoad(hosts)], lastsMs)}${await measureFping(hosts, lastsMs)}`;
}

async function measureFping(hosts: number, lastsMs: number): Promise<string> {
  const targets = Array.from({ length: hosts }, (_, index) => targetAddress(index));
  await using fping = new Daemon('/usr/bin/fping', ['-q', '-l', '-i', '0', '-p', '1000', ...targets]);
  await sleep(3_000);
  const before = { use: useOfTree(fping.pid), sent: pingsSent() };
  await sleep(lastsMs);
  const after = { use: useOfTree(fping.pid), sent: pingsSent() };
  const [cpuSeconds, sent] = [after.use.cpuSeconds - before.use.cpuSeconds, after.sent - before.sent];
  const row = [((sent * 1_000) / lastsMs).toFixed(0), `${((cpuSeconds * 1_000) / sent).toFixed(3)} s`];
  return table(`fping alone, ${hosts} hosts each second`, ['pings/s', 'CPU for 1,000'], [row]);
}
