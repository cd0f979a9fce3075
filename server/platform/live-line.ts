import { EventEmitter } from 'node:events';
import { sql, type RawBuilder, type Transaction } from 'kysely';
import { Client, Pool } from 'pg';
import type { LiveEvent } from '#contract/house.ts';
import type { Clock } from './clock.ts';
import type { Rows } from './database.ts';
import type { Log } from './log.ts';

/** The channel of PostgreSQL's NOTIFY that carries live events; several server processes hear each other by it. */
export const liveChannel = 'vigie_live';
/** Wakes a background duty: the payload is the duty's name, and after a line's end what is to be looked at. */
export const wakeChannel = 'vigie_wake';

/** NOTIFY carries at most 8000 bytes; extras that do not fit are left out, the screens then ask. */
const largestPayload = 7_000;

export interface LiveLine {
  /** Tells everybody, outside a transaction; many events go as one round trip. */
  readonly tell: (events: readonly Omit<LiveEvent, 'at'>[]) => Promise<void>;
  /** Hears every event until the signal aborts. */
  readonly hear: (listener: (event: LiveEvent) => void, signal: AbortSignal) => void;
  /**
   * Hears wake-ups of one duty until the signal aborts, with what is to be looked at: null when nothing was named, or when
   * the line was lost for a while and nobody knows what was told meanwhile.
   */
  readonly onWake: (duty: string, listener: (of: string | null) => void, signal: AbortSignal) => void;
  readonly stop: () => Promise<void>;
}

/** Writes a live event as NOTIFY carries it. */
export function livePayload(event: Omit<LiveEvent, 'at'>, at: Date): string {
  const whole = JSON.stringify({ ...event, at: at.toISOString() });
  return Buffer.byteLength(whole) <= largestPayload
    ? whole
    : JSON.stringify({ topic: event.topic, id: event.id, at: at.toISOString() });
}

/** Writes a wake-up as NOTIFY carries it. */
export function wakePayload(duty: string, of: string | null): string {
  return of === null ? duty : `${duty}\n${of}`;
}

/** Something that is told on a channel when a transaction commits. */
export interface Telling {
  readonly channel: string;
  readonly payload: string;
}

/** The query that tells it. NOTIFY keeps what a transaction tells until it commits. */
export function tellingQuery(told: readonly Telling[]): RawBuilder<unknown> {
  const channels = told.map(({ channel }) => channel);
  const payloads = told.map(({ payload }) => payload);
  return sql`select pg_notify(channel, payload)
    from unnest(${channels}::text[], ${payloads}::text[]) with ordinality as told (channel, payload, place) order by place`;
}

/** Tells it, inside a transaction. */
export async function sendTellings(trx: Transaction<Rows>, told: readonly Telling[]): Promise<void> {
  if (told.length > 0) await tellingQuery(told).execute(trx);
}

interface Parts {
  readonly url: string;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly log: Log;
  /** For a process without screens: it hears wake-ups only, and is spared the events. */
  readonly wakesOnly?: boolean;
}

const atEnd = (signal: AbortSignal, end: () => void): void => signal.addEventListener('abort', end, { once: true });

/** Listens on a connection of its own, and opens it again when it is lost. */
export async function openLiveLine({ url, pool, clock, log, wakesOnly = false }: Parts): Promise<LiveLine> {
  const heard = new EventEmitter();
  heard.setMaxListeners(0);
  let stopped = false;
  let client: Client | null = null;

  const connect = async (): Promise<void> => {
    const next = new Client({ connectionString: url, application_name: 'vigie live', keepAlive: true });
    next.on('notification', (message) => {
      if (message.channel === wakeChannel) {
        const [duty = '', of = null] = (message.payload ?? '').split('\n', 2);
        heard.emit(`wake ${duty}`, of);
      } else if (message.payload !== undefined && heard.listenerCount('event') > 0)
        heard.emit('event', JSON.parse(message.payload));
    });
    next.on('error', (error) => {
      if (client !== next) return;
      client = null;
      if (stopped) return;
      log.warn({ error: error.message }, 'live line lost; opening it again');
      void reconnect();
    });
    await next.connect();
    await next.query(wakesOnly ? `listen ${wakeChannel}` : `listen ${liveChannel}; listen ${wakeChannel}`);
    client = next;
  };
  const reconnect = async (): Promise<void> => {
    const lost = (): boolean => !stopped && client === null;
    for (let waitMs = 200; lost(); waitMs = Math.min(waitMs * 2, 5_000)) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      await connect().catch((error: unknown) => log.warn({ error: String(error) }, 'live line still lost'));
    }
    // What was told meanwhile is unknown: everybody looks again.
    if (stopped) return;
    heard.emit('event', { topic: 'again', id: null, at: clock.now().toISOString() });
    for (const name of heard.eventNames()) if (name !== 'event') heard.emit(name, null);
  };
  await connect();

  return {
    async tell(events) {
      if (events.length === 0) return;
      const at = clock.now();
      const payloads = events.map((event) => livePayload(event, at));
      await pool.query('select pg_notify($1, payload) from unnest($2::text[]) as payload', [liveChannel, payloads]);
    },
    hear(listener, signal) {
      heard.on('event', listener);
      atEnd(signal, () => heard.off('event', listener));
    },
    onWake(duty, listener, signal) {
      heard.on(`wake ${duty}`, listener);
      atEnd(signal, () => heard.off(`wake ${duty}`, listener));
    },
    async stop() {
      stopped = true;
      const last = client;
      client = null;
      await last?.end().catch(() => undefined);
    },
  };
}
