import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Ticket } from '#contract/desk.ts';
import type { Delivery } from '#contract/notify.ts';
import type { NamedThing } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import { failureOf } from '../failure.ts';
import { startHouse, type CastName, type House } from '../house.ts';
import { openOutbox, type Outbox } from '../outbox.ts';
import { refusedWith } from '../refused-with.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../webhook-catcher.ts';

/** The real time, moved on by the tests. */
const moved = { ms: 0 };
const clock: Clock = { now: () => new Date(Date.now() + moved.ms) };
const minute = 60_000;

let house: House;
let outbox: Outbox;
let web: WebhookCatcher;

beforeAll(async () => {
  house = await startHouse({ clock });
  outbox = openOutbox(house.databaseUrl, clock);
  web = await startWebhookCatcher();
});
afterAll(async () => {
  await outbox[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
  await web[Symbol.asyncDispose]();
});

/** A channel of a person that only routes lead to. */
const channelOf = (name: string, person: CastName, more: { afterMinutes?: number } = {}) =>
  house.as.alice.notify.channels.create({
    name,
    kind: 'webhook',
    settings: { hookUrl: `${web.url}/${encodeURIComponent(name)}` },
    language: 'en',
    personId: house.ids[person],
    everything: false,
    reminderMinutes: 0,
    stormNotices: 1_000,
    ...more,
  });

/** However busy the machine is. */
const patience = { timeout: 20_000, interval: 50 };

let hosts = 0;
async function fail(): Promise<{ host: NamedThing; ticket: Ticket; cure: () => Promise<void> }> {
  hosts += 1;
  const { id } = await house.as.bob.estate.hosts.create({ name: `db-${hosts}`, address: `192.0.2.${hosts}` });
  const host: NamedThing = { kind: 'host', id, name: `db-${hosts}` };
  const failure = failureOf(host);
  await outbox.publish('watch.alertRaised', failure.raised);
  const ticket = await vi.waitFor(async () => {
    const [found] = (await house.as.bob.desk.tickets.list({ causeId: id })).items;
    if (found === undefined) throw new Error('not yet');
    return found;
  }, patience);
  return { host, ticket, cure: () => outbox.publish('watch.alertCleared', failure.cleared(60)) };
}

async function lookAfter(): Promise<void> {
  const duty = house.vigie.modules.notify.duties.find(({ name }) => name === 'look after incidents');
  await duty?.work(new AbortController().signal);
}

function lineOf({ channel, about, state }: Delivery): string {
  return `${channel?.name ?? '-'} ${about} ${state}`;
}

/** What the log says of an incident, once it is so, in order. */
async function logIs(ticketId: string, wanted: readonly string[]): Promise<Delivery[]> {
  return vi.waitFor(
    async () => {
      const { items } = await house.as.carol.notify.deliveries({ ticketId });
      const sorted = items.map(lineOf).toSorted((one, other) => one.localeCompare(other));
      expect(sorted).toEqual(wanted.toSorted((one, other) => one.localeCompare(other)));
      return items.toReversed();
    },
    { timeout: 10_000, interval: 20 },
  );
}

describe('an incident that nobody is to be told of', () => {
  it('says so in the log', async () => {
    const { ticket } = await fail();
    const [line] = await logIs(ticket.id, ['- unrouted held']);
    expect(line?.answer).toMatch(/no channel and no route/u);
    expect(line?.channel).toBeNull();
  });
});

describe('an escalation policy', () => {
  it('tells who is on call, then others, until somebody takes the incident, and all of them of the recovery', async () => {
    await channelOf('bob phone', 'bob');
    await channelOf('bob mail', 'bob', { afterMinutes: 5 });
    await channelOf('olga phone', 'olga');
    const { alice } = house.as;
    const rota = await alice.people.rotas.create({
      name: 'Primary',
      timeZone: 'UTC',
      layers: [{ name: 'week', personIds: [house.ids.bob], startsOn: '2020-01-01' }],
    });
    const policy = await alice.notify.policies.create({
      name: 'Nights',
      steps: [
        { afterMinutes: 0, targets: [{ kind: 'rota', id: rota.id }] },
        { afterMinutes: 10, targets: [{ kind: 'person', id: house.ids.olga }] },
      ],
      repeats: 1,
      repeatMinutes: 20,
    });
    await alice.notify.routes.create({ name: 'All', targets: [{ kind: 'policy', id: policy.id }] });
    expect(await refusedWith(alice.notify.policies.remove({ id: policy.id }))).toBe('still_used');
    const { ticket, cure } = await fail();
    const [first] = await logIs(ticket.id, ['bob phone opened delivered']);
    expect(first?.because).toEqual(['route “All” › policy “Nights”, step 1 › rota “Primary” › Bob Tremblay']);
    moved.ms += 6 * minute;
    await lookAfter();
    await logIs(ticket.id, ['bob phone opened delivered', 'bob mail opened delivered']);
    moved.ms += 5 * minute;
    await lookAfter();
    const told = ['bob phone opened delivered', 'bob mail opened delivered', 'olga phone opened delivered'];
    await logIs(ticket.id, told);
    moved.ms += 20 * minute;
    await lookAfter();
    const recalled = [...told, 'bob phone reminder delivered'];
    await logIs(ticket.id, recalled);
    const taken = await house.as.olga.desk.tickets.acknowledge({ id: ticket.id });
    expect(taken.assignee?.name).toBe('Olga Petit');
    moved.ms += 120 * minute;
    await lookAfter();
    await logIs(ticket.id, recalled);
    await cure();
    await logIs(ticket.id, [
      ...recalled,
      'bob phone solved delivered',
      'bob mail solved delivered',
      'olga phone solved delivered',
    ]);
  });

  it('is explained before anything fails', async () => {
    const { items, missing } = await house.as.carol.notify.routes.explain({ priority: 'normal' });
    expect(items.map(({ channel, afterMinutes, held }) => [channel.name, afterMinutes, held])).toEqual([
      ['bob phone', 0, null],
      ['bob mail', 5, null],
      ['olga phone', 10, null],
    ]);
    expect(missing).toEqual([]);
  });
});

describe('quiet hours', () => {
  it('hold a notice and say so, until they end', async () => {
    const always = {
      active: true,
      timeZone: 'Europe/Paris',
      from: '22:00',
      until: '07:00',
      days: [1, 2, 3, 4, 5, 6, 7],
      through: null,
      onCallThrough: false,
    };
    await house.as.bob.notify.quietHours.set(always);
    const { ticket } = await fail();
    const [held] = await logIs(ticket.id, ['bob phone opened held']);
    expect(held?.answer).toMatch(/quiet hours/u);
    await lookAfter();
    await logIs(ticket.id, ['bob phone opened held']);
    await house.as.bob.notify.quietHours.set({ ...always, onCallThrough: true });
    await lookAfter();
    await logIs(ticket.id, ['bob phone opened delivered']);
  });

  it('let no recovery be swallowed', async () => {
    const quiet = {
      active: true,
      timeZone: 'UTC',
      from: '00:00',
      until: '00:00',
      days: [1, 2, 3, 4, 5, 6, 7],
      through: null,
      onCallThrough: false,
    };
    await house.as.bob.notify.quietHours.set({ ...quiet, active: false });
    const { ticket, cure } = await fail();
    await logIs(ticket.id, ['bob phone opened delivered']);
    await house.as.bob.notify.quietHours.set(quiet);
    await cure();
    await logIs(ticket.id, ['bob phone opened delivered', 'bob phone solved held']);
    await house.as.bob.notify.quietHours.set({ ...quiet, active: false });
    await lookAfter();
    expect(await logIs(ticket.id, ['bob phone opened delivered', 'bob phone solved delivered'])).toHaveLength(2);
  });
});

describe('a route', () => {
  it('is for what it is about: a host on its site, or what depends on it', async () => {
    const { alice, bob } = house.as;
    const [all] = (await alice.notify.routes.list({})).items;
    const site = await bob.estate.sites.create({ name: 'Lyon' });
    const inside = await bob.estate.hosts.create({ name: 'in-lyon', address: '192.0.2.200', siteId: site.id });
    const change = { targets: [{ kind: 'person' as const, id: house.ids.olga }] };
    await alice.notify.routes.change({
      ...change,
      id: all?.id ?? '',
      name: 'Lyon',
      things: [{ kind: 'site', id: site.id }],
    });
    const names = async (thing: { kind: 'host' | 'site'; id: string } | null): Promise<string[]> =>
      (await bob.notify.routes.explain({ thing })).items.map(({ channel }) => channel.name);
    expect(await names({ kind: 'host', id: inside.id })).toEqual(['olga phone']);
    expect(await names(null)).toEqual([]);
    expect(await refusedWith(bob.notify.routes.remove({ id: all?.id ?? '' }))).toBe('forbidden');
  });
});

describe('one’s own channel', () => {
  const own = {
    name: 'mine',
    kind: 'mail',
    settings: { address: 'bob@vigie.test' },
    language: 'fr',
    own: true,
  } as const;

  it('is made by everybody who works here, for themselves, and by nobody for others', async () => {
    const made = await house.as.bob.notify.channels.create(own);
    expect(made).toMatchObject({ own: true, personId: house.ids.bob });
    expect(await refusedWith(house.as.olga.notify.channels.remove({ id: made.id }))).toBe('forbidden');
    expect(await refusedWith(house.as.olga.notify.channels.test({ id: made.id }))).toBe('forbidden');
    expect(await refusedWith(house.as.bob.notify.channels.create({ ...own, name: 'x', own: false }))).toBe('forbidden');
    expect(await refusedWith(house.as.carol.notify.channels.create({ ...own, name: 'y' }))).toBe('forbidden');
    await house.as.bob.notify.channels.remove({ id: made.id });
  });

  it('reaches neither this machine nor its network, and runs no program', async () => {
    const inside = { ...own, name: 'z', kind: 'webhook', settings: { hookUrl: web.url } } as const;
    expect(await refusedWith(house.as.bob.notify.channels.create(inside))).toBe('address_forbidden');
    const private_ = { ...inside, settings: { hookUrl: 'http://192.168.1.1/' } };
    expect(await refusedWith(house.as.bob.notify.channels.create(private_))).toBe('address_forbidden');
    const program = { ...own, name: 'p', kind: 'apprise', settings: { urls: 'json://localhost' } } as const;
    expect(await refusedWith(house.as.bob.notify.channels.create(program))).toBe('forbidden');
  });
});

describe('a channel’s secret', () => {
  it('is kept by its eight dots, and forgotten when its server becomes another', async () => {
    const { alice } = house.as;
    const made = await alice.notify.channels.create({
      name: 'push',
      kind: 'gotify',
      settings: { server: web.url, token: 'A1' },
      language: 'en',
      everything: false,
    });
    expect(made.settings).toEqual({ server: web.url, token: '••••••••' });
    await alice.notify.channels.change({ id: made.id, settings: made.settings });
    web.status = 200;
    await alice.notify.channels.test({ id: made.id });
    expect(web.caught.at(-1)?.headers['x-gotify-key']).toBe('A1');
    const elsewhere = { ...made.settings, server: 'http://127.0.0.1:9' };
    expect(await refusedWith(alice.notify.channels.change({ id: made.id, settings: elsewhere }))).toBe(
      'settings_invalid',
    );
  });
});
