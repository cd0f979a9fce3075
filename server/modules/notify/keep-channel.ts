import { lookup } from 'node:dns/promises';
import { v7 as uuid } from 'uuid';
import type { Channel } from '#contract/notify.ts';
import { mayDo } from '#contract/permission.ts';
import type { Actor } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Vault } from '#platform/vault.ts';
import type { Reach } from './ask-service.ts';
import type { AnyChannelKind } from './channel-kind.ts';
import { channelKinds } from './channel-kinds.ts';
import { clearSettings, mergedSettings, sealedSettings, takenAlong } from './channel-secrets.ts';
import { channelStore, type ChannelChange, type ChannelRecord } from './store-channels.ts';
import { literalAddress, mayReceive } from './webhook-destination.ts';

interface Parts {
  readonly transact: Transact<'notify'>;
  readonly clock: Clock;
  readonly vault: Vault;
}

const lookupTimeoutMs = 3_000;

/** The addresses of a host as they are now; none when its name leads nowhere yet, which sending will say. */
async function addressesOf(url: URL): Promise<string[]> {
  const literal = literalAddress(url);
  if (literal !== null) return [literal];
  const late = new Promise<never[]>((resolve) => setTimeout(resolve, lookupTimeoutMs, []).unref());
  const found = await Promise.race([lookup(url.hostname, { all: true }).catch(() => []), late]);
  return found.map(({ address }) => address);
}

/** Who may aim a channel where: what people make for themselves goes to the open world only. */
export function reachOf({ own }: Pick<ChannelRecord, 'own'>): Reach {
  return own ? 'everybody' : 'administrator';
}

/** Settings as they are stored: judged here, and their addresses again at every connection. */
async function storedSettings(
  { vault }: Parts,
  kind: AnyChannelKind,
  { id, wanted, reach }: { id: string; wanted: Readonly<Record<string, unknown>>; reach: Reach },
): Promise<Pick<ChannelRecord, 'settings' | 'secretsSealed' | 'destination'>> {
  const read = kind.read(wanted);
  if ('faults' in read)
    throw new Refusal(
      'settings_invalid',
      {},
      read.faults.map(({ path, reason }) => ({ path: `settings.${path}`, reason })),
    );
  for (const url of kind.urlsOf(read.settings)) {
    const closed = (await addressesOf(url)).find((address) => !mayReceive(address, reach));
    if (closed !== undefined) throw new Refusal('address_forbidden', { address: closed });
  }
  return { ...sealedSettings(vault, kind, id, read.settings), destination: kind.shown(read.settings) };
}

type Asked = Omit<Channel, 'id' | 'destination' | 'lastDelivery'>;

/** An administrator keeps all channels; others keep their own, of the kinds that are for everybody. */
function mayKeep(actor: Actor, channel: { own: boolean; personId: string | null; kind: Channel['kind'] }): boolean {
  if (mayDo(actor.role, 'notify.write')) return true;
  return channel.own && channel.personId === actor.id && channelKinds[channel.kind].forEverybody;
}

export async function addChannel(parts: Parts, asked: Asked, actor: Actor): Promise<string> {
  const id = uuid();
  const personId = asked.own ? actor.id : asked.personId;
  if (!mayKeep(actor, { ...asked, personId })) throw new Refusal('forbidden', { permission: 'notify.write' });
  const kind = channelKinds[asked.kind];
  const where = await storedSettings(parts, kind, { id, wanted: asked.settings, reach: reachOf(asked) });
  return parts.transact(async ({ db, live }) => {
    const channels = channelStore(db);
    if (personId !== null && !(await channels.personExists(personId))) throw new Refusal('not_found');
    const now = parts.clock.now();
    const added = await channels.add({
      id,
      name: asked.name,
      kind: asked.kind,
      ...where,
      language: asked.language,
      personId,
      own: asked.own,
      switchedOn: asked.active,
      activeSince: now,
      everything: asked.everything,
      leastPriority: asked.from,
      reminderMinutes: asked.reminderMinutes,
      afterMinutes: asked.afterMinutes,
      stormNotices: asked.stormNotices,
      stormMinutes: asked.stormMinutes,
      createdAt: now,
    });
    if (!added) throw new Refusal('name_taken', { name: asked.name });
    await live('notify.channel', id);
    return id;
  });
}

type Wanted = { readonly [Field in Exclude<keyof Asked, 'kind' | 'personId' | 'own'>]?: Asked[Field] | undefined };

/** Leaves out what was not said. */
function said(change: { readonly [Field in keyof ChannelChange]?: ChannelChange[Field] | undefined }): ChannelChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

/** The channel, when this person may keep it. */
export async function keptChannel(
  { transact }: Pick<Parts, 'transact'>,
  id: string,
  actor: Actor,
): Promise<ChannelRecord> {
  const channel = await transact(({ db }) => channelStore(db).get(id));
  if (channel === null) throw new Refusal('not_found');
  if (!mayKeep(actor, channel)) throw new Refusal('forbidden', { permission: 'notify.write' });
  return channel;
}

/** What a change makes of the settings. Throws Refusal `settings_invalid` where a kept secret would go elsewhere. */
function changedSettings(
  { vault }: Pick<Parts, 'vault'>,
  known: ChannelRecord,
  wanted: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const kind = channelKinds[known.kind];
  const before = clearSettings(vault, known);
  const taken = takenAlong(kind, before, wanted);
  if (taken.length > 0)
    throw new Refusal(
      'settings_invalid',
      {},
      taken.map((name) => ({ path: `settings.${name}`, reason: 'secret_again' })),
    );
  return mergedSettings(kind, before, wanted);
}

export async function changeChannel(parts: Parts, id: string, wanted: Wanted, actor: Actor): Promise<void> {
  const known = await keptChannel(parts, id, actor);
  const kind = channelKinds[known.kind];
  const where =
    wanted.settings === undefined
      ? {}
      : await storedSettings(parts, kind, {
          id,
          wanted: changedSettings(parts, known, wanted.settings),
          reach: reachOf(known),
        });
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
      everything: wanted.everything,
      leastPriority: wanted.from,
      reminderMinutes: wanted.reminderMinutes,
      afterMinutes: wanted.afterMinutes,
      stormNotices: wanted.stormNotices,
      stormMinutes: wanted.stormMinutes,
    });
    if (Object.keys(change).length === 0) return;
    if (!(await channels.change(id, change))) throw new Refusal('name_taken', { name: wanted.name ?? '' });
    await live('notify.channel', id);
  });
}

/** Removes a channel; what it delivered stays in the log, and what waits for it is held there. */
export async function removeChannel(
  parts: Pick<Parts, 'transact'>,
  id: string,
  actor: Actor,
): Promise<Record<string, never>> {
  await keptChannel(parts, id, actor);
  return parts.transact(async ({ db, live }) => {
    if (!(await channelStore(db).remove(id))) throw new Refusal('not_found');
    await live('notify.channel', id);
    return {};
  });
}
