import { lookup } from 'node:dns/promises';
import type { watch } from '#contract/watch.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Vault } from '#platform/vault.ts';
import { literalAddress } from './ask-receiver.ts';
import { mayReach } from '../running/run-check.ts';
import { remoteSecretUse } from './send-measurements.ts';
import { remoteStore, type StoredRemote } from './store-remote.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly vault: Vault;
}

type Remote = Handlers<typeof watch>['remoteWrite'];
type Asked = Parameters<Remote['set']>[0];

const lookupTimeoutMs = 3_000;

/** A web address without a user name in it. Throws Refusal `bad_input`, and `address_forbidden` where it may not lead. */
async function judgedUrl(typed: string, path: string, specialAllowed: boolean): Promise<string> {
  const url = URL.canParse(typed) ? new URL(typed) : null;
  const web = url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
  if (!web || url.username !== '' || url.password !== '')
    throw new Refusal('bad_input', {}, [{ path, reason: 'web_address' }]);
  const literal = literalAddress(url);
  const late = new Promise<never[]>((resolve) => setTimeout(resolve, lookupTimeoutMs, []).unref());
  const found =
    literal === null
      ? (await Promise.race([lookup(url.hostname, { all: true }).catch(() => []), late])).map(({ address }) => address)
      : [literal];
  const closed = found.find((address) => !mayReach(address, specialAllowed));
  if (closed !== undefined) throw new Refusal('address_forbidden', { address: closed });
  return url.href;
}

async function tell(db: Database<'watch'>): ReturnType<Remote['get']> {
  const stored = await remoteStore(db).get();
  if (stored === null) return { remote: null };
  const { secretSealed, until, url: writeUrl, afterCheck: _place, tries: _tries, ...told } = stored;
  return {
    remote: {
      ...told,
      writeUrl,
      labels: { ...stored.labels },
      kinds: [...stored.kinds],
      hasSecret: secretSealed !== null,
      sentUntil: until.toISOString(),
      lastSentAt: stored.lastSentAt?.toISOString() ?? null,
      failingSince: stored.failingSince?.toISOString() ?? null,
      nextTryAt: stored.nextTryAt?.toISOString() ?? null,
    },
  };
}

async function set({ db, transact, clock, vault }: Parts, asked: Asked): ReturnType<Remote['set']> {
  const { secret, writeUrl, ...settings } = asked;
  const url = await judgedUrl(writeUrl, 'writeUrl', asked.specialAllowed);
  const queryUrl = asked.queryUrl === '' ? '' : await judgedUrl(asked.queryUrl, 'queryUrl', asked.specialAllowed);
  await transact(async (unit) => {
    const before = await remoteStore(unit.db).get();
    // A secret that is kept would be told to whoever the new address belongs to.
    const kept = before !== null && isSameReceiver(before, { ...settings, url, queryUrl }) ? before.secretSealed : null;
    const secretSealed = secret === undefined ? kept : secret === '' ? null : vault.seal(secret, remoteSecretUse);
    await remoteStore(unit.db).set({ ...settings, url, queryUrl, secretSealed }, clock.now());
    await unit.live('watch.remoteWrite', null);
  });
  return tell(db);
}

type Receiver = Pick<StoredRemote, 'url' | 'queryUrl' | 'userName'>;

function origin(url: string): string {
  return url === '' ? '' : new URL(url).origin;
}

/** Whether a secret that was given for one may be told to the other: the same places, the same protection, the same user. */
function isSameReceiver(before: Receiver, now: Receiver): boolean {
  const places = new Set([origin(before.url), origin(before.queryUrl)]);
  const named = [now.url, now.queryUrl].filter((url) => url !== '');
  return before.userName === now.userName && named.every((url) => places.has(origin(url)));
}

/** Where measurements are sent on to. */
export function remoteHandlers(parts: Parts): Remote {
  return {
    get: () => tell(parts.db),
    set: (input) => set(parts, input),
    remove: () =>
      parts.transact(async ({ db, live }) => {
        await remoteStore(db).remove();
        await live('watch.remoteWrite', null);
        return {};
      }),
  };
}
