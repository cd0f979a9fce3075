// @ts-check
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';

/**
 * What the server's Node is started with. Several threads that collect garbage together cost a third more than one, and
 * the cores have checks to run; a smaller nursery spares some fifty megabytes. A heap at rest is marked whole whenever a few
 * megabytes have grown old in it, each ten seconds or so: it may grow by six tenths first.
 */
export const serverFlags = ['--single-threaded-gc', '--max-semi-space-size=8', '--heap-growing-percent=60'];

/**
 * Goes on as another program: in its place where this Node can, else as its parent that passes signals on and ends as it
 * ends.
 * @param {string} node
 * @param {string} root
 * @param {string[]} words
 */
export function handOver(node, root, words) {
  // Compiled code is kept between starts; Node does without where it may not write. Two rooms for what is not V8's own are
  // enough for two threads; glibc makes eight for each core, and leaves them half empty: some ten megabytes.
  const env = { NODE_COMPILE_CACHE: path.join(root, '.cache/node'), MALLOC_ARENA_MAX: '2', ...process.env };
  if (process.execve) process.execve(node, [node, ...words], env);
  const child = spawn(node, words, { stdio: 'inherit', env });
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
  });
}
