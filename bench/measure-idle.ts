import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from '../lab/start-lab.ts';
import { welcomeCompany } from '../test/company.ts';
import { serveVigie } from '../test/served-vigie.ts';
import { useOfTree } from './process-tree.ts';
import { megabytes, table } from './table.ts';

/** Memory and CPU of server and database when nobody asks anything and only Vigie's own machine is watched. */
export async function measureIdle(lab: Lab, lastsMs: number): Promise<string> {
  await using vigie = await serveVigie(lab);
  await vigie.start();
  await welcomeCompany(vigie);
  await sleep(15_000);
  const before = useOfTree(vigie.pid());
  await sleep(lastsMs);
  const after = useOfTree(vigie.pid());
  const share = (100_000 * (after.cpuSeconds - before.cpuSeconds)) / lastsMs;
  return table(
    `Idle, over ${lastsMs / 1000} s`,
    ['what', 'used'],
    [
      ['memory (PSS), server and database', megabytes(after.memoryBytes)],
      ['processes', String(after.processes)],
      ['CPU, of one core', `${share.toFixed(2)} %`],
    ],
  );
}
