import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '#contract/words.ts';
import { httpTexts } from '#probe/checks/http/texts.ts';
import { restartNginx, startLabVigie } from '../company.ts';
import { flowing, readPdf } from '../read-pdf.ts';
import { openLabBrowser } from './browser.ts';
import { openCatchers } from './catchers.ts';
import {
  addByAddress,
  forgetThisMachine,
  giveAccess,
  inviteBob,
  rememberCompany,
  signedIn,
  welcomeAlice,
  writeRunbook,
} from './set-up-company.ts';
import { keepFile, look, people, pictureBoth, textOf, verb, type Walk } from './walkers.ts';
import { walkWords } from './walk-words.ts';

const root = process.getuid?.() === 0;
/** How a name is quoted in each language. */
const quotes = { en: /“[^”]+”/u, fr: /«\s[^»]+\s»/u } as const;
/** From a fault to the screen; generous, since the machine that tests is busy. `bench faults` measures it. */
const noticed = { timeout: 60_000 };

async function beginWalk(language: Language, ending: AsyncDisposableStack): Promise<Walk> {
  const place = ending.use(await startLabVigie(['web1', 'ns1']));
  const browser = ending.use(await openLabBrowser(place));
  const catchers = ending.use(await openCatchers(place));
  const [alice, bob] = [await browser.open(language), await browser.open(language)];
  return { ...place, language, words: walkWords[language], browser, catchers, alice, bob };
}

