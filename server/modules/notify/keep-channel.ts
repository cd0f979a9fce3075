import { lookup } from 'node:dns/promises';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { Channel } from '#contract/notify.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Vault } from '#platform/vault.ts';
import { channelStore, type ChannelChange } from './store-channels.ts';
import { urlUse } from './vault-uses.ts';
import { literalAddress, maskedUrl, mayReceive, webhookUrl } from './webhook-destination.ts';

interface Parts {
  readonly transact: Transact<'notify'>;
  readonly clock: Clock;
  readonly vault: Vault;
}

const lookupTimeoutMs = 3_000;
const mailAddress = z.email().max(254);

/** The addresses of a host as they are now; none when its name leads nowhere yet, which sending will say. */
async function addressesOf(url: URL): Promise<string[]> {
  const literal = literalAddress(url);
  if (literal !== null) return [literal];
  const late = new Promise<never[]>((resolve) => setTimeout(resolve, lookupTimeoutMs, []).unref());
  const found = await Promise.race([lookup(url.hostname, { all: true }).catch(() => []), late]);
  return found.map(({ address }) => address);
}

/** Where a channel leads, as it is stored: judged here, and again at every connection. */
async function destinationOf(
  { vault }: Parts,
  { id, kind, typed }: { id: string; kind: Channel['kind']; typed: string },
): Promise<{ destination: string; urlSealed: Buffer | null }> {
  if (kind === 'mail') {
    if (!mailAddress.safeParse(typed).success)
      throw new Refusal('bad_input', {}, [{ path: 'destination', reason: 'mail_address' }]);
    return { destination: typed, urlSealed: null };
  }
  const url = webhookUrl(typed);
  if (url === null) throw new Refusal('bad_input', {}, [{ path: 'destination', reason: 'web_address' }]);
  const closed = (await addressesOf(url)).find((address) => !mayReceive(address));
  if (closed !== undefined) throw new Refusal('address_forbidden', { address: closed });
  return { destination: maskedUrl(url), urlSealed: vault.seal(url.href, urlUse(id)) };
}

type Asked = Pick<Channel, 'name' | 'kind' | 'destination' | 'language' | 'personId' | 'active' | 'from'> & {
  readonly reminderMinutes: number;
};

export async function addChannel(parts: Parts, asked: Asked): Promise<string> {
  const id = uuid();
  const { kind, destination: typed } = asked;
  const where = await destinationOf(parts, { id, kind, typed });
  return parts.transact(async ({ db, live }) => {
    const channels = channelStore(db);
    if (asked.personId !== null && !(await channels.personExists(asked.personId))) throw new Refusal('not_found');
    const now = parts.clock.now();
    const added = await channels.add({
      id,
      name: asked.name,
      kind,
      ...where,
      language: asked.language,
      personId: asked.personId,
      switchedOn: asked.active,
      activeSince: now,
      leastPriority: asked.from,
      reminderMinutes: asked.reminderMinutes,
      createdAt: now,
    });
    if (!added) throw new Refusal('name_taken', { name: asked.name });
    await live('notify.channel', id);
    return id;
  });
}

type Wanted = { readonly [Field in Exclude<keyof Asked, 'kind' | 'personId'>]?: Asked[Field] | undefined };

/** Leaves out what was not said. */
function said(change: { readonly [Field in keyof ChannelChange]?: ChannelChange[Field] | undefined }): ChannelChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

export async function changeChannel(parts: Parts, id: string, wanted: Wanted): Promise<void> {
  const known = await parts.transact(({ db }) => channelStore(db).get(id));
  if (known === null) throw new Refusal('not_found');
  const where =
    wanted.destination === undefined
      ? {}
      : await destinationOf(parts, { id, kind: known.kind, typed: wanted.destination });
  await parts.transact(async ({ db, live }) => {
    const channels = channelStore(db);
    const before = await channels.get(id);
    if (before === null) throw new Refusal('not_found');
    const comesBack = wanted.active === true && !before.switchedOn;
    const change = said({
      ...where,
      name: wanted.name,
      language: wanted.language,
      switchedOn: wanted.active,
      activeSince: comesBack ? parts.clock.now() : undefined,
      leastPriority: wanted.from,
      reminderMinutes: wanted.reminderMinutes,
    });
    if (Object.keys(change).length === 0) return;
    if (!(await channels.change(id, change))) throw new Refusal('name_taken', { name: wanted.name ?? '' });
    await live('notify.channel', id);
  });
}

/** Removes a channel; what it delivered stays in the log, and what waits for it is held there. */
export function removeChannel({ transact }: Pick<Parts, 'transact'>, id: string): Promise<Record<string, never>> {
  return transact(async ({ db, live }) => {
    if (!(await channelStore(db).remove(id))) throw new Refusal('not_found');
    await live('notify.channel', id);
    return {};
  });
}
