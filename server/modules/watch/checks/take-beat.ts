import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Transact } from '#platform/outbox.ts';
import type { Vault } from '#platform/vault.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { beatStore, type Call } from './store-beat.ts';
import { checkStore } from './store-check.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly vault: Vault;
}

/** What a caller gets to hear. */
export type BeatAnswer = 'taken' | 'unknown' | 'often';

/** A call as it came over the wire. */
export interface RawCall {
  readonly word: string;
  /** Nothing, `start`, `fail` or an exit code. */
  readonly what: string;
  readonly body: string;
  readonly from: string;
}

const wordShape = /^[\w-]{32}$/u;
const largestBodyBytes = 7_000;
/** In a minute: of one address, and wrong words of one caller. */
const mostCalls = 120;
const mostWrong = 30;
const minuteMs = 60_000;
const mostRemembered = 10_000;

function hashOf(word: string): Buffer {
  return createHash('sha256').update(word).digest();
}

/** Counts what comes within a minute. */
class MinuteLimit {
  readonly #seen = new Map<string, { readonly sinceMs: number; count: number }>();

  /** True when it is one too many. */
  isOver(key: string, most: number, nowMs: number): boolean {
    const seen = this.#seen.get(key);
    if (seen === undefined || nowMs - seen.sinceMs >= minuteMs) {
      if (this.#seen.size >= mostRemembered) this.#seen.clear();
      this.#seen.set(key, { sinceMs: nowMs, count: 1 });
      return false;
    }
    seen.count += 1;
    return seen.count > most;
  }
}

/** A job called: the watch reads the call of that check. */
export const beatTaken = 'watch beat';

function callOf({ what, body, from }: RawCall, at: Date): Call | null {
  // Of a long log the end says most.
  const kept = sanitiseOutput(body.slice(-largestBodyBytes), largestBodyBytes);
  const given = { at, body: kept, from };
  if (what === '') return { ...given, kind: 'ok', exitCode: null };
  if (what === 'start' || what === 'fail') return { ...given, kind: what, exitCode: null };
  if (!/^\d{1,3}$/u.test(what) || Number(what) > 255) return null;
  return { ...given, kind: what === '0' ? 'ok' : 'fail', exitCode: Number(what) };
}

/** Takes the calls of jobs. It needs no session: the word in the address is the secret. */
export function takeBeats({
  transact,
  clock,
}: Pick<Parts, 'transact' | 'clock'>): (raw: RawCall) => Promise<BeatAnswer> {
  const limit = new MinuteLimit();
  return async (raw) => {
    const now = clock.now();
    const call = callOf(raw, now);
    if (!wordShape.test(raw.word) || call === null)
      return limit.isOver(`wrong ${raw.from}`, mostWrong, now.getTime()) ? 'often' : 'unknown';
    if (limit.isOver(raw.word, mostCalls, now.getTime())) return 'often';
    const checkId = await transact(async ({ db, live, wake }) => {
      const id = await beatStore(db).take(hashOf(raw.word), call);
      if (id === null) return null;
      await live('watch.beat', id);
      // The thread that watches hears wake-ups only.
      await wake(beatTaken, id);
      return id;
    });
    if (checkId !== null) return 'taken';
    return limit.isOver(`wrong ${raw.from}`, mostWrong, now.getTime()) ? 'often' : 'unknown';
  };
}

/** The address of a heartbeat check; it is made when it is asked for first, and anew when `renew` says so. */
export async function tellHeartbeat({ db, vault }: Pick<Parts, 'db' | 'vault'>, checkId: string, renew: boolean) {
  const check = await checkStore(db).get(checkId);
  if (check === null || check.kind !== 'heartbeat') throw new Refusal('not_found');
  const store = beatStore(db);
  const use = `watch.beat ${checkId}`;
  if (renew || (await store.address(check.number)) === null) {
    const word = randomBytes(24).toString('base64url');
    await store.give(check.number, { hash: hashOf(word), sealed: vault.seal(word, use) }, renew);
  }
  const address = await store.address(check.number);
  if (address === null) throw new Refusal('not_found');
  return {
    path: `/beat/${vault.unseal(address.sealed, use)}`,
    lastAt: address.lastAt?.toISOString() ?? null,
    lastKind: address.lastKind,
    lastFrom: address.lastFrom,
    calls: address.calls,
  };
}
