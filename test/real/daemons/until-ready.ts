import { setTimeout as wait } from 'node:timers/promises';

/** Asks a daemon until it says that it is ready; throws when it does not within some ten seconds. */
export async function untilReady(isReady: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (await isReady()) return;
    await wait(50);
  }
  throw new Error('the daemon runs but is not ready');
}
