import type { Clock } from '#platform/clock.ts';
import { addressClass, needsLeave } from '#probe/address-class.ts';
import type { CheckContext, CheckResult, ProbeTools } from '#probe/check-kind.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { steadyClock } from '#probe/probe-clock.ts';
import type { Needs } from './needs.ts';
import type { Watched } from './watched.ts';

interface Parts {
  readonly tools: ProbeTools;
  readonly needs: Pick<Needs, 'sshAccess' | 'inventedRun'>;
  readonly clock: Clock;
}

/** One finished run. */
export interface FinishedRun {
  readonly startedAt: Date;
  readonly outcome: CheckResult;
}

const unreadable: CheckResult = {
  verdict: 'unknown',
  reason: { code: 'internal', data: { message: 'settings' } },
  output: '',
  metrics: [],
  durationMs: 0,
};

/** Whether a check may contact an address. */
export function mayReach(address: string, specialAllowed: boolean): boolean {
  const kind = addressClass(address);
  return kind !== 'unusable' && (specialAllowed || !needsLeave(kind));
}

// A kind keeps to its own timeout; this is for the one that does not.
const graceMs = 2_000;

/** Runs a check once, now. Never rejects. */
export async function runCheck({ tools, needs, clock }: Parts, watched: Watched): Promise<FinishedRun> {
  const { stored, surroundings, prepared, running } = watched;
  const startedAt = clock.now();
  const kind = kinds.get(stored.kind);
  if (prepared === null || kind === undefined) return { startedAt, outcome: unreadable };
  const stop = new AbortController();
  running.add(stop);
  const { timeoutMs } = kind.defaults;
  const overdue = setTimeout(() => stop.abort(), timeoutMs + graceMs);
  try {
    const { id, settings, state } = stored;
    const invented =
      needs.inventedRun?.({ id, kind: stored.kind, settings, address: surroundings.address, state }) ?? null;
    const ssh =
      invented === null && kind.requires === 'ssh' && surroundings.hostId !== null
        ? await needs.sshAccess(surroundings.hostId)
        : null;
    const context: CheckContext = {
      signal: stop.signal,
      timeoutMs,
      clock: steadyClock,
      tools,
      memory: watched.memory,
      kept: watched.kept,
      mayReach: (address) => mayReach(address, stored.specialAllowed),
      ...(ssh === null ? {} : { ssh }),
    };
    return { startedAt, outcome: await (invented ?? prepared)(context) };
  } catch (error) {
    const message = error instanceof Error ? error.message.slice(0, 200) : 'unknown';
    return { startedAt, outcome: { ...unreadable, reason: { code: 'internal', data: { message } } } };
  } finally {
    clearTimeout(overdue);
    running.delete(stop);
  }
}
