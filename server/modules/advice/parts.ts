import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { LiveLine } from '#platform/live-line.ts';
import type { Log } from '#platform/log.ts';
import type { Transact } from '#platform/outbox.ts';
import type { Needs } from './needs.ts';

/** What advice is made with. */
export interface AdviceParts {
  readonly db: Database<'advice'>;
  readonly transact: Transact<'advice'>;
  readonly clock: Clock;
  readonly live: Pick<LiveLine, 'onWake'>;
  readonly log: Log;
  /** The IANA name of the time zone in which sentences tell the time. */
  readonly zone: string;
  readonly needs: Needs;
}
