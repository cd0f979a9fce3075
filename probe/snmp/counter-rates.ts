import { z } from 'zod';
import type { CheckContext } from '../check-kind.ts';
import type { SnmpValue } from './snmp-value.ts';
import { counterOf, numberOf, snmpTypes } from './snmp-value.ts';

/** Turns counters of one agent into rates, from what the run before saw. Dispose of it at the end: that remembers them. */
export interface CounterRates extends Disposable {
  /** The agent began anew since the run before, so no counter can be compared. */
  readonly restarted: boolean;
  /**
   * Growth per second since the run before; undefined at first sight and after a restart. `most` is the largest rate that
   * can be true (a line's speed): what is beyond comes from a counter that was set back or wrapped more than once.
   */
  rate(key: string, counter: SnmpValue | undefined, most?: number): number | undefined;
}

const wrap32 = 2n ** 32n;
const wrapTicks = 2 ** 32;
// Between two readings the agent's clock and ours may disagree by this much and it is still the same life.
const slackTicks = 6_000;

const seenBefore = z.object({
  atMs: z.number(),
  ticks: z.number().optional(),
  counters: z.record(z.string(), z.string()),
});

/** `uptime` is the agent's sysUpTime, by which a restart shows. */
export function counterRates(context: CheckContext, uptime: SnmpValue | undefined): CounterRates {
  const nowMs = context.clock.nowMs();
  // All in one entry: a switch has thousands of counters, and what a check may remember has a bound.
  const remembered = context.memory.get('counters');
  const before = typeof remembered === 'string' ? seenBefore.parse(JSON.parse(remembered)) : undefined;
  const counters: Record<string, string> = {};
  const ticks = numberOf(uptime);
  const elapsedMs = before === undefined ? 0 : nowMs - before.atMs;
  const restarted = ticks !== undefined && before?.ticks !== undefined && wasRestarted(before.ticks, ticks, elapsedMs);
  return {
    restarted,
    rate(key, counter, most = Number.POSITIVE_INFINITY) {
      const value = counterOf(counter);
      if (value === undefined) return undefined;
      counters[key] = value.toString();
      const earlier = before?.counters[key];
      if (earlier === undefined || restarted || elapsedMs <= 0) return undefined;
      const grown = growth(BigInt(earlier), value, counter?.type !== snmpTypes.counter64);
      if (grown === undefined) return undefined;
      const rate = Number(grown) / (elapsedMs / 1000);
      // A tenth more than possible: agents keep their counters for a few seconds before they renew them.
      return rate > most * 1.1 ? undefined : rate;
    },
    [Symbol.dispose]() {
      context.memory.set('counters', JSON.stringify({ atMs: nowMs, ticks, counters }));
    },
  };
}

/** Whether the uptime went back for another reason than that it wraps after 497 days. */
export function wasRestarted(beforeTicks: number, ticks: number, elapsedMs: number): boolean {
  if (ticks >= beforeTicks) return false;
  const expected = beforeTicks + elapsedMs / 10;
  return expected < wrapTicks - slackTicks || Math.abs(expected - wrapTicks - ticks) > slackTicks;
}

/** By how much a counter grew; one of 32 bits may have wrapped, one of 64 bits that went back was set back. */
export function growth(before: bigint, now: bigint, narrow: boolean): bigint | undefined {
  if (now >= before) return now - before;
  return narrow && before < wrap32 ? now + wrap32 - before : undefined;
}
