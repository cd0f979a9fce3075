import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { TicketSheet } from '#contract/desk-words.ts';
import type { Language } from '#contract/words.ts';
import { seriousFindings } from './browser.ts';
import { openDesk, type DeskHouse } from './desk-house.ts';
import { deskWords } from './desk-words.ts';
import { picture } from './pictures.ts';
import { verb } from './walkers.ts';

const soon = { timeout: 60_000, interval: 150 };

/** Each page of the desk that stands by itself. */
const addresses = [
  'desk',
  'desk?q=tag:none-of-these',
  'desk/new',
  'desk/quick',
  'desk/answers',
  'desk/answers/new',
  'desk/templates',
  'desk/templates/new',
  'desk/categories',
  'desk/categories/new',
  'desk/levels',
  'desk/quality',
  'desk/levels/calendars/new',
  'desk/levels/policies/new',
  'desk/mails',
  'desk/mailboxes',
  'desk/mailboxes/new',
  'desk/mail-rules',
  'desk/mail-server',
  'mine',
  'mine/new',
] as const;

describe('the screens of the desk', () => {
  let desk: DeskHouse;
  let page: Page;
  const words = deskWords.en;
  const { work, tickets, ui } = words;

  beforeAll(async () => {
    desk = await openDesk('en');
    page = await desk.windowOf();
  });
  afterAll(() => desk?.[Symbol.asyncDispose]());

  const sheet = (id: string): Promise<TicketSheet> => desk.me.desk.tickets.sheet({ id });
  const dialog = (): Locator => page.getByRole('dialog');
  const edit = (fact: string): Locator =>
    page.getByRole('button', { name: `${ui.actions.edit} – ${fact}`, exact: true }).first();
  const open = async (more: object = {}): Promise<string> => {
    const { id } = await desk.me.desk.tickets.create({
      title: 'A new screen',
      kind: 'request',
      requesterId: desk.dupont.id,
      ...more,
    });
    await page.goto(`/desk/tickets/${id}`);
    await page.getByRole('heading', { level: 1, name: 'A new screen' }).waitFor();
    return id;
  };

  /** Chooses the tickets of the wave, and what is to be changed of them. */
  const choose = async (field: string): Promise<void> => {
    await page.goto('/desk?q=tag:wave');
    await expect.poll(() => page.locator('tbody').getByRole('checkbox').count(), soon).toBe(2);
    for (const box of await page.locator('tbody').getByRole('checkbox').all()) await box.check();
    await verb(page, field).click();
  };
  /** Changes both, once the dialog says that it would. */
  const change = async (): Promise<void> => {
    await dialog().getByText(tickets.bulk.preview(2, 2)).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await dialog().getByRole('button', { name: tickets.bulk.verb, exact: true }).click();
    await dialog().waitFor({ state: 'hidden' });
  };

  test('a template is written, and a ticket begins with it', async () => {
    await page.goto('/desk/templates');
    await page.getByText(work.templates.empty.title).waitFor();
    await verb(page, work.templates.new).click();
    await page.getByRole('textbox', { name: 'Name in English' }).fill('Newcomer');
    await page.getByRole('textbox', { name: work.templates.titleIn.en }).fill('Account for a newcomer');
    await page.getByRole('textbox', { name: work.templates.bodyIn.en }).fill('Which day, and who is the manager?');
    await page.getByRole('textbox', { name: work.templates.checklist }).fill('Account\nBadge');
    await page.getByRole('combobox', { name: work.templates.kind, exact: true }).selectOption('request');
    expect(await seriousFindings(page)).toEqual([]);
    await verb(page, work.templates.save).click();
    await page.getByText('Newcomer').waitFor();

    await page.goto('/desk/new');
    await page.getByRole('combobox', { name: work.templates.begin }).selectOption({ label: 'Newcomer' });
    const title = page.getByRole('textbox', { name: words.desk.open.what });
    expect(await title.inputValue()).toBe('Account for a newcomer');
    await title.fill('Account for Zoé');
    const who = page.getByRole('textbox', { name: tickets.facts.requester });
    await who.fill('dupon');
    await page.getByRole('option', { name: desk.dupont.name }).waitFor();
    await who.press('Enter');
    await expect.poll(() => who.inputValue(), soon).toBe(desk.dupont.name);
    // What was typed is there after one has looked elsewhere.
    await page.goto('/desk');
    await page.goto('/desk/new');
    expect(await title.inputValue()).toBe('Account for Zoé');
    expect(await seriousFindings(page)).toEqual([]);
    await verb(page, words.desk.open.submit).click();
    await page.waitForURL(/\/desk\/tickets\//u);
    const made = await sheet(page.url().split('/').at(-1) ?? '');
    expect(made).toMatchObject({ kind: 'request', title: 'Account for Zoé', requester: { name: desk.dupont.name } });
    expect(made.checklist.map(({ text }) => text)).toEqual(['Account', 'Badge']);
  });

  test('a step asks for what it owes', async () => {
    const id = await open();
    await edit(tickets.facts.state).click();
    await page.getByRole('combobox', { name: tickets.facts.state }).selectOption('waiting');
    await dialog().getByRole('combobox', { name: work.step.waitingFor }).selectOption('supplier');
    await dialog().getByRole('textbox', { name: work.step.reason }).fill('It comes on Monday.');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Wait', exact: true }).click();
    await expect
      .poll(() => sheet(id), soon)
      .toMatchObject({ state: 'waiting', waitingFor: 'supplier', waitingReason: 'It comes on Monday.' });
    await edit(tickets.facts.state).click();
    await page.getByRole('combobox', { name: tickets.facts.state }).selectOption('cancelled');
    await dialog().getByRole('button', { name: 'Cancel', exact: true }).last().click();
    await dialog().getByText(work.step.needed).waitFor();
    await page.keyboard.press('Escape');
    expect((await sheet(id)).state).toBe('waiting');
  });

  test('somebody who was never helped is written down on the spot', async () => {
    const id = await open({ requesterId: null });
    await edit(tickets.facts.requester).click();
    const who = page.getByRole('textbox', { name: tickets.facts.requester, exact: true });
    await who.fill('Zoé Roy <zoe@client.test>');
    await page.getByRole('option', { name: work.picker.add('Zoé Roy <zoe@client.test>') }).waitFor();
    await who.press('Enter');
    await dialog().getByRole('textbox', { name: work.requester.phone }).fill('+33 1 23 45 67 89');
    expect(await dialog().getByRole('textbox', { name: work.requester.name }).inputValue()).toBe('Zoé Roy');
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await sheet(id)).requester, soon)
      .toMatchObject({ name: 'Zoé Roy', mail: 'zoe@client.test', phone: '+33 1 23 45 67 89' });
  });

  test('a date is one key away, or any other', async () => {
    const id = await open();
    await edit(tickets.facts.snooze).click();
    await page.getByRole('button', { name: work.when.soon.tomorrow, exact: true }).click();
    await expect.poll(async () => (await sheet(id)).snoozedUntil, soon).not.toBeNull();
    await edit(tickets.facts.due).click();
    await page.getByLabel(tickets.facts.due, { exact: true }).fill('2031-05-06T10:30');
    await page.keyboard.press('Enter');
    // The browser is in Montreal.
    await expect.poll(async () => (await sheet(id)).dueAt, soon).toBe('2031-05-06T14:30:00.000Z');
  });

  test('a change is planned, and its plan is closed once it is to be approved', async () => {
    const id = await open({ kind: 'change' });
    await verb(page, work.plan.edit).click();
    await page.getByRole('textbox', { name: work.plan.plan }).fill('Swap the switch.');
    await page.getByRole('textbox', { name: work.plan.wayBack }).fill('Put the old one back.');
    await page.getByRole('combobox', { name: work.plan.risk }).selectOption('high');
    expect(await seriousFindings(page)).toEqual([]);
    await verb(page, work.plan.save).click();
    await expect
      .poll(async () => (await sheet(id)).plan, soon)
      .toMatchObject({ plan: 'Swap the switch.', wayBack: 'Put the old one back.', risk: 'high' });
    await verb(page, work.step.verbs.approval).click();
    await expect.poll(async () => (await sheet(id)).state, soon).toBe('approval');
    await expect.poll(() => verb(page, work.plan.edit).getAttribute('aria-disabled'), soon).toBe('true');
  });

  test('messages go to the ticket they belong to, and come back', async () => {
    const other = await desk.me.desk.tickets.create({ title: 'The slow scanner', kind: 'request' });
    const id = await open({ description: 'The scanner, too.' });
    await verb(page, work.messages.choose).click();
    await page.getByRole('checkbox', { name: work.messages.pick(desk.dupont.name) }).check();
    await verb(page, work.messages.move).click();
    await dialog().getByRole('textbox', { name: work.messages.to }).fill('slow scanner');
    await page.getByRole('option', { name: 'The slow scanner' }).waitFor();
    await page.keyboard.press('Enter');
    await dialog().getByRole('button', { name: work.messages.moveVerb, exact: true }).click();
    await expect.poll(async () => (await sheet(other.id)).messageCount, soon).toBe(1);
    await page
      .locator('span', { hasText: work.messages.splitDone(other.number) })
      .getByRole('button', { name: ui.actions.undo })
      .last()
      .click();
    await expect.poll(async () => (await sheet(id)).messageCount, soon).toBe(1);
  });

  test('tickets are linked, followed and counted in minutes', async () => {
    const other = await desk.me.desk.tickets.create({ title: 'The cause of it all', kind: 'problem' });
    const id = await open();
    await page.getByRole('button', { name: work.links.add }).click();
    await dialog().getByRole('textbox', { name: work.links.other }).fill('cause of it');
    await page.getByRole('option', { name: 'The cause of it all' }).waitFor();
    await page.keyboard.press('Enter');
    await dialog().getByRole('combobox', { name: work.links.kind }).selectOption('caused_by');
    await dialog().getByRole('button', { name: work.links.verb, exact: true }).click();
    await expect.poll(async () => (await sheet(id)).links.map(({ kind }) => kind), soon).toEqual(['caused_by']);
    await page.getByRole('button', { name: work.links.remove(other.number) }).click();
    await expect.poll(async () => (await sheet(id)).links, soon).toEqual([]);
    await page.getByRole('button', { name: work.people.follow, exact: true }).click();
    await expect.poll(async () => (await sheet(id)).watchers.length, soon).toBe(1);
    await page.getByRole('textbox', { name: work.times.minutes }).fill('25');
    await page.getByRole('textbox', { name: work.times.note }).fill('On the telephone');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await sheet(id)).minutes, soon).toBe(25);
    await page.getByRole('link', { name: 'A new screen' }).first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('many tickets get a category and a date at once, and tags', async () => {
    const ids = [await open({ tags: ['wave'] }), await open({ tags: ['wave'] })];
    const sheets = () => Promise.all(ids.map(sheet));
    await choose(tickets.bulk.fields.category);
    await dialog().getByRole('combobox', { name: tickets.facts.category }).selectOption({ label: 'Accounting' });
    await change();
    await choose(tickets.bulk.fields.due);
    await dialog().getByRole('button', { name: work.when.soon.week, exact: true }).click();
    await change();
    await choose(tickets.bulk.fields.tag);
    await dialog().getByRole('textbox', { name: tickets.bulk.with }).fill('tide');
    await change();
    for (const one of await sheets()) {
      expect(one).toMatchObject({ category: { name: 'Accounting' }, tags: ['tide', 'wave'] });
      expect(one.dueAt).not.toBeNull();
    }
  });

  test('a service level says for whom it holds', async () => {
    const alice = await desk.windowOf({ who: 'alice' });
    await alice.goto('/desk/levels/policies/new');
    await alice.getByRole('textbox', { name: words.levels.calendar.nameEn }).fill('Accounting first');
    const who = alice.getByRole('textbox', { name: words.levels.policy.forRequesters });
    await who.fill('dupont');
    await alice.getByRole('option', { name: desk.dupont.name }).waitFor();
    await who.press('Enter');
    await alice.getByText(desk.dupont.name, { exact: true }).waitFor();
    await alice.getByRole('checkbox', { name: words.levels.priorities.critical, exact: true }).check();
    expect(await seriousFindings(alice)).toEqual([]);
    await verb(alice, words.levels.policy.save).click();
    await expect
      .poll(async () => (await desk.me.desk.levels.policies.list({})).items.map(({ match }) => match), soon)
      .toContainEqual(expect.objectContaining({ requesterIds: [desk.dupont.id], priorities: ['critical'] }));
    await alice.context().close();
  });

  test.each(['en', 'fr'] as const)('can be read by everybody, on a phone too: %s', async (language: Language) => {
    const own = await desk.windowOf({ who: 'alice', language });
    const { id } = await desk.me.desk.tickets.create({ id: uuid(), title: 'Read by everybody', kind: 'change' });
    for (const address of [...addresses, `desk/tickets/${id}`]) {
      await own.goto(`/${address}`);
      await own.getByRole('heading', { level: 1 }).waitFor();
      expect(await own.locator('html').getAttribute('lang')).toBe(language);
      const name = `desk-page-${language}-${address.replaceAll(/[^a-z]+/gu, '-').replace(id, 'ticket')}`;
      await picture(own, name);
      expect({ address, findings: await seriousFindings(own) }).toEqual({ address, findings: [] });
      await own.emulateMedia({ colorScheme: 'dark' });
      await own.setViewportSize({ width: 390, height: 800 });
      await picture(own, `${name}-phone`);
      expect({ address, dark: await seriousFindings(own) }).toEqual({ address, dark: [] });
      const width = await own.evaluate<number>('document.documentElement.scrollWidth');
      expect({ address, width }).toEqual({ address, width: 390 });
      await own.setViewportSize({ width: 1280, height: 900 });
      await own.emulateMedia({ colorScheme: 'light' });
    }
    await own.context().close();
  });
});