describe.skipIf(!root).each(['fr', 'en'] as const)('the whole loop in the browser, in %s', (language) => {
  const ending = new AsyncDisposableStack();
  let walk: Walk;
  let ticket: string;

  beforeAll(async () => {
    walk = await beginWalk(language, ending);
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await pictureBoth(walk);
  });

  afterAll(async () => {
    await ending.disposeAsync();
  });

  test('the first visit leads to a machine that is watched already', async () => {
    const { words, alice } = walk;
    await welcomeAlice(walk);
    await look(walk, alice, 'first-visit');
    await alice.goto('/watch/machine');
    await alice.locator('canvas').first().waitFor();
    expect(await textOf(alice)).toContain(words.watch.groups.memory);
    await look(walk, alice, 'this-machine');
    await forgetThisMachine(walk);
    await inviteBob(walk);
  });

  test('an address is looked at, and what is proposed there starts with one keystroke', async () => {
    const { words, alice, bob, lab } = walk;
    await addByAddress(walk, bob, lab.hosts.web1.address);
    await bob.getByText('HTTP 80').first().waitFor();
    // Ping, SSH, the page and its certificate, beside what watches Vigie itself.
    await expect
      .poll(() => bob.getByText(words.ui.states.up, { exact: true }).count(), noticed)
      .toBeGreaterThanOrEqual(4);
    await look(walk, bob, 'watch');
    await rememberCompany(walk);
    await giveAccess(walk, 'web1');
    await look(walk, alice, 'access');
    await writeRunbook(walk, restartNginx);
    await look(walk, bob, 'runbook');
  });

  test('a failure stands on the first screen without a reload, as one incident', async () => {
    const { words, alice, bob, lab } = walk;
    await Promise.all([alice.goto('/'), bob.goto('/')]);
    await bob.getByText(words.now.well.title).waitFor(noticed);
    await lab.breakThing('nginx-stopped');
    const rows = bob.getByRole('listitem').filter({ hasText: new RegExp(`^${words.now.kinds.incident}`, 'u') });
    await rows.first().waitFor(noticed);
    // The page and its certificate at least, in one incident.
    const several = [2, 3, 4].map((count) => words.now.checksFailing(count));
    const said = async (): Promise<boolean> => {
      const text = await textOf(bob);
      return several.some((sentence) => text.includes(sentence));
    };
    await expect.poll(said, noticed).toBe(true);
    expect(await rows.count()).toBe(1);
    await look(walk, bob, 'now-failing');
    await rows.getByRole('link').first().click();
    await bob.waitForURL(/\/desk\/tickets\//u);
    ticket = new URL(bob.url()).pathname;
  });

  test('the incident shows what is known, and is acknowledged', async () => {
    const { words, bob, catchers } = walk;
    await bob.getByText('HTTP 80').first().waitFor();
    await bob.getByText(words.desk.impact.people(2)).waitFor();
    await bob.getByText(words.typed.service).first().waitFor();
    await bob.locator('canvas').first().waitFor();
    await verb(bob, words.desk.actions.acknowledge).click();
    await bob.getByText(words.ui.phases.in_progress, { exact: true }).first().waitFor();
    await look(walk, bob, 'incident');
    await expect.poll(async () => (await catchers.mails()).length, noticed).toBeGreaterThan(0);
    await expect.poll(() => catchers.hooks.length, noticed).toBeGreaterThan(0);
  });

  test('a remedy is proposed by one and agreed to by the other, and runs before their eyes', async () => {
    const { words, alice, bob } = walk;
    await verb(bob, words.desk.actions.propose).click();
    await bob.getByRole('radio', { name: words.typed.runbook }).waitFor();
    await look(walk, bob, 'propose');
    await verb(bob, words.upkeep.propose.verbs.propose).click();
    await bob.waitForURL((url) => /\/upkeep\/runs\/[0-9a-f-]+$/u.test(url.pathname));
    expect(await verb(bob, words.upkeep.run.approve).getAttribute('aria-disabled')).toBe('true');

    const { steps, approval } = words.now;
    await verb(alice, `${steps.approve} – ${approval(words.typed.runbook, 'web1.lab.vigie.test')}`).click(noticed);
    await alice.getByText(words.upkeep.run.planLead).waitFor();
    await look(walk, alice, 'approve');
    await verb(alice, words.upkeep.run.approve).click();
    const output: Locator = bob.getByLabel(words.upkeep.run.output(words.typed.command));
    await output.getByText('Restarting nginx on web1').waitFor(noticed);
    await bob.getByRole('heading', { level: 1 }).getByText(words.typed.runbook).waitFor();
    await expect.poll(() => textOf(bob), noticed).toContain(words.ui.phases.succeeded);
    await expect.poll(() => bob.getByText(words.ui.phases.succeeded, { exact: true }).count(), noticed).toBe(3);
    await look(walk, bob, 'run');
  });

  test('proof makes it ready to be resolved, and a person agrees', async () => {
    const { words, bob } = walk;
    await bob.goto(ticket);
    await verb(bob, words.desk.actions.agree).click(noticed);
    const dialog = bob.getByRole('dialog');
    await dialog.getByText(words.desk.resolve.measured).waitFor();
    await dialog.getByRole('textbox', { name: words.desk.resolve.cause }).fill(words.typed.cause);
    await look(walk, bob, 'resolve');
    await verb(bob, words.desk.resolve.verb).waitFor();
    await dialog.getByRole('button', { name: words.desk.resolve.verb, exact: true }).click();
    await bob.getByText(words.ui.phases.resolved, { exact: true }).first().waitFor();
    expect(await verb(bob, words.desk.actions.report).isVisible()).toBe(true);
    await look(walk, bob, 'resolved');
  });

  test('the report says it all, as a page and as PDF in both languages', async () => {
    const { words, bob } = walk;
    await verb(bob, words.desk.actions.report).click();
    await bob.getByRole('article').getByRole('heading', { name: words.report.proof, exact: true }).waitFor();
    const page = await bob.getByRole('article').innerText();
    for (const said of [words.typed.cause, words.typed.runbook, words.report.timeline, people.alice.name])
      expect(page).toContain(said);
    await look(walk, bob, 'report');
    const { number } = await (await signedIn(walk.vigie)).desk.tickets.get({ id: path.basename(ticket) });
    for (const printed of ['fr', 'en'] as const) {
      const coming = bob.waitForEvent('download');
      await verb(bob, words.reports.pdfIn[printed]).click();
      const download = await coming;
      expect(download.suggestedFilename()).toBe(walkWords[printed].pdf.fileName(number));
      const file = path.join(walk.vigie.dataFolder, `${language}-${printed}.pdf`);
      await download.saveAs(file);
      await keepFile(file);
      const text = readPdf(await readFile(file));
      const { headings, runStates } = walkWords[printed].pdf;
      // The summary stands first, without a heading.
      for (const heading of Object.values({ ...headings, summary: '' })) expect(text).toContain(flowing(heading));
      for (const said of [words.typed.cause, words.typed.service, people.alice.name, people.bob.name])
        expect(text).toContain(flowing(said));
      expect(text).toContain(flowing(runStates.succeeded));
      expect(text).toContain(flowing(httpTexts[printed].metrics['total'] ?? 'no such metric'));
      expect(text).toMatch(quotes[printed]);
    }
  });

  test('the logbook remembers the story, and a solution for the next time', async () => {
    const { words, alice, bob, catchers, lab } = walk;
    await bob.goto('/logbook');
    await expect.poll(() => textOf(bob), noticed).toContain(words.typed.runbook);
    await verb(bob, words.logbook.chain.verify).click();
    await bob.getByText(words.logbook.chain.holds(0).split(':')[0] ?? '').waitFor();
    await look(walk, bob, 'logbook');

    await lab.breakThing('nginx-stopped');
    await alice.goto('/');
    const rows = alice.getByRole('listitem').filter({ hasText: new RegExp(`^${words.now.kinds.incident}`, 'u') });
    await rows.getByRole('link').first().click(noticed);
    await alice.getByText(words.desk.solutions.title).waitFor();
    await alice.getByText(words.desk.solutions.withRunbook).first().waitFor(noticed);
    await alice.setViewportSize({ width: 390, height: 844 });
    await look(walk, alice, 'incident-390');
    await lab.mendThing('nginx-stopped');

    const subjects = (await catchers.mails()).map(({ mail }) => mail.subject ?? '');
    expect(new Set(subjects).size).toBe(subjects.length);
  });
});
