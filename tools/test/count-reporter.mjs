// @ts-check
import { writeFileSync } from 'node:fs';

/** Writes how many tests passed, failed and were skipped, for the closing line of `npm test`. */
export default class CountReporter {
  /**
   * @param {ReadonlyArray<import('vitest/node').TestModule>} modules
   * @param {ReadonlyArray<unknown>} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    const counts = { passed: 0, failed: unhandled.length, skipped: 0 };
    for (const module of modules) {
      // A file that does not load, or whose preparation fails, has no tests that could fail: it counts as one.
      const suites = [module, ...module.children.allSuites()];
      counts.failed += suites.filter((suite) => suite.errors().length > 0).length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        counts[state === 'pending' ? 'failed' : state] += 1;
      }
    }
    writeFileSync(process.env['VIGIE_TEST_COUNTS'] ?? '/dev/null', JSON.stringify(counts));
  }
}
