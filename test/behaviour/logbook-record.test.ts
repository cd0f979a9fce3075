import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { FactName, FactPayload } from '#contract/facts.ts';
import type { NamedThing } from '#contract/words.ts';
import { openOutbox, type Outbox } from '../outbox.ts';
import { refusedWith } from '../refused-with.ts';
import { startHouse, type House } from '../house.ts';

let house: House;
let facts: Outbox;
let database: Client;
beforeAll(async () => {
  house = await startHouse();
  facts = openOutbox(house.databaseUrl);
  database = new Client({ connectionString: house.databaseUrl });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await facts[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
});

function publish<Name extends FactName>(name: Name, payload: FactPayload<Name>): Promise<void> {
  return facts.publish(name, payload);
}

async function until<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (let turn = 0; turn < 200; turn += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come');
}

const web: NamedThing = { kind: 'host', id: uuid(), name: 'web-01' };
const restart = { runbookId: uuid(), runbookName: 'Restart nginx' };
let number = 0;

/** Tells the facts of one incident from its alert to its resolution. */
async function incident(story: {
  cause?: NamedThing;
  title?: { en: string; fr: string };
  summary?: { en: string; fr: string };
  runs?: { runbookId: string; runbookName: string; state: 'succeeded' | 'failed' }[];
  solutionId?: string;
  by?: string;
  resolve?: boolean;
}): Promise<string> {
  const ticketId = uuid();
  number += 1;
  const cause = story.cause ?? web;
  const failingSince = new Date().toISOString();
  const summary = story.summary ?? { en: 'connection refused on port 80', fr: 'connexion refusée sur le port 80' };
  const title = story.title ?? { en: `${cause.name} is down`, fr: `${cause.name} est en panne` };
  const causeKey = `host ${cause.id} ${number}`;
  const common = { ticketId, number, title, priority: 'high', cause, causeKey, failingSince } as const;
  await publish('watch.alertRaised', {
    alertId: uuid(),
    checkId: uuid(),
    checkName: 'Web page',
    checkKind: 'http',
    target: cause,
    cause,
    causeKey,
    state: 'down',
    failingSince,
    summary,
    silenced: false,
  });
  await publish('desk.incidentOpened', { ...common, summary, silenced: false });
  const written = async (count: number): Promise<void> => {
    await until(async () => {
      const { total } = await house.as.bob.logbook.entries.list({ ticketId });
      return total >= count ? total : undefined;
    });
  };
  await written(1);
  for (const { state, ...runbook } of story.runs ?? []) {
    const run = { runId: uuid(), ...runbook, host: cause, incidentId: ticketId, by: 'Bob Tremblay', safe: true };
    await publish('upkeep.runEnded', { ...run, state, startedAt: failingSince, endedAt: new Date().toISOString() });
  }
  await written(1 + (story.runs?.length ?? 0));
  if (story.resolve === false) return ticketId;
  await publish('desk.incidentResolved', {
    ...common,
    by: story.by ?? 'Bob Tremblay',
    goodSince: new Date().toISOString(),
    outageSeconds: 252.4,
    causeText: 'Le service nginx était arrêté.',
    remedyText: 'Redémarrer nginx.',
    solutionId: story.solutionId ?? null,
    runbookIds: (story.runs ?? []).map(({ runbookId }) => runbookId),
  });
  await written(2 + (story.runs?.length ?? 0));
  return ticketId;
}

/** With ordinary spaces, so that the test can be read. */
function plain(text: string): string {
  return text.replaceAll('\u00A0', ' ');
}

describe('the logbook by itself', () => {
  it('tells the story of an incident, in each reader’s language', async () => {
    const ticketId = await incident({ runs: [{ ...restart, state: 'succeeded' }] });
    const french = await house.as.bob.logbook.entries.list({ ticketId });
    expect(french.items.map(({ text }) => plain(text))).toEqual([
      'Incident résolu après une panne de 4 min 12 s : web-01 est en panne\nCause : Le service nginx était arrêté.\nRemède : Redémarrer nginx.',
      expect.stringMatching(/^L’exécution de « Restart nginx » sur web-01 a réussi après \d+ s\.$/u),
      'Incident ouvert : web-01 est en panne\nconnexion refusée sur le port 80',
    ]);
    const english = await house.as.olga.logbook.entries.list({ ticketId });
    expect(plain(english.items[0]?.text ?? '')).toBe(
      'Incident resolved after an outage of 4 min 12 s: web-01 is down\nCause: Le service nginx était arrêté.\nRemedy: Redémarrer nginx.',
    );
    expect(english.items.map((entry) => entry.ticketNumber)).toEqual([number, number, number]);
    expect(english.items[0]?.who).toMatchObject({ kind: 'person', name: 'Bob Tremblay' });
  });

  it('writes a fact once, however often it is delivered', async () => {
    const ticketId = uuid();
    await publish('desk.commentAdded', { ticketId, number: 900, by: 'Bob Tremblay', text: 'I am on it.' });
    const { rows } = await database.query<{ id: string }>(
      "select id from platform.fact where payload ->> 'ticketId' = $1",
      [ticketId],
    );
    for (let delivery = 0; delivery < 3; delivery += 1)
      await database.query('select graphile_worker.add_job($1, $2)', [
        'react',
        { factId: rows[0]?.id, reaction: 'logbook.record' },
      ]);
    await until(async () => {
      const left = await database.query('select 1 from graphile_worker._private_jobs limit 1');
      return left.rowCount === 0 ? true : undefined;
    });
    expect((await house.as.bob.logbook.entries.list({ ticketId })).total).toBe(1);
  });

  it('writes what changes in the estate, and finds it in both languages and without accents', async () => {
    const created = await house.as.bob.estate.hosts.create({
      name: 'Réseau-Cœur',
      address: '192.0.2.7',
      kind: 'switch',
    });
    const found = await until(async () => {
      const { items } = await house.as.olga.logbook.entries.list({ search: 'reseau added' });
      return items[0];
    });
    expect(found).toMatchObject({ kind: 'estate', text: 'Host Réseau-Cœur added.', thing: { id: created.id } });
    expect((await house.as.olga.logbook.entries.list({ search: 'hôtes ajoutés' })).total).toBeGreaterThan(0);
    expect((await house.as.olga.logbook.entries.list({ search: 'zeppelin' })).total).toBe(0);
  });

  it('holds as a chain, and cannot be changed', async () => {
    const state = await house.as.carol.logbook.entries.verify({});
    expect(state).toMatchObject({ holds: true, brokenAt: null });
    expect(state.length).toBeGreaterThan(4);
    await expect(database.query("update logbook.entry set kind = 'note'")).rejects.toThrow(/append-only/u);
    await expect(database.query('delete from logbook.entry')).rejects.toThrow(/append-only/u);
  });
});

describe('a person’s own entry', () => {
  it('is kept as typed, on its thing', async () => {
    const site = await house.as.bob.estate.sites.create({ name: 'Lyon' });
    const host = await house.as.bob.estate.hosts.create({ name: 'db-07', address: '192.0.2.9', siteId: site.id });
    const text = 'Changed the <b>fan</b> tray.\nSee https://example.org/';
    const entry = await house.as.bob.logbook.entries.add({ text, thing: { kind: 'site', id: site.id } });
    expect(entry).toMatchObject({ text, kind: 'note', thing: { name: 'Lyon' }, who: { name: 'Bob Tremblay' } });
    const { items } = await house.as.olga.logbook.changes({ kind: 'host', id: host.id });
    expect(items.map((each) => each.text)).toContain(text);
  });

  it('goes on after the last one of a page', async () => {
    // An entry stands where its fact happened, so that one written late may come on any page.
    await until(async () => {
      const left = await database.query('select 1 from graphile_worker._private_jobs limit 1');
      return left.rowCount === 0 ? true : undefined;
    });
    const seen = new Set<number>();
    let after: string | undefined;
    // What the first page counts.
    let total: number | undefined;
    do {
      const page = await house.as.bob.logbook.entries.list({ limit: 2, ...(after === undefined ? {} : { after }) });
      for (const { sequence } of page.items) seen.add(sequence);
      after = page.next ?? undefined;
      total ??= page.total;
    } while (after !== undefined);
    expect(seen.size).toBe(total);
  });

  it('is refused on what does not exist, and to who only reads', async () => {
    expect(
      await refusedWith(house.as.bob.logbook.entries.add({ text: 'x', thing: { kind: 'host', id: uuid() } })),
    ).toBe('not_found');
    expect(await refusedWith(house.as.bob.logbook.entries.add({ text: 'x', ticketId: uuid() }))).toBe('not_found');
    expect(await refusedWith(house.as.carol.logbook.entries.add({ text: 'x' }))).toBe('forbidden');
    expect(await refusedWith(house.as.dan.logbook.entries.list({}))).toBe('forbidden');
  });
});

describe('solutions', () => {
  it('are drafted from a resolution, suggested for the like, and counted when they work again or do not', async () => {
    const mail: NamedThing = { kind: 'host', id: uuid(), name: 'mail-01' };
    const flush = { runbookId: uuid(), runbookName: 'Flush the queue' };
    const summary = { en: 'queue of 900 messages is too long', fr: 'file de 900 messages trop longue' };
    const first = await incident({ cause: mail, summary, runs: [{ ...flush, state: 'succeeded' }] });
    const draft = await until(async () => {
      const { items } = await house.as.bob.logbook.solutions.list({ search: 'messages' });
      return items.find(({ fromTicketId }) => fromTicketId === first);
    });
    expect(draft).toMatchObject({
      state: 'draft',
      language: 'fr',
      title: 'mail-01 est en panne',
      symptom: 'Web page: file de 900 messages trop longue',
      runbookId: flush.runbookId,
      worked: 1,
      failed: 0,
    });

    const again = await incident({ cause: mail, summary, resolve: false });
    const { items } = await house.as.olga.logbook.solutions.suggest({ ticketId: again });
    expect(items[0]?.solution.id).toBe(draft.id);
    expect(items[0]?.why).toMatch(
      /^Same cause \(mail-01\) and same kind of check \(http\)\. Words in common: .+\. It worked the one time it was used\.$/u,
    );

    await incident({ cause: mail, summary, runs: [{ ...flush, state: 'succeeded' }] });
    await until(async () => {
      const { worked } = await house.as.bob.logbook.solutions.get({ id: draft.id });
      return worked === 2 ? true : undefined;
    });
    await incident({
      cause: mail,
      summary,
      runs: [
        { ...flush, state: 'failed' },
        { ...restart, state: 'succeeded' },
      ],
    });
    const counted = await until(async () => {
      const found = await house.as.bob.logbook.solutions.get({ id: draft.id });
      return found.failed === 1 ? found : undefined;
    });
    expect(counted.worked).toBe(2);
  });

  it('that were withdrawn are suggested no more', async () => {
    const thing: NamedThing = { kind: 'service', id: uuid(), name: 'Intranet' };
    const first = await incident({ cause: thing });
    const { items } = await house.as.bob.logbook.solutions.list({});
    const draft = items.find(({ fromTicketId }) => fromTicketId === first);
    const again = await incident({ cause: thing, resolve: false });
    const suggested = async (): Promise<string[]> =>
      (await house.as.bob.logbook.solutions.suggest({ ticketId: again })).items.map(({ solution }) => solution.id);
    expect(await suggested()).toContain(draft?.id);
    await house.as.bob.logbook.solutions.change({ id: draft?.id ?? '', state: 'withdrawn' });
    expect(await suggested()).not.toContain(draft?.id);
  });
});
