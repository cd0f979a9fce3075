import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Ticket } from '#contract/desk.ts';
import type { z } from 'zod';
import type { delivery } from '#contract/notify.ts';
import type { NamedThing } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import { failureOf } from '../failure.ts';
import { freePort } from '../free-port.ts';
import { startHouse, type House } from '../house.ts';
import { startMailCatcher, type CaughtMail, type MailCatcher } from '../mail-catcher.ts';
import { openOutbox, type Outbox } from '../outbox.ts';
import { addUpkeepHost } from '../upkeep-host.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../webhook-catcher.ts';

type Delivery = z.infer<typeof delivery>;

/** The real time, moved on by the tests. */
const moved = { ms: 0 };
const clock: Clock = { now: () => new Date(Date.now() + moved.ms) };

let house: House;
let outbox: Outbox;
let mail: MailCatcher;
let web: WebhookCatcher;
const channels = { bob: '', all: '', hook: '' };

beforeAll(async () => {
  house = await startHouse({ clock });
  outbox = openOutbox(house.databaseUrl, clock);
  mail = await startMailCatcher({ user: { name: 'vigie', password: 'mail secret' } });
  web = await startWebhookCatcher();
  await setServer(mail.port);
  const { channels: made } = house.as.alice.notify;
  const [bob, all, hook] = [
    await made.create({
      name: 'Bob',
      kind: 'mail',
      settings: { address: 'bob@vigie.test' },
      stormNotices: 1000,
      language: 'en',
      personId: house.ids.bob,
    }),
    await made.create({
      name: 'On call',
      kind: 'mail',
      settings: { address: 'oncall@vigie.test' },
      stormNotices: 1000,
      language: 'en',
      from: 'high',
    }),
    await made.create({
      name: 'Chat',
      kind: 'webhook',
      settings: { hookUrl: `${web.url}/T0/secret` },
      stormNotices: 1000,
      language: 'fr',
    }),
  ];
  channels.bob = bob.id;
  channels.all = all.id;
  channels.hook = hook.id;
});
afterAll(async () => {
  await outbox[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
  await mail[Symbol.asyncDispose]();
  await web[Symbol.asyncDispose]();
});

function setServer(port: number): Promise<unknown> {
  return house.as.alice.notify.mailServer.set({
    host: '127.0.0.1',
    port,
    security: 'none',
    user: 'vigie',
    password: 'mail secret',
    from: 'vigie@company.test',
  });
}

let hosts = 0;
async function addHost(name: string): Promise<NamedThing> {
  hosts += 1;
  const { id } = await house.as.bob.estate.hosts.create({ name, address: `192.0.2.${hosts}` });
  return { kind: 'host', id, name };
}

function ticketOf(cause: NamedThing, ready: (ticket: Ticket) => boolean = () => true): Promise<Ticket> {
  return vi.waitFor(
    async () => {
      const { items } = await house.as.bob.desk.tickets.list({ causeId: cause.id });
      const found = items.find(ready);
      if (found === undefined) throw new Error('not yet');
      return found;
    },
    { timeout: 10_000, interval: 20 },
  );
}

/** The log of an incident, oldest first, once it is as wanted. */
function logOf(ticketId: string, ready: (log: Delivery[]) => boolean): Promise<Delivery[]> {
  return vi.waitFor(
    async () => {
      const { items } = await house.as.carol.notify.deliveries({ ticketId });
      const log = items.toReversed();
      if (!ready(log)) throw new Error(`not yet: ${JSON.stringify(log)}`);
      return log;
    },
    { timeout: 10_000, interval: 20 },
  );
}

const settled = (log: readonly Delivery[]): boolean => log.length > 0 && log.every(({ state }) => state !== 'waiting');
const line = ({ channel, about, state }: Delivery): string => `${channel?.name ?? ''}: ${about} ${state}`;
const mailsOf = (number: number): Promise<Awaited<CaughtMail['mail']>[]> =>
  Promise.all(mail.caught.map((caught) => caught.mail)).then((mails) =>
    mails.filter(({ subject }) => subject?.includes(`#${number}]`)),
  );

/** Looks after open incidents, as Vigie does by itself every twenty seconds. */
async function lookAfter(): Promise<void> {
  const duty = house.vigie.modules.notify.duties.find(({ name }) => name === 'look after incidents');
  await duty?.work(new AbortController().signal);
}

describe('an incident', () => {
  it('is told to each channel once at its opening and once at its recovery, in the channel’s language', async () => {
    const host = await addHost('web-1');
    const failure = failureOf(host);
    await outbox.publish('watch.alertRaised', failure.raised);
    const ticket = await ticketOf(host);
    await logOf(ticket.id, (log) => log.length === 3 && settled(log));
    await outbox.publish('watch.alertRaised', failureOf(host, { check: 'TCP' }).raised);
    await ticketOf(host, ({ alertCount }) => alertCount === 2);
    await lookAfter();
    const late = await house.as.bob.desk.tickets.get({ id: ticket.id });
    for (const { alertId, checkName, checkId } of late.alerts) {
      const one = failureOf(host, { check: checkName, checkId });
      await outbox.publish('watch.alertCleared', { ...one.cleared(252), alertId });
    }
    await ticketOf(host, ({ state }) => state === 'solved');
    const log = await logOf(ticket.id, (all) => all.length === 5 && settled(all));
    expect(log.map(line).toSorted((one, other) => one.localeCompare(other))).toEqual([
      'Bob: opened delivered',
      'Bob: solved delivered',
      'Chat: opened delivered',
      'Chat: solved delivered',
      'On call: opened held',
    ]);
    expect(log.find(({ channel }) => channel?.name === 'On call')?.answer).toMatch(/below/u);
    const [opened, solved] = await mailsOf(ticket.number);
    expect(opened?.subject).toBe(`[Vigie #${ticket.number}] web-1\u00A0: connexion refusée`);
    expect(opened?.text).toContain(`http://vigie.test/desk/tickets/${ticket.id}`);
    expect(solved?.subject).toBe(`[Vigie #${ticket.number}] Rétabli\u00A0: web-1\u00A0: connexion refusée`);
    expect(solved?.text).toContain('Panne mesurée\u00A0: 4\u00A0min 12\u00A0s.');
    expect(solved?.html).toContain('<html lang="fr">');
    expect(await mailsOf(ticket.number)).toHaveLength(2);
  });

  it('is one thread of mails that no machine answers', async () => {
    const host = await addHost('web-2');
    const failure = failureOf(host);
    await outbox.publish('watch.alertRaised', failure.raised);
    const { id, number } = await ticketOf(host);
    await outbox.publish('watch.alertCleared', failure.cleared(10));
    await logOf(
      id,
      (log) => log.filter(({ about, state }) => about === 'solved' && state === 'delivered').length === 2,
    );
    const mails = await mailsOf(number);
    expect(mails).toHaveLength(2);
    const log = await logOf(id, settled);
    for (const one of mails) {
      expect(one.references).toBe(`<vigie-${id}@company.test>`);
      expect(one.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
      expect(one.from).toMatchObject({ name: 'Vigie', address: 'vigie@company.test' });
      expect(log.map((delivered) => `<${delivered.id}@company.test>`)).toContain(one.messageId);
    }
  });

  it('reaches a webhook as JSON with the notice and its words', async () => {
    const host = await addHost('web-3');
    await outbox.publish('watch.alertRaised', failureOf(host).raised);
    const { id, number } = await ticketOf(host);
    const log = await logOf(id, settled);
    const sent = web.caught.find(({ body }) => JSON.stringify(body).includes(id));
    const delivered = log.find(({ channel }) => channel?.kind === 'webhook');
    expect(sent?.path).toBe('/T0/secret');
    expect(sent?.headers['idempotency-key']).toBe(delivered?.id);
    expect(sent?.body).toMatchObject({
      id: delivered?.id,
      language: 'fr',
      subject: `[Vigie #${number}] web-3\u00A0: connexion refusée`,
      url: `http://vigie.test/desk/tickets/${id}`,
      notice: { about: 'opened', number, title: { en: 'web-3: connection refused' } },
    });
    expect(delivered?.answer).toBe('204 No Content');
  });

  it('that was silenced is held with the reason, and told once something fails that is not', async () => {
    const host = await addHost('web-4');
    await outbox.publish('watch.alertRaised', failureOf(host, { silenced: true }).raised);
    const { id } = await ticketOf(host);
    const held = await logOf(id, (log) => log.length === 3);
    expect(held.map(({ state }) => state)).toEqual(['held', 'held', 'held']);
    expect(held[0]?.answer).toContain('silenced');
    await outbox.publish('watch.alertRaised', failureOf(host, { check: 'TCP' }).raised);
    await ticketOf(host, ({ alertCount }) => alertCount === 2);
    await lookAfter();
    const told = await logOf(id, settled);
    expect(told.filter(({ state }) => state === 'delivered').map(({ channel }) => channel?.name)).toHaveLength(2);
  });

  it('is recalled until somebody takes it in hand', async () => {
    const host = await addHost('web-5');
    await outbox.publish('watch.alertRaised', failureOf(host).raised);
    const { id, number } = await ticketOf(host);
    await logOf(id, settled);
    const reminders = async (): Promise<number> =>
      (await logOf(id, settled)).filter(({ about, channel }) => about === 'reminder' && channel?.name === 'Bob').length;
    await lookAfter();
    expect(await reminders()).toBe(0);
    moved.ms += 31 * 60_000;
    await lookAfter();
    await lookAfter();
    expect(await reminders()).toBe(1);
    moved.ms += 31 * 60_000;
    await lookAfter();
    expect(await reminders()).toBe(2);
    expect((await mailsOf(number)).at(-1)?.subject).toContain('Rappel\u00A0:');
    await house.as.bob.desk.tickets.acknowledge({ id });
    moved.ms += 31 * 60_000;
    await lookAfter();
    expect(await reminders()).toBe(2);
  });
});

/** A run that somebody proposes. */
const proposal = (host: NamedThing, safe: boolean) => ({
  runId: uuid(),
  runbookId: uuid(),
  runbookName: 'Relancer nginx',
  host,
  incidentId: null,
  // A name that is nobody's: who proposed is known by the id.
  by: 'B. Tremblay',
  byId: house.ids.bob,
  safe,
});

describe('a run that waits for approval', () => {
  it('is told once to whoever else may approve it; a safe one to nobody', async () => {
    const host = await addHost('web-6');
    const [safe, other] = [proposal(host, true), proposal(host, false)];
    await outbox.publish('upkeep.runProposed', safe);
    await outbox.publish('upkeep.runProposed', other);
    await outbox.publish('upkeep.runProposed', other);
    const asked = await vi.waitFor(async () => {
      const { items } = await house.as.carol.notify.deliveries({});
      const about = items.filter((one) => one.about === 'approval');
      expect(about.filter(({ state }) => state === 'delivered')).toHaveLength(2);
      return about;
    });
    expect(asked).toHaveLength(2);
    expect(asked.map(({ channel }) => channel?.name)).not.toContain('Bob');
    const sent = web.caught.find(({ body }) => JSON.stringify(body).includes(other.runId));
    expect(sent?.body['url']).toBe(`http://vigie.test/upkeep/runs/${other.runId}`);
    expect(sent?.body['subject']).toBe('[Vigie] À approuver\u00A0: «\u00A0Relancer nginx\u00A0» sur web-6');
    expect(JSON.stringify(web.caught)).not.toContain(safe.runId);
  });

  it('is not asked about any more once it was decided', async () => {
    await setServer(await freePort());
    await using host = await addUpkeepHost(house);
    const book = await house.as.bob.upkeep.runbooks.create({
      name: 'Vider le cache',
      steps: [{ kind: 'command', title: 'work', command: 'true' }],
    });
    const run = await house.as.olga.upkeep.runs.propose({ runbookId: book.id, hostId: host.hostId });
    const about = async (done: (item: Delivery) => boolean): Promise<Delivery> =>
      vi.waitFor(async () => {
        const { items } = await house.as.carol.notify.deliveries({ channelId: channels.bob });
        const item = items.find(({ subject }) => subject.includes('Vider le cache'));
        if (item === undefined || !done(item)) throw new Error('not yet');
        return item;
      });
    expect(await about(({ answer }) => answer !== '')).toMatchObject({ state: 'waiting' });
    await house.as.bob.upkeep.runs.refuse({ id: run.id, reason: 'not now' });
    await setServer(mail.port);
    const held = await about(({ state }) => state !== 'waiting');
    expect(held.state).toBe('held');
    expect(held.answer).toMatch(/^Held: the run was decided meanwhile\./u);
    expect(JSON.stringify(await Promise.all(mail.caught.map((one) => one.mail)))).not.toContain('Vider le cache');
  });
});

describe('a mail server that is down', () => {
  it('for an hour loses nothing, and what is true no more is told in one mail', async () => {
    await setServer(await freePort());
    const host = await addHost('web-7');
    const failure = failureOf(host);
    await outbox.publish('watch.alertRaised', failure.raised);
    const { id, number } = await ticketOf(host);
    const waiting = await logOf(id, (log) => log.some(({ answer, state }) => answer !== '' && state === 'waiting'));
    expect(waiting.find(({ channel }) => channel?.name === 'Bob')?.answer).toMatch(
      /could not be reached.*ECONNREFUSED/u,
    );
    await outbox.publish('watch.alertCleared', failure.cleared(30));
    await ticketOf(host, ({ state }) => state === 'solved');
    await logOf(id, (all) => all.some(({ about, channel }) => about === 'solved' && channel?.name === 'Bob'));
    moved.ms += 60 * 60_000;
    await setServer(mail.port);
    const log = await logOf(id, (all) => all.length === 5 && settled(all));
    expect((await mailsOf(number)).map(({ subject }) => subject)).toEqual([
      `[Vigie #${number}] Rétabli\u00A0: web-7\u00A0: connexion refusée`,
    ]);
    const opened = log.find(({ about, channel }) => about === 'opened' && channel?.name === 'Bob');
    expect(opened).toMatchObject({ state: 'held' });
    expect(opened?.answer).toMatch(/later notice/u);
  });

  it('that refuses a mail for good is believed; one that says later is asked again', async () => {
    mail.behaviour = { answer: 'refuse', code: 451, words: 'Try later' };
    const host = await addHost('web-8');
    await outbox.publish('watch.alertRaised', failureOf(host).raised);
    const { id } = await ticketOf(host);
    const later = await logOf(id, (log) => log.some(({ answer, state }) => answer !== '' && state === 'waiting'));
    expect(later.find(({ channel }) => channel?.name === 'Bob')?.answer).toContain('451');
    mail.behaviour = { answer: 'refuse', code: 554, words: 'Not wanted here' };
    moved.ms += 60_000;
    await setServer(mail.port);
    const failed = await logOf(id, settled);
    const last = failed.find(({ channel }) => channel?.name === 'Bob');
    expect(last).toMatchObject({ state: 'failed', attempts: 2 });
    expect(last?.answer).toContain('Not wanted here');
    mail.behaviour = { answer: 'take' };
  });
});
