// @ts-check

/**
 * Says what is being done while it is done: on a terminal one line whose seconds count, elsewhere one line at the start
 * and one at the end. It speaks on standard error, because standard output may be read by a program.
 * @template Result
 * @param {string} what
 * @param {(seconds: number) => string} inSeconds
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withProgress(what, inSeconds, work) {
  const started = performance.now();
  const seconds = () => inSeconds(Math.round((performance.now() - started) / 1000));
  const isTerminal = process.stderr.isTTY;
  process.stderr.write(`  ${what} …${isTerminal ? '' : '\n'}`);
  const ticking = setInterval(() => isTerminal && process.stderr.write(`\r  ${what} … ${seconds()}`), 1000);
  try {
    const result = await work();
    process.stderr.write(`${isTerminal ? '\r' : ''}✓ ${what}, ${seconds()}  \n`);
    return result;
  } catch (error) {
    process.stderr.write(isTerminal ? '\n' : '');
    throw error;
  } finally {
    clearInterval(ticking);
  }
}
