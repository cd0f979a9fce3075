import { startLab } from '../lab/start-lab.ts';
import { measureChecks } from './measure-checks.ts';
import { measureFaults } from './measure-faults.ts';
import { measureIdle } from './measure-idle.ts';
import { measureReady } from './measure-ready.ts';

/**
 * `node bench/bench.ts [ready] [idle] [faults] [checks]`, as root: measures a Vigie of its own on the hosts of the lab
 * and prints tables. Figures depend on the machine, so no test asserts them.
 */

const benches = {
  ready: measureReady,
  idle: (lab) => measureIdle(lab, 60_000),
  faults: (lab) => measureFaults(lab, 3),
  checks: (lab) => measureChecks(lab, 100, 60_000),
} satisfies Record<string, typeof measureReady>;

await using lab = await startLab({ hosts: ['web1', 'ns1'], progress: (sentence) => console.error(sentence) });
for (const [name, bench] of Object.entries(benches)) {
  if (process.argv.length === 2 || process.argv.includes(name)) console.log(await bench(lab));
}
