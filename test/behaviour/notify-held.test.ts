import { Client } from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import type { Delivery } from '#contract/notify.ts';
import { Doors } from '../doors.ts';
import { startHouse, type CastName } from '../house.ts';
import { until } from '../until.ts';
import { startWebhookCatcher } from '../webhook-catcher.ts';

const house = await startHouse();
const web = await startWebhookCatcher();
const { alice, bob, carol, olga } = house.as;
const doors = new Doors();
afterAll(async () => {
  await doors.closeAll();
  await house[Symbol.asyncDispose]();
  await web[Symbol.asyncDispose]();
});

const channelOf = (name: string, more: { person?: CastName; everything?: boolean; stormNotices?: number } = {}) =>
  alice.notify.channels.create({
    name,
    kind: 'webhook',
    settings: { hookUrl: `${web.url}/${encodeURIComponent(name)}` },
    language: 'en',
    personId: more.person === undefined ? null : house.ids[more.person],
    everything: more.everything ?? false,
    reminderMinutes: 0,
    stormNotices: more.stormNotices ?? 1_000,
  });
const all = await channelOf('all', { everything: true });

let hosts = 0;
async function watched(name: string) {
  hosts += 1;
  const address = `127.0.0.${150 + hosts}`;
  const port = await doors.open(name, address);
  const host = await alice.estate.hosts.create({ name, address });
  const target = { kind: 'host', id: host.id } as const;
  const check = await alice.watch.checks.create({
    name: `port of ${name}`,
    kind: 'tcp',
    target,
    settings: { port },
    intervalSeconds: 1,
  });
  await until(async () => (await alice.watch.checks.get({ id: check.id })).state === 'up');
  return { name, target, check };
}

/** What the log says of the incident of a thing, once it is so. */
async function logged(causeId: string, wanted: (each: Delivery) => boolean): Promise<Delivery> {
  let found: Delivery | undefined;
  await until(async () => {
    const [ticket] = (await bob.desk.tickets.list({ causeId })).items;
    if (ticket === undefined) return false;
    found = (await carol.notify.deliveries({ ticketId: ticket.id })).items.find(wanted);
    return found !== undefined;
  }, 30_000);
  if (found === undefined) throw new Error('never');
  return found;
}

const lookAfter = (): Promise<void> | undefined =>
  house.vigie.modules.notify.duties
    .find(({ name }) => name === 'look after incidents')
    ?.work(new AbortController().signal);

