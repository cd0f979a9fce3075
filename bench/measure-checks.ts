import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Client } from '#contract/client.ts';
import type { Lab } from '../lab/start-lab.ts';
import { pauseLocalCheck, welcomeCompany } from '../test/company.ts';
import { serveVigie } from '../test/served-vigie.ts';
import { useOfTree } from './process-tree.ts';
import { table } from './table.ts';

const kinds = [
  { kind: 'http', what: 'HTTP', settings: { scheme: 'http', path: '/health' } },
  { kind: 'tcp', what: 'TCP', settings: { port: 80 } },
  { kind: 'icmp', what: 'ICMP', settings: {} },
] as const;

/**
 * CPU of server and database for checks that run every second and are well, storage included; what Vigie costs when idle
 * is taken off. Beside it the floor: the same on the wire by bare Node, measured in the same run.
 */
export async function measureChecks(lab: Lab, checks: number, lastsMs: number): Promise<string> {
  await using vigie = await serveVigie(lab);
  await vigie.start();
  const { alice, bob } = await welcomeCompany(vigie);
  await pauseLocalCheck(alice);
  const host = await bob.estate.hosts.create({ name: 'web1', address: lab.hosts.web1.address });
  await sleep(10_000);
  const idle = await cpuOver(vigie.pid(), lastsMs);
  const rows: string[][] = [];
  for (const { kind, what, settings } of kinds) {
    const ids = await startMany(bob, host.id, kind, settings, checks);
    await sleep(10_000);
    const used = await cpuOver(vigie.pid(), lastsMs);
    const counts = await bob.watch.checks.counts({});
    const ran = (counts.resultsLastMinute * lastsMs) / 60_000;
    rows.push([
      what,
      String(Math.round(ran)),
      cpu((1000 * (used - idle)) / ran),
      cpu(await floor(lab, kind)),
      `${counts.latenessMs.toFixed(0)} ms`,
      `${counts.up} of ${checks}`,
    ]);
    for (const id of ids) await bob.watch.checks.remove({ id });
    await sleep(5_000);
  }
  return table(
    `CPU for 1,000 checks, ${checks} checks every second`,
    ['kind', 'ran', 'CPU for 1,000', 'bare Node', 'late (p95)', 'up'],
    rows,
  );
}

const cpu = (seconds: number): string => `${seconds.toFixed(2)} s`;

/** CPU seconds for 1,000 of the same by bare Node. */
async function floor(lab: Lab, kind: string): Promise<number> {
  const program = fileURLToPath(new URL('bare-floor.ts', import.meta.url));
  const { stdout } = await lab.command([process.execPath, program, kind, lab.hosts.web1.address, '1000'], {
    timeoutMs: 120_000,
  });
  return Number(stdout);
}

async function startMany(
  client: Client,
  hostId: string,
  kind: string,
  settings: Record<string, unknown>,
  count: number,
): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const check = await client.watch.checks.create({
      name: `${kind} ${number}`,
      kind,
      target: { kind: 'host', id: hostId },
      settings,
      intervalSeconds: 1,
    });
    ids.push(check.id);
  }
  return ids;
}

async function cpuOver(pid: number, lastsMs: number): Promise<number> {
  const before = useOfTree(pid).cpuSeconds;
  await sleep(lastsMs);
  return useOfTree(pid).cpuSeconds - before;
}
