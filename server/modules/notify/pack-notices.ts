import type { Delivery } from '#contract/notify.ts';

/** A notice that waits for its channel. */
export interface WaitingNotice {
  readonly id: string;
  readonly about: Delivery['about'];
  readonly ticketId: string | null;
  readonly at: Date;
  /** The notice in whose message it was tried to be told, when it was. */
  readonly toldIn: string | null;
}

export interface StormLimits {
  /** So many messages within the minutes, and no more. */
  readonly notices: number;
  readonly minutes: number;
  /** False where each incident has to be told by itself. */
  readonly digests: boolean;
}

/** What to do with a channel's queue now. */
export interface Pack {
  /** Told by a later notice, or true no more. */
  readonly overtaken: readonly string[];
  /** To be told in one message; the first lends it its id. */
  readonly send: readonly string[];
  /** When to look again; null with something to send, or nothing at all. */
  readonly waitUntil: Date | null;
}

/** A notice that waited so long did not get through: its incident may have gone on meanwhile. */
const lateMs = 120_000;
/** So long the last message of a window waits for company. */
const gatherMs = 30_000;
const mostInOne = 200;

/** Of what waits for one incident since longer than it should, the last word is enough. */
function overtakenOf(waiting: readonly WaitingNotice[], now: Date): Set<string> {
  const byTicket = Map.groupBy(
    waiting.filter(({ ticketId, about }) => ticketId !== null && !['approval', 'decided', 'test'].includes(about)),
    ({ ticketId }) => ticketId,
  );
  const overtaken = new Set<string>();
  for (const notices of byTicket.values()) {
    const [oldest] = notices;
    if (oldest === undefined || now.getTime() - oldest.at.getTime() < lateMs) continue;
    // A reminder recalls what was told; it cannot stand in for the telling.
    const words = notices.filter(({ about }) => about !== 'reminder' && about !== 'acknowledged');
    const last = words.at(-1) ?? notices.at(-1);
    for (const { id } of notices) if (id !== last?.id) overtaken.add(id);
  }
  return overtaken;
}

/**
 * What to send of a queue, oldest first: one notice by itself while there is room, all of it in one message when there
 * is not. However many notices come, no more messages are sent within the minutes than the limit; none is left out.
 * @param sentAt when messages were sent within the last minutes, oldest first
 */
export function packNotices(
  waiting: readonly WaitingNotice[],
  limits: StormLimits,
  sentAt: readonly Date[],
  now: Date,
): Pack {
  const [head] = waiting;
  if (head === undefined) return { overtaken: [], send: [], waitUntil: null };
  // Tried already: the same message again, so that its id stands for the same words.
  if (head.toldIn !== null) {
    const send = waiting.filter(({ toldIn }) => toldIn === head.toldIn).map(({ id }) => id);
    return { overtaken: [], send, waitUntil: null };
  }
  const overtaken = overtakenOf(waiting, now);
  const left = waiting.filter(({ id, toldIn }) => !overtaken.has(id) && toldIn === null);
  const ids = left.map(({ id }) => id);
  const one = { overtaken: [...overtaken], send: ids.slice(0, 1), waitUntil: null };
  if (!limits.digests) return one;
  const since = now.getTime() - limits.minutes * 60_000;
  const recent = sentAt.filter((at) => at.getTime() > since);
  const room = limits.notices - recent.length;
  if (room <= 0) {
    const frees = recent.at(-limits.notices) ?? recent[0] ?? now;
    return { overtaken: [...overtaken], send: [], waitUntil: new Date(frees.getTime() + limits.minutes * 60_000) };
  }
  const all = { overtaken: [...overtaken], send: ids.slice(0, mostInOne), waitUntil: null };
  if (left.length > room) return all;
  if (room > 1 || limits.notices === 1) return one;
  // The last message before the limit: what comes right after it would have to wait long.
  const first = left[0]?.at ?? now;
  const gathered = first.getTime() + gatherMs;
  return gathered <= now.getTime() ? all : { overtaken: [...overtaken], send: [], waitUntil: new Date(gathered) };
}
