import type { Worker } from 'node:worker_threads';

/**
 * How much of the processor a thread has used since it began, in milliseconds; asked of the thread itself, also while it is
 * in the middle of something. Before Node 24.6 nobody knows it of one thread: there it is that of all but this one.
 * Rejects for a thread that has ended.
 */
export async function workerCpuMs(worker: Worker): Promise<number> {
  if ('cpuUsage' in worker) {
    const { user, system } = await worker.cpuUsage();
    return (user + system) / 1_000;
  }
  const all = process.cpuUsage();
  const own = process.threadCpuUsage();
  return (all.user + all.system - own.user - own.system) / 1_000;
}
