import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { v7 as uuid } from 'uuid';
import { createClient, type Client } from '#contract/client.ts';
import type { Language } from '#contract/words.ts';
import { castPassword, startHouse, type CastName, type House } from '../house.ts';
import { chromiumFlags } from './browser.ts';
import type { DeskWords } from './desk-words.ts';

/** The built screens: those of the checkout, unless another build is to be looked at. */
const webFolder =
  process.env['VIGIE_TEST_WEB'] ?? path.join(path.dirname(fileURLToPath(import.meta.url)), '../../web/dist');

/** Who works at the desk in each language, and who helps out. */
export const desks = {
  en: { me: 'olga', colleague: 'Bob Tremblay', dupont: { name: 'Jane Dupont', mail: 'jane.dupont@vigie.test' } },
  fr: { me: 'bob', colleague: 'Olga Petit', dupont: { name: 'Paul Dupont', mail: 'paul.dupont@vigie.test' } },
} as const;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A house with a desk that has something to go by, and a browser. No lab: everything is on this machine's own loopback. */
export interface DeskHouse extends AsyncDisposable {
  readonly house: House;
  readonly language: Language;
  /** Who works at the desk, by the API. */
  readonly me: Client;
  /** The requester that every caller of these tests is. */
  readonly dupont: { readonly id: string; readonly name: string; readonly mail: string };
  /** A window of one's own, not signed in. */
  window(size?: Size): Promise<Page>;
  /** A window of somebody who is signed in already, of the desk's operator unless another is named. */
  windowOf(options?: { who?: CastName; language?: Language; size?: Size }): Promise<Page>;
}

async function inviteDupont(house: House, language: Language): Promise<{ personId: string }> {
  const { link } = await house.as.alice.people.persons.invite({
    ...desks[language].dupont,
    role: 'requester',
    language,
  });
  const { person } = await house.as.nobody.people.persons.acceptInvitation({
    token: new URL(link).searchParams.get('token') ?? '',
    password: castPassword,
  });
  return { personId: person.id };
}

/** What a desk is set up with: a category that has a word, hours, and something that is promised. */
async function furnish(house: House): Promise<void> {
  const { desk } = house.as.alice;
  const calendarId = uuid();
  const every = { low: 480, normal: 240, high: 60, critical: 30 };
  await desk.categories.put({ id: uuid(), name: { en: 'Accounting', fr: 'Comptabilité' }, words: 'compta' });
  await desk.levels.calendars.put({
    id: calendarId,
    name: { en: 'Always', fr: 'Toujours' },
    timeZone: 'Europe/Paris',
    week: Array.from({ length: 7 }, (): [number, number][] => [[0, 1_440]]),
    holidays: { country: '', region: '', more: [], without: [] },
  });
  await desk.levels.policies.put({
    id: uuid(),
    name: { en: 'Standard', fr: 'Standard' },
    calendarId,
    match: {},
    first: every,
    next: every,
    resolution: { low: null, normal: 1_440, high: 480, critical: 240 },
  });
}

/** Opens a desk in one language. */
export async function openDesk(language: Language): Promise<DeskHouse> {
  await using ending = new AsyncDisposableStack();
  const house = ending.use(await startHouse({ webFolder }));
  const { me, dupont } = desks[language];
  await furnish(house);
  const { personId } = await inviteDupont(house, language);
  const requester = await house.as[me].desk.requesters.put({ id: uuid(), personId });
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: chromiumFlags,
    headless: true,
    timeout: 60_000,
  });
  ending.defer(() => browser.close());
  const context = async (size: Size = { width: 1280, height: 900 }): Promise<BrowserContext> => {
    const made = await browser.newContext({
      baseURL: house.url,
      locale: language === 'fr' ? 'fr-CA' : 'en-CA',
      timezoneId: 'America/Montreal',
      viewport: size,
    });
    // Long enough for a busy machine: nothing here is about how fast it is.
    made.setDefaultTimeout(60_000);
    return made;
  };
  const kept = ending.move();
  return {
    house,
    language,
    me: createClient({ url: house.url, token: () => house.tokens[me], language: () => language }),
    dupont: { ...dupont, id: requester.id },
    window: async (size) => (await context(size)).newPage(),
    async windowOf({ who = me, language: chosen, size } = {}) {
      const own = await context(size);
      await own.addCookies([{ name: 'vigie_session', value: house.tokens[who], url: house.url }]);
      if (chosen !== undefined) await own.addInitScript(`localStorage.setItem('vigie.language', '${chosen}')`);
      return own.newPage();
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Signs in by the door, as a person does. */
export async function signIn(page: Page, mail: string, { shell }: DeskWords): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel(shell.signIn.mail).fill(mail);
  await page.getByLabel(shell.signIn.password, { exact: true }).fill(castPassword);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  // The keys are there once the frame is; the door has a heading of its own.
  await page.getByRole('navigation', { name: shell.rail.label }).first().waitFor();
}
