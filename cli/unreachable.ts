import { setTimeout as sleep } from 'node:timers/promises';

/** Whether nothing answered: the request did not even arrive, or its line was cut. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof TypeError && /fetch failed|terminated/u.test(error.message);
}

const pauseMs = 1_000;
const attempts = 120;

/** Asks again while nothing answers, for two minutes: a restart of Vigie is no reason to give up following something. */
export async function patiently<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!isUnreachable(error) || signal.aborted || attempt >= attempts) throw error;
      await sleep(pauseMs, undefined, { signal });
    }
  }
}
