import { v7 as uuid } from 'uuid';
import type { FactPayload } from '#contract/facts.ts';
import type { NamedThing } from '#contract/words.ts';

/** One check's failure, as watch tells of it. */
export interface Failure {
  readonly raised: FactPayload<'watch.alertRaised'>;
  /** Its end, so many seconds after the first failing result. */
  readonly cleared: (seconds: number, removed?: boolean) => FactPayload<'watch.alertCleared'>;
}

/** A failure of a check on a thing, with that thing as its cause unless another is named. */
export function failureOf(
  target: NamedThing,
  {
    cause = target,
    check = 'HTTP',
    state = 'down',
    failingSince = new Date('2026-11-20T08:00:00Z'),
    silenced = false,
    checkId = uuid(),
  }: {
    readonly cause?: NamedThing;
    readonly check?: string;
    readonly state?: 'down' | 'degraded';
    readonly failingSince?: Date;
    readonly silenced?: boolean;
    readonly checkId?: string;
  } = {},
): Failure {
  const alert = {
    alertId: uuid(),
    checkId,
    checkName: check,
    checkKind: 'http',
    target,
    cause,
    causeKey: `${cause.kind} ${cause.id}`,
    state,
    failingSince: failingSince.toISOString(),
    summary: { en: 'connection refused', fr: 'connexion refusée' },
  } as const;
  return {
    raised: { ...alert, silenced },
    cleared: (seconds, removed = false) => ({
      ...alert,
      goodSince: new Date(failingSince.getTime() + seconds * 1_000).toISOString(),
      removed,
    }),
  };
}
