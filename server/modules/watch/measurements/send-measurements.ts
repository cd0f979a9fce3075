import type { Vault } from '#platform/vault.ts';
import { askReceiver, type ReceiverAnswer } from './ask-receiver.ts';
import { labelSamples } from './label-samples.ts';
import { readRuns } from './read-samples.ts';
import { chunkStore } from './store-chunk.ts';
import type { KeepingParts } from './seal-measurements.ts';
import { remoteStore, type LabelledCheck, type StoredRemote } from './store-remote.ts';
import { windowMs, windowStore, type CheckSample } from './store-window.ts';
import { writeRequestBody } from './write-request.ts';

/**
 * Sending measurements on. What is sent is read from what is stored, by time: a receiver that is away for an hour gets the
 * hour when it is back, and nothing waits in the memory meanwhile. A request that is sent again after a crash holds the
 * same samples, which a receiver keeps once.
 */

interface Parts extends KeepingParts {
  readonly vault: Pick<Vault, 'unseal'>;
}

// A result is stored when its check is over, which may be its whole timeout after the moment it is stored under.
const lagMs = 75_000;
const sliceMs = 60_000;
const mostResults = 4_000;
const checksAtOnce = 20;
const mostRequests = 40;
const timeoutMs = 20_000;
const longestPauseMs = 300_000;
const firstPauseMs = 5_000;
const lateAtOnce = 20;
// What a receiver says of the samples themselves; a wrong address or password is mended by somebody, and nothing is lost.
const hopeless: ReadonlySet<number> = new Set([400, 413, 415, 422]);

/** The use that binds the receiver's secret in the vault. */
export const remoteSecretUse = 'watch.remote_write';

/** How to sign in at the receiver, for reading as for writing. */
export function signInHeaders(remote: StoredRemote, vault: Pick<Vault, 'unseal'>): Record<string, string> {
  if (remote.secretSealed === null) return {};
  const secret = vault.unseal(remote.secretSealed, remoteSecretUse);
  const basic = Buffer.from(`${remote.userName}:${secret}`).toString('base64');
  return { authorization: remote.userName === '' ? `Bearer ${secret}` : `Basic ${basic}` };
}

/** What is sent with one request, and where sending stands afterwards. */
interface Slice {
  readonly samples: readonly CheckSample[];
  readonly checks: ReadonlyMap<number, LabelledCheck>;
  readonly until: Date;
  readonly afterCheck: number;
}

function byNumber(checks: readonly LabelledCheck[]): Map<number, LabelledCheck> {
  return new Map(checks.map((check) => [check.number, check]));
}

/** Knows the labels of checks for a minute: they change seldom and are needed every few seconds. */
class Labels {
  #known = new Map<number, LabelledCheck>();
  #readAtMs = Number.NEGATIVE_INFINITY;