describe('a held notice says why', () => {
  test('agreed work, by its name', async () => {
    const { name, target } = await watched('work-01');
    await alice.upkeep.windows.create({
      name: 'new disk',
      targets: [target],
      startsAt: new Date(Date.now() - 1_000).toISOString(),
      durationMinutes: 60,
    });
    await until(async () => (await alice.watch.checks.list({ thingId: target.id })).items.length === 1);
    // Asked before anything fails, the routes say so too, and of nothing else.
    const explained = async (thing: typeof target | null) =>
      (await carol.notify.routes.explain({ thing })).items.map(({ held }) => held);
    expect(await explained(target)).toEqual(['Held: agreed work is going on. (new disk)']);
    expect(await explained(null)).toEqual([null]);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await doors.shut(name);
    const held = await logged(target.id, ({ state }) => state === 'held');
    expect(held).toMatchObject({ about: 'opened', answer: 'Held: agreed work is going on. (new disk)' });
    const [french] = (await bob.notify.deliveries({ ticketId: held.ticketId ?? '' })).items;
    expect(french?.answer).toMatch(/^Retenu\s: des travaux convenus sont en cours\. \(new disk\)$/u);
  });

  test('a silence, by its reason, and when it is over the notice goes out', async () => {
    const { name, check, target } = await watched('silent-01');
    const silence = await bob.watch.silences.create({
      checkId: check.id,
      reason: 'known to be slow',
      until: new Date(Date.now() + 600_000).toISOString(),
    });
    await doors.shut(name);
    const held = await logged(target.id, ({ state }) => state === 'held');
    expect(held.answer).toBe('Held: the incident is silenced. (known to be slow)');
    await bob.watch.silences.end({ id: silence.id });
    expect(await logged(target.id, ({ state }) => state === 'delivered')).toMatchObject({
      id: held.id,
      channel: { id: all.id },
    });
  });

  test('what is unreachable because of something else, by number and name, on the incident of that', async () => {
    const parent = await watched('switch-01');
    const child = await watched('behind-01');
    await alice.estate.dependencies.add({ dependent: child.target, on: parent.target });
    await doors.shut(child.name, parent.name);
    await until(async () => (await alice.watch.checks.get({ id: child.check.id })).state === 'unreachable', 30_000);
    await logged(parent.target.id, ({ state }) => state === 'delivered');
    await lookAfter();
    expect(await logged(parent.target.id, ({ about }) => about === 'joined')).toMatchObject({
      state: 'held',
      channel: null,
      answer: 'Held: unreachable because of what this incident is about, which is told of instead. (1: behind-01)',
    });
    await lookAfter();
    const [ticket] = (await bob.desk.tickets.list({ causeId: parent.target.id })).items;
    const { items } = await carol.notify.deliveries({ ticketId: ticket?.id ?? '', about: 'joined' });
    expect(items).toHaveLength(1);
  });

  test('our own line, by the number of checks of which nothing is known', async () => {
    const [line, beyond] = [await watched('line-01'), await watched('beyond-01')];
    await doors.shut(line.name);
    await logged(line.target.id, ({ state }) => state === 'delivered');
    // That a line really fails is seen where there is one to cut (test/e2e/own-line); here, what the log says of it.
    const client = new Client({ connectionString: house.databaseUrl });
    await client.connect();
    await client.query("update desk.alert set check_kind = 'own-line' where check_id = $1", [line.check.id]);
    await client.query(
      `insert into watch.state_change (check_number, at, first_at, agreed_at, from_state, to_state, reason)
       select number, now(), now(), now(), 'up', 'unknown', $2 from watch.check where id = $1`,
      [beyond.check.id, JSON.stringify({ code: 'own_line', data: { fault: 'ours', what: '', count: 1 } })],
    );
    await client.end();
    await lookAfter();
    expect(await logged(line.target.id, ({ about }) => about === 'joined')).toMatchObject({
      state: 'held',
      channel: null,
      answer: 'Held: nothing is known of these checks while our own line fails; this incident is told of instead. (1)',
    });
  });

  test('a storm: what waits for the message that tells many', async () => {
    await channelOf('calm', { everything: true, stormNotices: 1 });
    const [one, other] = [await watched('storm-01'), await watched('storm-02')];
    await doors.shut(one.name);
    await logged(one.target.id, ({ channel, state }) => channel?.name === 'calm' && state === 'delivered');
    await doors.shut(other.name);
    const waiting = await logged(
      other.target.id,
      ({ channel, answer }) => channel?.name === 'calm' && answer.startsWith('Waits'),
    );
    expect(waiting.state).toBe('waiting');
  });
});

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();
const explained = async (thing: { kind: 'host'; id: string }, at?: string) => {
  const { items, silences } = await carol.notify.routes.explain({ thing, ...(at === undefined ? {} : { at }) });
  const told = items.find(({ channel }) => channel.id === all.id);
  return { held: told?.held, silences: silences.map(({ reason, checks }) => [reason, ...checks]) };
};
describe('who would be told, asked before anything fails', () => {
  const silenced = 'Held: the incident is silenced.';

  test('names the silence on it, on what it stands on or on its tag, and none that has ended by then', async () => {
    const below = await watched('asked-01');
    const above = await watched('asked-02');
    await alice.estate.dependencies.add({ dependent: below.target, on: above.target });
    const silence = await bob.watch.silences.create({ target: above.target, reason: 'new switch', until: inAnHour() });
    const whole = { held: `${silenced} (new switch)`, silences: [['new switch']] };
    expect(await explained(below.target)).toEqual(whole);
    expect(await explained(above.target)).toEqual(whole);
    const free = { held: null, silences: [] };
    expect(await explained(below.target, new Date(Date.now() + 7_200_000).toISOString())).toEqual(free);
    await bob.watch.silences.change({ id: silence.id, below: false });
    expect(await explained(below.target)).toEqual(free);
    await bob.watch.silences.change({ id: silence.id, unlessWorse: true });
    expect(await explained(above.target)).toEqual({ held: null, silences: [['new switch']] });
    await bob.watch.silences.end({ id: silence.id });
    expect(await explained(above.target)).toEqual(free);

    await alice.estate.tags.change({ things: [above.target], add: ['asked'], remove: [] });
    await bob.watch.silences.create({ tag: 'asked', reason: 'by tag', until: inAnHour() });
    expect(await explained(below.target)).toEqual({ held: `${silenced} (by tag)`, silences: [['by tag']] });
  });

  test('names our own line while it fails, but for what still answers and for the line itself', async () => {
    const [line, beyond, near] = [await watched('line-02'), await watched('beyond-02'), await watched('near-02')];
    const client = new Client({ connectionString: house.databaseUrl });
    await client.connect();
    const put = (id: string, changes: string) => client.query(`update watch.check set ${changes} where id = $1`, [id]);
    await put(line.check.id, "kind = 'own-line', state = 'down'");
    await put(beyond.check.id, "state = 'unknown'");
    const held = 'Held: our own line fails, so nothing is known of it; the line is told of instead.';
    expect(await explained(beyond.target)).toEqual({ held, silences: [] });
    expect(await explained(near.target)).toEqual({ held: null, silences: [] });
    expect(await explained(line.target)).toEqual({ held: null, silences: [] });
    // How the line does in an hour nobody knows.
    expect(await explained(beyond.target, inAnHour())).toEqual({ held: null, silences: [] });
    await put(line.check.id, "kind = 'tcp', state = 'up'");
    await put(beyond.check.id, "state = 'up'");
    expect(await explained(beyond.target)).toEqual({ held: null, silences: [] });
    await client.end();
  });

  test('tells silences of some checks apart, and holds when together they cover all', async () => {
    const { target, check } = await watched('asked-03');
    const more = await alice.watch.checks.create({
      name: '100%_É of asked-03',
      kind: 'tcp',
      target,
      settings: { port: 9 },
      intervalSeconds: 3_600,
    });
    const byName = (pattern: string, reason: string) =>
      bob.watch.silences.create({ pattern, reason, until: inAnHour() });
    await byName('100_*', 'no sign but * stands for another');
    await byName('100%_é of*', 'one');
    expect(await explained(target)).toEqual({ held: null, silences: [['one', more.name]] });
    await bob.watch.silences.create({ checkId: check.id, reason: 'other', until: inAnHour() });
    const both = await explained(target);
    expect(both.held).toBe(`${silenced} (one; other)`);
    expect(new Set(both.silences.map((each) => each.join(': ')))).toEqual(
      new Set([`one: ${more.name}`, `other: ${check.name}`]),
    );
    await alice.watch.checks.remove({ id: more.id });
    expect(await explained(target)).toEqual({ held: `${silenced} (other)`, silences: [['other']] });
  });

  test('names what is down above it, which would be told of instead', async () => {
    const [above, below] = [await watched('asked-04'), await watched('asked-05')];
    await alice.estate.dependencies.add({ dependent: below.target, on: above.target });
    await doors.shut(above.name);
    await until(async () => (await alice.watch.checks.get({ id: above.check.id })).state === 'down', 30_000);
    expect((await explained(below.target)).held).toBe(
      'Held: what it stands on is down, which is told of instead. (asked-04)',
    );
    const [french] = (await bob.notify.routes.explain({ thing: below.target })).items;
    expect(french?.held).toContain('est en panne');
  });
});

