import { Resolver } from 'node:dns/promises';
import type { CheckContext } from '#probe/check-kind.ts';
import { coarse } from '#probe/coarse-time.ts';
import { onStop } from '#probe/on-stop.ts';
import { ConnectionFailure } from '#probe/open-connection.ts';

const mostKept = 1_000;
const kept = new Map<string, Resolver>();

/** A resolver whose tries, each longer than the one before, fit into a time. */
export function makeResolver(timeoutMs: number): Resolver {
  return new Resolver({ timeout: Math.max(200, Math.floor(timeoutMs / 2)), tries: 2, maxTimeout: timeoutMs });
}

/**
 * The resolver for one server (an address with its port). To make one costs four times as much as to ask, so it is kept; it
 * remembers no answers. Several runs may ask it in the same moment: it is not to be cancelled.
 */
export function resolverFor(server: string, timeoutMs: number): Resolver {
  const key = `${timeoutMs} ${server}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = makeResolver(timeoutMs);
  made.setServers([server]);
  const [oldest] = kept.keys();
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  kept.set(key, made);
  return made;
}

/** Waits for an answer no longer than until a moment; c-ares spaces its tries as it likes. Throws an error `ETIMEOUT` then. */
export function untilAnswered<T>(answer: Promise<T>, deadlineMs: number, context: CheckContext): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => settle(() => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEOUT' }))),
      coarse(Math.max(1, deadlineMs - context.clock.nowMs())),
    );
    const unstop = onStop(context, () => settle(() => reject(new ConnectionFailure({ code: 'stopped', data: {} }))));
    const settle = (say: () => void): void => {
      clearTimeout(timer);
      unstop();
      say();
    };
    answer.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
    );
  });
}