  async of({ db, clock }: KeepingParts, kinds: readonly string[]): Promise<ReadonlyMap<number, LabelledCheck>> {
    const nowMs = clock.now().getTime();
    if (Math.abs(nowMs - this.#readAtMs) < 60_000) return this.#known;
    const all = await remoteStore(db).checksAfter(0, 100_000, kinds);
    this.#known = byNumber(all);
    this.#readAtMs = nowMs;
    return this.#known;
  }

  forget(): void {
    this.#readAtMs = Number.NEGATIVE_INFINITY;
  }
}

/** The next of what is not packed yet. Null when it was packed just now. */
async function recentSlice(
  parts: KeepingParts,
  remote: StoredRemote,
  labels: Labels,
  lagUntil: Date,
): Promise<Slice | null> {
  const until = new Date(Math.min(lagUntil.getTime(), remote.until.getTime() + sliceMs));
  const found = await remoteStore(parts.db).recent(remote.until, until, mostResults);
  const since = await remoteStore(parts.db).openSince();
  if (since === null || since > remote.until) return null;
  const checks = await labels.of(parts, remote.kinds);
  const lastMs = found.at(-1)?.atMs ?? 0;
  if (found.length < mostResults || lastMs === found[0]?.atMs) return { samples: found, checks, until, afterCheck: 0 };
  // Those of the last moment may not all be in it: they come with the next.
  return { samples: found.filter(({ atMs }) => atMs < lastMs), checks, until: new Date(lastMs), afterCheck: 0 };
}

/** The next checks of a window that is packed. */
async function packedSlice({ db }: KeepingParts, remote: StoredRemote, before: Date): Promise<Slice> {
  const windowEnd = (Math.floor(remote.until.getTime() / windowMs) + 1) * windowMs;
  const until = new Date(Math.min(windowEnd, before.getTime()));
  const checks = await remoteStore(db).checksAfter(remote.afterCheck, checksAtOnce, remote.kinds);
  const last = checks.at(-1);
  if (last === undefined) return { samples: [], checks: new Map(), until, afterCheck: 0 };
  const numbers = checks.map(({ number }) => number);
  const samples = await readRuns(db, numbers, remote.until, until);
  return { samples, checks: byNumber(checks), until: remote.until, afterCheck: last.number };
}

async function post(parts: Parts, remote: StoredRemote, body: Buffer, signal: AbortSignal): Promise<ReceiverAnswer> {
  return askReceiver(
    {
      url: new URL(remote.url),
      method: 'POST',
      headers: {
        ...signInHeaders(remote, parts.vault),
        'content-type': 'application/x-protobuf',
        'content-encoding': 'snappy',
        'x-prometheus-remote-write-version': '0.1.0',
      },
      body,
      specialAllowed: remote.specialAllowed,
      timeoutMs,
      mostBytes: 64 * 1024,
    },
    signal,
  );
}

type Delivered = { readonly count: number; readonly refused: number; readonly error: string | null };

/** Sends samples; null when it is to be tried again later, which is noted. */
async function deliver(
  parts: Parts,
  remote: StoredRemote,
  { samples, checks }: Pick<Slice, 'samples' | 'checks'>,
  signal: AbortSignal,
): Promise<Delivered | null> {
  const { series, count } = labelSamples(samples, checks, remote.labels);
  if (count === 0) return { count: 0, refused: 0, error: null };
  const answer = await post(parts, remote, writeRequestBody(series), signal);
  if (signal.aborted) return null;
  if (answer.end === 'answered' && answer.status >= 200 && answer.status < 300)
    return { count, refused: 0, error: null };
  const said = answer.end === 'answered' ? `${answer.said}: ${answer.text.slice(0, 300)}` : answer.said;
  if (answer.end === 'answered' && hopeless.has(answer.status)) return { count: 0, refused: count, error: said };
  const now = parts.clock.now();
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(remote.tries, 10));
  await remoteStore(parts.db).failed(now, said, new Date(now.getTime() + pauseMs));
  return null;
}

/** Sends what was stored late, beside what is sent already. False when there is none, or it could not be sent. */
async function sendLate(parts: Parts, remote: StoredRemote, labels: Labels, signal: AbortSignal): Promise<boolean> {
  const { db } = parts;
  const late = await remoteStore(db).late(lateAtOnce);
  if (late.length === 0) return false;
  const samples: CheckSample[] = [];
  for (const { checkNumber, from, until } of late) {
    const end = new Date(until.getTime() + 1);
    samples.push(...(await chunkStore(db).samples([checkNumber], from, end)));
    samples.push(...(await windowStore(db).openResults([checkNumber], from, end)));
  }
  const checks = await labels.of(parts, remote.kinds);
  const done = await deliver(parts, remote, { samples, checks }, signal);
  if (done === null) return false;
  await remoteStore(db).forgetLate(late);
  await remoteStore(db).sent(parts.clock.now(), { ...done, until: remote.until, afterCheck: remote.afterCheck });
  return true;
}

async function sendNext(parts: Parts, remote: StoredRemote, labels: Labels, signal: AbortSignal): Promise<boolean> {
  const { db, clock } = parts;
  const lagUntil = new Date(clock.now().getTime() - lagMs);
  if (remote.until >= lagUntil) return sendLate(parts, remote, labels, signal);
  const since = await remoteStore(db).openSince();
  const open = since !== null && remote.until >= since;
  const slice = open
    ? await recentSlice(parts, remote, labels, lagUntil)
    : await packedSlice(parts, remote, since !== null && since < lagUntil ? since : lagUntil);
  if (slice === null) return true;
  const done = await deliver(parts, remote, slice, signal);
  if (done === null) return false;
  await remoteStore(db).sent(clock.now(), { ...done, until: slice.until, afterCheck: slice.afterCheck });
  return true;
}

/** Makes the duty that sends measurements on; one turn sends at most some forty requests. */
export function sendMeasurements(parts: Parts): (signal: AbortSignal) => Promise<void> {
  const labels = new Labels();
  return async (signal) => {
    await windowStore(parts.db).whileAlone('vigie watch remote write', async () => {
      for (let request = 0; request < mostRequests && !signal.aborted; request += 1) {
        const remote = await remoteStore(parts.db).get();
        if (remote === null || !remote.active) return;
        if (remote.nextTryAt !== null && remote.nextTryAt > parts.clock.now()) return;
        if (request === 0) labels.forget();
        if (!(await sendNext(parts, remote, labels, signal))) return;
      }
    });
  };
}
