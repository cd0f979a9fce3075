import { httpLoad } from './loads.ts';
import { eachLoad } from './measure-watch.ts';
import { table } from './table.ts';

const rate = 200;

/** What a check costs among 1,000 and among 10,000, at the same rate: few, many, and few again. */
export async function measureFlat(lastsMs: number): Promise<string> {
  const few = httpLoad(rate, 5_000);
  const many = httpLoad(rate, 50_000);
  const rows: string[][] = [];
  const costs: number[] = [];
  await eachLoad([few, many, few], lastsMs, (load, cost) => {
    costs.push(cost.cpuOf1000);
    rows.push([String(load.count), cost.perSecond.toFixed(0), `${cost.cpuOf1000.toFixed(3)} s`]);
    console.error(rows.at(-1)?.join('  '));
  });
  const [first = Number.NaN, middle = Number.NaN, last = Number.NaN] = costs;
  const ratio = (2 * middle) / (first + last);
  rows.push(['many to few', '', `${((ratio - 1) * 100).toFixed(1)} %`]);
  return table(
    `Cost by number of checks, ${rate}/s, over ${lastsMs / 1_000} s each`,
    ['checks', 'done/s', 'CPU for 1,000'],
    rows,
  );
}
