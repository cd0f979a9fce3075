// @ts-check
import { fileURLToPath } from 'node:url';

import { root } from '../prepare/prepare.mjs';
import { steps } from './steps.mjs';

/**
 * Runs the steps, two at a time, and prints each one's result as it comes.
 * @param {string[]} [wanted] names of steps; all when empty
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function check(wanted = []) {
  const queue = steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const counts = { passed: 0, failed: 0 };
  const work = async () => {
    for (let step = queue.shift(); step; step = queue.shift()) {
      const started = performance.now();
      const { passed, output } = await step.run(root);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      counts[passed ? 'passed' : 'failed'] += 1;
      console.log(`${passed ? '✓' : '✗'} ${step.name.padEnd(7)} ${step.says}, ${seconds} s`);
      if (!passed) console.log(output.trim().replaceAll(/^/gm, '    '));
    }
  };
  await Promise.all([work(), work()]);
  return counts;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { failed } = await check(process.argv.slice(2));
  process.exitCode = failed > 0 ? 1 : 0;
}