describe('who a cover concerns', () => {
  test('is told of it: the asked person first, both when it is agreed', async () => {
    await channelOf('bob’s', { person: 'bob' });
    await channelOf('olga’s', { person: 'olga' });
    const rota = await alice.people.rotas.create({
      name: 'Nights',
      timeZone: 'Europe/Paris',
      layers: [{ name: 'all', personIds: [house.ids.bob], everyDays: 7, startsOn: '2026-01-05' }],
    });
    const from = new Date(Date.now() + 3_600_000).toISOString();
    const to = new Date(Date.now() + 7_200_000).toISOString();
    const cover = await bob.people.covers.ask({
      rotaId: rota.id,
      personId: house.ids.olga,
      from,
      until: to,
      note: 'dentist',
    });
    const coversOf = async () =>
      (await carol.notify.deliveries({ about: 'cover' })).items.map(
        ({ channel, subject }) => `${channel?.name ?? '-'}: ${subject}`,
      );
    await until(async () => (await coversOf()).length === 1);
    expect(await coversOf()).toEqual(['olga’s: [Vigie] Bob Tremblay asks you to be on call on “Nights”']);
    await olga.people.covers.answer({ id: cover.id, accept: true });
    await until(async () => (await coversOf()).length === 3);
    expect((await coversOf()).toSorted().map((line) => line.split(':')[0])).toEqual(['bob’s', 'olga’s', 'olga’s']);
    const mine = await carol.notify.deliveries({ about: 'cover', personId: house.ids.bob });
    expect(mine.items).toHaveLength(1);
  });

  test('and where that person has no channel, the log says that nobody told them', async () => {
    const rota = await alice.people.rotas.create({
      name: 'Weekends',
      timeZone: 'Europe/Paris',
      layers: [{ name: 'all', personIds: [house.ids.bob], everyDays: 7, startsOn: '2026-01-05' }],
    });
    await bob.people.covers.ask({
      rotaId: rota.id,
      personId: house.ids.alice,
      from: new Date(Date.now() + 3_600_000).toISOString(),
      until: new Date(Date.now() + 7_200_000).toISOString(),
    });
    let told: Delivery | undefined;
    await until(async () => {
      const { items } = await carol.notify.deliveries({ about: 'cover' });
      told = items.find(({ subject }) => subject.includes('Weekends'));
      return told !== undefined;
    });
    expect(told).toMatchObject({
      state: 'held',
      channel: null,
      answer: 'Not sent: this person has no channel. (Alice Martin)',
    });
  });
});

