import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Ticket, TicketWhole } from '#contract/desk.ts';
import type { NamedThing } from '#contract/words.ts';
import { failureOf } from '../failure.ts';
import { startHouse, type House } from '../house.ts';
import { openOutbox, type Outbox } from '../outbox.ts';
import { refusedWith } from '../refused-with.ts';

let house: House;
let outbox: Outbox;
beforeAll(async () => {
  house = await startHouse();
  outbox = openOutbox(house.databaseUrl);
});
afterAll(async () => {
  await outbox[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
});

let hosts = 0;
async function addHost(name: string): Promise<NamedThing> {
  hosts += 1;
  const { id } = await house.as.bob.estate.hosts.create({ name, address: `192.0.2.${hosts}` });
  return { kind: 'host', id, name };
}

/** Waits until the incident of a cause is as wanted. */
async function incidentOf(cause: NamedThing, ready: (ticket: Ticket) => boolean = () => true): Promise<TicketWhole> {
  return vi.waitFor(
    async () => {
      const { items } = await house.as.carol.desk.tickets.list({ causeId: cause.id });
      const [newest] = items;
      if (newest === undefined || !ready(newest)) throw new Error(`not yet: ${JSON.stringify(newest)}`);
      return house.as.carol.desk.tickets.get({ id: newest.id });
    },
    { timeout: 10_000, interval: 20 },
  );
}

const kinds = (ticket: TicketWhole): string[] => ticket.events.map(({ kind }) => kind);

describe('an incident', () => {
  it('is opened once for a cause, however many checks fail, and measured from the first failing result', async () => {
    const host = await addHost('web-1');
    const early = failureOf(host, { failingSince: new Date('2026-11-20T07:59:30Z') });
    const all = [early, failureOf(host, { check: 'TLS' }), failureOf(host, { check: 'TCP' }), failureOf(host)];
    await Promise.all(all.map(({ raised }) => outbox.publish('watch.alertRaised', raised)));
    const ticket = await incidentOf(host, ({ alertCount }) => alertCount === 4);
    expect(ticket).toMatchObject({
      kind: 'incident',
      state: 'open',
      title: 'web-1: connection refused',
      cause: host,
      failingSince: '2026-11-20T07:59:30.000Z',
      openAlertCount: 4,
    });
    expect((await house.as.carol.desk.tickets.list({ causeId: host.id })).total).toBe(1);
    expect(kinds(ticket).toSorted((one, other) => one.localeCompare(other))).toEqual([
      'alert_added',
      'alert_added',
      'alert_added',
      'opened',
    ]);
  });

  it('is told in the reader’s language, with a person’s own words as typed', async () => {
    const host = await addHost('web-2');
    await outbox.publish('watch.alertRaised', failureOf(host).raised);
    const { id } = await incidentOf(host);
    await house.as.bob.desk.tickets.comment({ id, text: 'Je regarde <b>maintenant</b>' });
    const [french, english] = [
      await house.as.bob.desk.tickets.get({ id }),
      await house.as.olga.desk.tickets.get({ id }),
    ];
    expect(french.title).toBe('web-2\u00A0: connexion refusée');
    expect(french.events[0]?.text).toBe(
      'Incident ouvert\u00A0: le contrôle «\u00A0HTTP\u00A0» de web-2 échoue. connexion refusée',
    );
    expect(english.events[0]?.text).toBe('Incident opened: the check “HTTP” of web-2 fails. connection refused');
    for (const { events } of [french, english])
      expect(events[1]).toMatchObject({ text: 'Je regarde <b>maintenant</b>', who: { name: 'Bob Tremblay' } });
  });

  it('is proposed as resolved with the measured outage when the last check is well, and resolved by a person', async () => {
    const host = await addHost('web-3');
    const [one, two] = [failureOf(host), failureOf(host, { check: 'TCP' })];
    await outbox.publish('watch.alertRaised', one.raised);
    await outbox.publish('watch.alertRaised', two.raised);
    await incidentOf(host, ({ alertCount }) => alertCount === 2);
    await outbox.publish('watch.alertCleared', one.cleared(240));
    const half = await incidentOf(host, ({ openAlertCount }) => openAlertCount === 1);
    expect(half).toMatchObject({ state: 'open', outageSeconds: null });
    await outbox.publish('watch.alertCleared', two.cleared(252));
    const solved = await incidentOf(host, ({ state }) => state === 'solved');
    expect(solved).toMatchObject({ goodSince: '2026-11-20T08:04:12.000Z', outageSeconds: 252, resolvedAt: null });
    expect(solved.events.at(-1)?.text).toContain('4\u00A0min 12\u00A0s');
    const resolved = await house.as.bob.desk.tickets.resolve({
      id: solved.id,
      causeText: 'Disque plein',
      remedyText: 'Purge des journaux',
    });
    expect(resolved).toMatchObject({
      state: 'resolved',
      resolvedBy: { name: 'Bob Tremblay', id: house.ids.bob },
      causeText: 'Disque plein',
      outageSeconds: 252,
    });
    expect(
      await refusedWith(house.as.olga.desk.tickets.resolve({ id: solved.id, causeText: 'x', remedyText: 'y' })),
    ).toBe('already_resolved');
  });

  it('is reopened when it fails again before a person agreed, and the outage goes on', async () => {
    const host = await addHost('web-4');
    const first = failureOf(host);
    await outbox.publish('watch.alertRaised', first.raised);
    await incidentOf(host);
    await outbox.publish('watch.alertCleared', first.cleared(60));
    await incidentOf(host, ({ state }) => state === 'solved');
    const again = failureOf(host, { failingSince: new Date('2026-11-20T08:02:00Z') });
    await outbox.publish('watch.alertRaised', again.raised);
    const open = await incidentOf(host, ({ state }) => state === 'open');
    expect(open).toMatchObject({ goodSince: null, outageSeconds: null, alertCount: 2, openAlertCount: 1 });
    expect(kinds(open)).toContain('reopened');
    await outbox.publish('watch.alertCleared', again.cleared(30));
    expect(await incidentOf(host, ({ state }) => state === 'solved')).toMatchObject({ outageSeconds: 150 });
  });

  it('that was resolved stays so: a new failure of the same cause opens another', async () => {
    const host = await addHost('web-5');
    const first = failureOf(host);
    await outbox.publish('watch.alertRaised', first.raised);
    const { id, number } = await incidentOf(host);
    await outbox.publish('watch.alertCleared', first.cleared(5));
    await incidentOf(host, ({ state }) => state === 'solved');
    await house.as.bob.desk.tickets.resolve({ id, causeText: 'c', remedyText: 'r' });
    await outbox.publish('watch.alertRaised', failureOf(host).raised);
    const second = await incidentOf(host, ({ state }) => state === 'open');
    expect(second.number).toBeGreaterThan(number);
  });

  it('has its priority from the services that suffer, until a person says otherwise', async () => {
    const host = await addHost('erp-db');
    const service = await house.as.bob.estate.services.create({ name: 'ERP', importance: 'critical' });
    await house.as.bob.estate.dependencies.add({
      dependent: { kind: 'service', id: service.id },
      on: { kind: 'host', id: host.id },
    });
    await outbox.publish('watch.alertRaised', failureOf(host, { state: 'degraded' }).raised);
    const { id } = await incidentOf(host);
    expect((await house.as.carol.desk.tickets.get({ id })).priority).toBe('high');
    await outbox.publish('watch.alertRaised', failureOf(host, { check: 'TCP' }).raised);
    await incidentOf(host, ({ priority }) => priority === 'critical');
    await house.as.bob.desk.tickets.change({ id, priority: 'normal' });
    await outbox.publish('watch.alertRaised', failureOf(host, { check: 'TLS' }).raised);
    expect((await incidentOf(host, ({ alertCount }) => alertCount === 3)).priority).toBe('normal');
  });

  it('tells the runs for it, and keeps which runbooks helped', async () => {
    const host = await addHost('web-6');
    await outbox.publish('watch.alertRaised', failureOf(host).raised);
    const { id } = await incidentOf(host);
    const run = {
      runId: uuid(),
      runbookId: uuid(),
      runbookName: 'Relancer nginx',
      host,
      incidentId: id,
      by: 'Bob Tremblay',
      safe: false,
    };
    await outbox.publish('upkeep.runProposed', run);
    await outbox.publish('upkeep.runApproved', { ...run, approvedBy: 'Olga Petit' });
    await outbox.publish('upkeep.runEnded', {
      ...run,
      state: 'succeeded',
      startedAt: '2026-11-20T08:03:00Z',
      endedAt: '2026-11-20T08:03:07Z',
    });
    const ticket = await vi.waitFor(async () => {
      const whole = await house.as.bob.desk.tickets.get({ id });
      expect(kinds(whole)).toEqual(expect.arrayContaining(['run_proposed', 'run_approved', 'run_ended']));
      return whole;
    });
    const approved = ticket.events.find(({ kind }) => kind === 'run_approved');
    expect(approved).toMatchObject({ runId: run.runId, who: { kind: 'person', name: 'Olga Petit' } });
    expect(ticket.events.find(({ kind }) => kind === 'run_ended')?.text).toBe(
      'L’exécution de «\u00A0Relancer nginx\u00A0» sur web-6 a réussi après 7\u00A0s.',
    );
  });
});

describe('an operator', () => {
  it('opens an incident by hand on a thing of the estate', async () => {
    const host = await addHost('printer-1');
    const ticket = await house.as.bob.desk.tickets.create({
      title: 'Bourrage papier',
      description: 'Deuxième étage',
      priority: 'low',
      cause: { kind: 'host', id: host.id },
    });
    expect(ticket).toMatchObject({
      title: 'Bourrage papier',
      priority: 'low',
      state: 'open',
      cause: host,
      alertCount: 0,
    });
    expect(ticket.events).toMatchObject([{ kind: 'opened', text: 'Deuxième étage', who: { name: 'Bob Tremblay' } }]);
    expect(
      await refusedWith(house.as.bob.desk.tickets.create({ title: 'x', cause: { kind: 'site', id: host.id } })),
    ).toBe('not_found');
  });

  it('takes it, gives it to a colleague and writes down cause and remedy; each is in the story once', async () => {
    const { id } = await house.as.bob.desk.tickets.create({ title: 'Lenteur' });
    expect(await house.as.bob.desk.tickets.acknowledge({ id })).toMatchObject({
      state: 'in_progress',
      acknowledgedBy: { name: 'Bob Tremblay' },
      assignee: { name: 'Bob Tremblay' },
    });
    expect(await house.as.olga.desk.tickets.acknowledge({ id })).toMatchObject({ assignee: { name: 'Olga Petit' } });
    await house.as.bob.desk.tickets.assign({ id, personId: house.ids.olga });
    await house.as.bob.desk.tickets.assign({ id, personId: house.ids.olga });
    await house.as.olga.desk.tickets.change({ id, causeText: 'Réseau saturé', title: 'Lenteur du réseau' });
    const ticket = await house.as.olga.desk.tickets.change({ id, causeText: 'Réseau saturé' });
    expect(ticket).toMatchObject({
      acknowledgedBy: { name: 'Bob Tremblay' },
      assignee: { name: 'Olga Petit' },
      title: 'Lenteur du réseau',
    });
    expect(kinds(ticket)).toEqual(['opened', 'acknowledged', 'assigned', 'changed', 'cause']);
  });

  it('cannot give a ticket to somebody who does not work in Vigie', async () => {
    const { id } = await house.as.bob.desk.tickets.create({ title: 'Souris' });
    expect(await refusedWith(house.as.bob.desk.tickets.assign({ id, personId: house.ids.dan }))).toBe('not_found');
  });

  it('finds tickets by number, words and state, page by page', async () => {
    const made: Ticket[] = [];
    for (const word of ['un', 'deux', 'trois'])
      made.push(await house.as.bob.desk.tickets.create({ title: `Recherche ${word}` }));
    const first = await house.as.carol.desk.tickets.list({ search: 'recherche', limit: 2, open: 'true' });
    expect(first.items.map(({ title }) => title)).toEqual(['Recherche trois', 'Recherche deux']);
    expect(first.total).toBe(3);
    const second = await house.as.carol.desk.tickets.list({ search: 'recherche', limit: 2, after: first.next ?? '' });
    expect(second.items.map(({ title }) => title)).toEqual(['Recherche un']);
    const byNumber = await house.as.carol.desk.tickets.list({ search: `#${made[0]?.number ?? 0}` });
    expect(byNumber.items.map(({ id }) => id)).toEqual([made[0]?.id]);
    expect((await house.as.carol.desk.tickets.list({ search: 'recherche', open: 'false' })).total).toBe(0);
  });
});

describe('the desk', () => {
  it('is read but not written by the auditor, and closed to the requester', async () => {
    const { id } = await house.as.bob.desk.tickets.create({ title: 'Accès' });
    expect((await house.as.carol.desk.tickets.get({ id })).title).toBe('Accès');
    expect(await refusedWith(house.as.carol.desk.tickets.comment({ id, text: 'x' }))).toBe('forbidden');
    expect(await refusedWith(house.as.carol.desk.tickets.acknowledge({ id }))).toBe('forbidden');
    expect(await refusedWith(house.as.dan.desk.tickets.list({}))).toBe('forbidden');
    expect(await refusedWith(house.as.nobody.desk.tickets.get({ id }))).toBe('signed_out');
    expect(await refusedWith(house.as.bob.desk.tickets.get({ id: uuid() }))).toBe('not_found');
  });
});
