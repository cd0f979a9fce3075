// @ts-check
import { writeFileSync } from 'node:fs';

/** @param {unknown} error */
function firstWords(error) {
  const message = error && typeof error === 'object' && 'message' in error ? String(error.message) : 'did not end';
  return message.slice(0, 600);
}

/** Writes how many tests passed, failed and were skipped, and which failed and why, for the end of `npm test`. */
export default class CountReporter {
  /**
   * @param {ReadonlyArray<import('vitest/node').TestModule>} modules
   * @param {ReadonlyArray<unknown>} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    const counts = { passed: 0, failed: unhandled.length, skipped: 0 };
    const failures = unhandled.map((error) => `outside of any test: ${firstWords(error)}`);
    for (const module of modules) {
      // A file that does not load, or whose preparation fails, has no tests that could fail: it counts as one.
      const suites = [module, ...module.children.allSuites()];
      for (const suite of suites) {
        const [error] = suite.errors();
        if (!error) continue;
        counts.failed += 1;
        failures.push(`${module.relativeModuleId}: ${firstWords(error)}`);
      }
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        counts[state === 'pending' ? 'failed' : state] += 1;
        if (state === 'failed' || state === 'pending')
          failures.push(`${module.relativeModuleId} > ${test.fullName}: ${firstWords(errors?.[0])}`);
      }
    }
    writeFileSync(process.env['VIGIE_TEST_COUNTS'] ?? '/dev/null', JSON.stringify({ ...counts, failures }));
  }
}