describe('the log', () => {
  test('is paged from the last line of the page before, and filtered by person, channel and time', async () => {
    const first = await carol.notify.deliveries({ limit: 2 });
    expect(first.items).toHaveLength(2);
    const second = await carol.notify.deliveries({ limit: 2, ...(first.next === null ? {} : { after: first.next }) });
    expect(second.items.map(({ id }) => id)).not.toEqual(first.items.map(({ id }) => id));
    expect((await carol.notify.deliveries({ until: '2020-01-01T00:00:00Z' })).total).toBe(0);
    const byChannel = await carol.notify.deliveries({ channelId: all.id });
    expect(new Set(byChannel.items.map(({ channel }) => channel?.id))).toEqual(new Set([all.id]));
  });

  test('is a CSV of all that matches', async () => {
    const { total } = await carol.notify.deliveries({});
    const file = await carol.notify.deliveriesCsv({ language: 'en' });
    expect(file.type).toContain('text/csv');
    const lines = (await file.text()).trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^time,state,about,channel/u);
    expect(lines).toHaveLength(total + 1);
    const held = await (await carol.notify.deliveriesCsv({ state: 'held', separator: 'semicolon' })).text();
    expect(held).toContain('new disk');
    expect(held).not.toContain('Z;delivered;');
  });
});
