import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import type { TicketSheet } from '#contract/desk-words.ts';
import type { Language } from '#contract/words.ts';
import { seriousFindings } from './browser.ts';
import { desks, openDesk, signIn, type DeskHouse } from './desk-house.ts';
import { deskWords } from './desk-words.ts';
import { picture } from './pictures.ts';
import { verb } from './walkers.ts';

const soon = { timeout: 60_000, interval: 150 };

/** What people of the walk type themselves. */
const typed = {
  en: {
    line: 'imp 3e HS @dupont !2 #compta',
    answer: 'We are on our way to the third floor.',
    note: 'do we still have a drum?',
    other: 'The scanner is slow',
    second: 'And the scanner jams as well.',
    thanks: 'It prints again, thank you.',
    view: 'Printers',
    reason: 'The drum was at its end.',
  },
  fr: {
    line: 'imp 3e HS @dupont !2 #compta',
    answer: 'Nous montons au troisième étage.',
    note: 'avons-nous encore un tambour ?',
    other: 'Le scanneur est lent',
    second: 'Et le scanneur se bloque aussi.',
    thanks: 'Elle imprime de nouveau, merci.',
    view: 'Imprimantes',
    reason: 'Le tambour était en fin de vie.',
  },
} as const;

/** A day at the desk in one language, from the telephone to the requester's own word on it. */
export function deskJourney(language: Language): void {
  const words = deskWords[language];
  const said = typed[language];
  const { work, tickets } = words;

  describe(`a day at the desk: ${language}`, () => {
    let desk: DeskHouse;
    let page: Page;
    /** The ticket of the telephone call. */
    let ticketId: string;

    beforeAll(async () => {
      desk = await openDesk(language);
      page = await desk.window();
      await signIn(page, `${desks[language].me}@vigie.test`, words);
    });
    afterAll(() => desk?.[Symbol.asyncDispose]());

    const sheet = (id = ticketId): Promise<TicketSheet> => desk.me.desk.tickets.sheet({ id });
    const bodies = async (id = ticketId): Promise<string[]> =>
      (await sheet(id)).stream.items.flatMap((item) => (item.what === 'message' ? [item.message.body] : []));
    const composer = (): Locator => page.getByRole('textbox', { name: words.desk.story.commentLabel });
    const dialog = (): Locator => page.getByRole('dialog');
    /** Undoes what a notice with these words offers to undo. */
    const undo = (notice: string): Promise<void> =>
      page
        .locator('span', { hasText: notice })
        .getByRole('button', { name: words.ui.actions.undo, exact: true })
        .last()
        .click();
    const look = async (name: string, at = page): Promise<void> => {
      await picture(at, `desk-${language}-${name}`);
      expect(await at.locator('html').getAttribute('lang')).toBe(language);
      expect({ name, findings: await seriousFindings(at) }).toEqual({ name, findings: [] });
    };
    const priorities = async (): Promise<string[]> =>
      (await desk.me.desk.tickets.find({ words: 'state:open' })).items.map(({ priority }) => priority);
    const seen = (): void => onTestFailed(() => picture(page, `desk-${language}-failed`));

    test('a call becomes a ticket by one line and no mouse', async () => {
      seen();
      await expect
        .poll(async () => {
          await page.keyboard.press('g');
          await page.keyboard.press('d');
          return new URL(page.url()).pathname;
        }, soon)
        .toBe('/desk');
      await page.getByText(tickets.list.noneOpen).waitFor();
      await look('empty-list');
      await page.keyboard.press('q');
      await page.getByRole('textbox', { name: tickets.quick.line }).waitFor();
      await page.keyboard.type(said.line);
      await page.getByRole('combobox', { name: tickets.quick.meaning('@dupont') }).waitFor();
      await page.getByRole('combobox', { name: tickets.quick.meaning('#compta') }).waitFor();
      await look('quick-entry');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/desk\/tickets\//u);
      ticketId = page.url().split('/').at(-1) ?? '';
      const ticket = await sheet();
      expect(ticket.requester?.name).toBe(desk.dupont.name);
      expect(ticket.priority).toBe('high');
      expect(ticket.category?.name).toBe(language === 'fr' ? 'Comptabilité' : 'Accounting');
      await page.getByRole('heading', { level: 1, name: ticket.title }).waitFor();
      await look('ticket');
    });

    test('the list leads to the ticket and back to the same list', async () => {
      seen();
      await page.goto('/desk?q=state:open%20tag:none-of-these');
      await page.getByText(tickets.list.none).waitFor();
      await page.getByRole('searchbox', { name: tickets.list.filter }).fill('@nobody');
      await page.getByRole('button', { name: tickets.list.views.open, exact: true }).click();
      await page.getByRole('link', { name: (await sheet()).title }).waitFor();
      const list = page.url();
      await page.locator('h1').click();
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/desk\/tickets\//u);
      await page.goBack();
      await page.getByRole('link', { name: (await sheet()).title }).waitFor();
      expect(page.url()).toBe(list);
      await look('list');
    });

    test('an answer that is being written survives a reload', async () => {
      seen();
      await page.goto(`/desk/tickets/${ticketId}`);
      await composer().waitFor();
      await page.keyboard.press('c');
      await page.keyboard.type(said.answer);
      await page.getByText(tickets.page.saved).waitFor();
      await page.reload();
      await expect.poll(() => composer().inputValue(), soon).toBe(said.answer);
      await composer().press('Control+Enter');
      await expect.poll(() => bodies(), soon).toContain(said.answer);
      await expect.poll(() => composer().inputValue(), soon).toBe('');
      expect((await sheet()).drafts).toEqual([]);
    });

    test('a note mentions a colleague, who is told', async () => {
      seen();
      const { colleague } = desks[language];
      await page.getByRole('button', { name: tickets.page.note, exact: true }).click();
      await composer().click();
      await page.keyboard.type(`@${colleague.slice(0, 2).toLowerCase()}`);
      await page.getByRole('option', { name: colleague }).waitFor();
      await look('mention');
      await page.keyboard.press('Enter');
      await page.keyboard.type(said.note);
      expect(await composer().inputValue()).toBe(`@${colleague} ${said.note}`);
      await composer().press('Control+Enter');
      const theirs = desk.house.as[language === 'fr' ? 'olga' : 'bob'];
      await expect
        .poll(async () => (await theirs.desk.mentions.list({})).items.map((one) => one.ticketId), soon)
        .toEqual([ticketId]);
    });

    test('it is given to a colleague', async () => {
      seen();
      const { colleague } = desks[language];
      const edit = `${words.ui.actions.edit} – ${tickets.facts.assignee}`;
      await page.getByRole('button', { name: edit }).first().click();
      await page.getByRole('combobox', { name: tickets.facts.assignee }).selectOption({ label: colleague });
      await expect.poll(async () => (await sheet()).assignee?.name, soon).toBe(colleague);
    });

    test('a message becomes a ticket of its own, and comes back', async () => {
      seen();
      await desk.me.desk.messages.add({ id: ticketId, visibility: 'public', body: said.second, asRequester: true });
      await page.getByText(said.second).first().waitFor();
      await verb(page, work.messages.choose).click();
      await page
        .getByRole('checkbox', { name: work.messages.pick(desk.dupont.name) })
        .first()
        .check();
      await verb(page, work.messages.split).click();
      await look('split');
      await dialog().getByRole('button', { name: work.messages.splitVerb }).click();
      await expect.poll(() => bodies(), soon).not.toContain(said.second);
      const made = (await sheet()).rearrangements[0];
      expect(made?.to.title).toBe(said.second);
      await undo(work.messages.splitDone(made?.to.number ?? 0));
      await expect.poll(() => bodies(), soon).toContain(said.second);
    });

    test('it is merged into another by typing its words, and comes back', async () => {
      seen();
      const other = await desk.me.desk.tickets.create({
        title: said.other,
        kind: 'request',
        requesterId: desk.dupont.id,
      });
      await page.reload();
      await verb(page, tickets.merge.action).click();
      await dialog().getByRole('textbox', { name: tickets.merge.number }).fill(said.other);
      await page.getByRole('option', { name: said.other }).waitFor();
      await page.keyboard.press('Enter');
      await look('merge');
      await dialog().getByRole('button', { name: tickets.merge.verb, exact: true }).click();
      await expect.poll(async () => (await sheet()).mergedInto?.id, soon).toBe(other.id);
      await undo(tickets.merge.away(other.number));
      await expect.poll(async () => (await sheet()).mergedInto, soon).toBeNull();
      await page.getByText(said.other).first().waitFor();
    });

    test('the clock of what was promised explains itself', async () => {
      seen();
      await page.goto(`/desk/tickets/${ticketId}`);
      await page.getByTitle(words.levels.ticket.explain).first().click();
      await dialog().getByText('Standard').first().waitFor();
      await dialog().getByRole('combobox', { name: words.levels.ticket.ifPriority }).selectOption('critical');
      await look('promises');
      expect((await sheet()).promises.map(({ goal }) => goal)).toContain('resolution');
      await page.keyboard.press('Escape');
    });

    test('several are changed at once, and changed back', async () => {
      seen();
      await page.goto('/desk');
      await page.getByRole('link', { name: said.other }).waitFor();
      const before = await priorities();
      for (const box of await page.locator('tbody').getByRole('checkbox').all()) await box.check();
      await verb(page, tickets.bulk.fields.priority).click();
      await dialog().getByRole('combobox').selectOption('low');
      await dialog().getByText(tickets.bulk.preview(before.length, before.length)).waitFor();
      await look('bulk');
      await dialog().getByRole('button', { name: tickets.bulk.verb, exact: true }).click();
      await expect.poll(priorities, soon).toEqual(before.map(() => 'low'));
      await undo(tickets.bulk.done(before.length, 0));
      await expect.poll(priorities, soon).toEqual(before);
    });

    test('words find it, and a view keeps them until it is removed', async () => {
      seen();
      await page.goto('/desk');
      await page.getByRole('searchbox', { name: tickets.list.filter }).fill(said.other);
      await expect.poll(() => page.locator('tbody tr').count(), soon).toBe(1);
      await verb(page, tickets.list.keepView).click();
      await dialog().getByRole('textbox', { name: tickets.list.viewName }).fill(said.view);
      await dialog().getByRole('button', { name: tickets.list.keepView }).click();
      await page.getByRole('button', { name: said.view, exact: true }).waitFor();
      await page.goto('/desk');
      await page.getByRole('button', { name: said.view, exact: true }).click();
      await expect.poll(() => page.locator('tbody tr').count(), soon).toBe(1);
      await verb(page, work.views.change).click();
      await look('view');
      await dialog().getByRole('button', { name: work.views.remove }).click();
      await expect.poll(async () => (await desk.me.desk.views.list({})).items, soon).toEqual([]);
      await undo(work.views.removed);
      await expect
        .poll(async () => (await desk.me.desk.views.list({})).items.map(({ name }) => name), soon)
        .toEqual([said.view]);
    });

    test('the requester follows it, answers, and says once how it was', async () => {
      seen();
      const theirs = await desk.window();
      await signIn(theirs, desk.dupont.mail, words);
      await theirs.goto('/mine');
      const { title } = await sheet();
      await theirs.getByRole('link', { name: title }).waitFor();
      await look('portal', theirs);
      await theirs.getByRole('link', { name: title }).click();
      await theirs.getByText(said.answer).waitFor();
      expect(await theirs.getByText(said.note).count()).toBe(0);
      await theirs.getByRole('textbox', { name: words.mine.ticket.answer }).fill(said.thanks);
      await theirs.getByRole('button', { name: words.mine.ticket.send }).click();
      await expect.poll(() => bodies(), soon).toContain(said.thanks);
      await look('portal-ticket', theirs);

      await desk.me.desk.tickets.resolve({ id: ticketId, causeText: said.reason, remedyText: said.reason });
      await theirs.reload();
      await theirs.getByRole('button', { name: words.mine.ticket.scores[2] ?? '', exact: true }).click();
      await theirs.getByText(words.mine.ticket.thanks).waitFor();
      await look('portal-thanks', theirs);
      await page.goto(`/desk/tickets/${ticketId}`);
      await page
        .getByText(tickets.facts.scores[2] ?? '')
        .first()
        .waitFor();
      await theirs.context().close();
    });
  });
}
