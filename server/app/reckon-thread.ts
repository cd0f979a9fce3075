import { parentPort } from 'node:worker_threads';
import { reckon, type Reckoning } from '#analyse/batches/reckon.ts';

/**
 * The thread that reckons for advice: numbers in, numbers out. It knows no database and no module, so that it costs little
 * and what takes a second delays neither a request nor a check.
 */

/** One thing to be reckoned, and what came of it. */
export interface ReckonLetter {
  readonly number: number;
  readonly asked: Reckoning;
}

parentPort?.on('message', ({ number, asked }: ReckonLetter) => {
  try {
    parentPort?.postMessage({ number, reckoned: reckon(asked) }, []);
  } catch (error) {
    parentPort?.postMessage(
      { number, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) },
      [],
    );
  }
});
