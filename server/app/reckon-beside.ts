import { Worker } from 'node:worker_threads';
import type { Reckoned, Reckoning } from '#analyse/batches/reckon.ts';
import type { ReckonLetter } from './reckon-thread.ts';

type Answer = { readonly number: number } & ({ readonly reckoned: Reckoned } | { readonly failed: string });

/** What is worked on is a batch of a hundred series at most, and the course of one. */
const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 };
/** A thread that nobody asks costs memory: it is ended, and begun anew when it is needed. */
const idleMs = 120_000;

/** Has numbers reckoned in a thread beside this one, which is begun when it is first asked. */
export function reckonBeside(): {
  readonly reckon: (asked: Reckoning) => Promise<Reckoned>;
  readonly stop: () => Promise<void>;
} {
  const waiting = new Map<number, PromiseWithResolvers<Reckoned>>();
  let worker: Worker | null = null;
  let count = 0;
  let idle: NodeJS.Timeout | undefined;
  const begin = (): Worker => {
    const next = new Worker(new URL('reckon-thread.ts', import.meta.url), { name: 'reckon', resourceLimits });
    const gone = (why: unknown): void => {
      if (worker !== next) return;
      worker = null;
      for (const { reject } of waiting.values()) reject(why);
      waiting.clear();
    };
    next.on('message', (answer: Answer) => {
      const asked = waiting.get(answer.number);
      waiting.delete(answer.number);
      if ('failed' in answer) asked?.reject(new Error(answer.failed));
      else asked?.resolve(answer.reckoned);
    });
    next.on('error', gone);
    next.once('exit', () => gone(new Error('the thread that reckons ended')));
    next.unref();
    return next;
  };
  const end = async (): Promise<void> => {
    const ending = worker;
    worker = null;
    await ending?.terminate();
  };
  return {
    reckon(asked) {
      const number = (count += 1);
      const answer = Promise.withResolvers<Reckoned>();
      waiting.set(number, answer);
      clearTimeout(idle);
      idle = setTimeout(() => void (waiting.size === 0 && end()), idleMs).unref();
      worker ??= begin();
      worker.postMessage({ number, asked } satisfies ReckonLetter, []);
      return answer.promise;
    },
    async stop() {
      clearTimeout(idle);
      await end();
      for (const { reject } of waiting.values()) reject(new Error('stopped'));
      waiting.clear();
    },
  };
}
