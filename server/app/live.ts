import type { LiveEvent } from '#contract/house.ts';
import { permissions, permissionsOfRole, type Role } from '#contract/permission.ts';
import type { Actor } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { LiveLine } from '#platform/live-line.ts';

const tickMs = 20_000;
/** A screen that does not read is let go rather than remembered without bound. */
const mostWaiting = 2_000;
/** Far more screens than anybody looks at; the oldest is let go for another. */
const mostOfOneSession = 30;

interface Parts {
  readonly line: LiveLine;
  readonly clock: Clock;
  /** The role of a session's person as it is now; null when the session has ended. */
  readonly roleOf: (sessionId: string) => Promise<Role | null>;
}

/** Whether somebody of that role may hear of a topic: what they may read of its module; all hear that the line lives. */
function mayHear(role: Role, topic: string): boolean {
  if (!topic.includes('.')) return true;
  const wanted = `${topic.split('.')[0] ?? ''}.read`;
  const permission = permissions.find((each) => each === wanted);
  return permission !== undefined && permissionsOfRole[role].has(permission);
}

/**
 * Makes the streams of live events: what the line hears of what its reader may read, and a tick so that a cut line is
 * noticed. A stream ends when its session does.
 */
export function createLiveStreams({ line, clock, roleOf }: Parts) {
  const open = new Map<string, AbortController[]>();

  function enter(sessionId: string): AbortController {
    const ending = new AbortController();
    const others = open.get(sessionId) ?? [];
    if (others.length >= mostOfOneSession) others.shift()?.abort();
    open.set(sessionId, [...others, ending]);
    return ending;
  }

  function leave(sessionId: string, ending: AbortController): void {
    ending.abort();
    const others = (open.get(sessionId) ?? []).filter((each) => each !== ending);
    if (others.length > 0) open.set(sessionId, others);
    else open.delete(sessionId);
  }

  return async function* liveStream(reader: Actor, signal: AbortSignal): AsyncGenerator<LiveEvent> {
    const waiting: LiveEvent[] = [];
    const ending = enter(reader.sessionId);
    const end = AbortSignal.any([signal, ending.signal]);
    let { role } = reader;
    let awake = Promise.withResolvers<void>();
    const push = (event: LiveEvent): void => {
      if (waiting.length >= mostWaiting) ending.abort();
      else waiting.push(event);
      awake.resolve();
    };
    const askRole = (): void => {
      roleOf(reader.sessionId).then(
        (now) => {
          if (now === null) ending.abort();
          else role = now;
        },
        // Not known for a moment: asked again at the next tick.
        () => undefined,
      );
    };
    const hear = (event: LiveEvent): void => {
      if (event.topic === 'people.person' && event.id === reader.id) askRole();
      if (mayHear(role, event.topic)) push(event);
    };
    const tick = (): void => push({ topic: 'tick', id: null, at: clock.now().toISOString() });
    end.addEventListener('abort', () => awake.resolve(), { once: true });
    line.hear(hear, end);
    const ticking = setInterval(() => {
      tick();
      askRole();
    }, tickMs);
    tick();
    try {
      while (!end.aborted) {
        await awake.promise;
        awake = Promise.withResolvers();
        yield* waiting.splice(0);
      }
    } finally {
      clearInterval(ticking);
      leave(reader.sessionId, ending);
    }
  };
}
