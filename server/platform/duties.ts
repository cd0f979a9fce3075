import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from './log.ts';

/** A duty that comes back by itself. */
export interface Duty {
  readonly name: string;
  readonly everySeconds: number;
  readonly work: (signal: AbortSignal) => Promise<void>;
}

/** Does duties again and again until the signal aborts; the answer comes when all have ended. */
export function startDuties(duties: readonly Duty[], log: Log, signal: AbortSignal): Promise<unknown> {
  const one = async (duty: Duty): Promise<void> => {
    while (!signal.aborted) {
      await duty.work(signal).catch((error: unknown) => {
        if (!signal.aborted) log.error({ duty: duty.name, error }, 'a duty failed; it comes back at its next turn');
      });
      // An aborted signal ends the pause at once; a pause that is over takes its listener away.
      await wait(duty.everySeconds * 1_000, undefined, { signal }).catch(() => undefined);
    }
  };
  return Promise.all(duties.map(one));
}
