import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLabVigie, type LabVigie } from '../company.ts';
import { openLabBrowser, seriousFindings, type LabBrowser } from './browser.ts';

const words = {
  en: { title: 'Welcome to Vigie', name: 'Your name', mail: 'Mail address', password: 'Password', begin: 'Begin' },
  fr: {
    title: 'Bienvenue dans Vigie',
    name: 'Votre nom',
    mail: 'Adresse de courriel',
    password: 'Mot de passe',
    begin: 'Commencer',
  },
} as const;

describe.skipIf(process.getuid?.() !== 0)('the first visit', () => {
  let place: LabVigie;
  let browser: LabBrowser;

  beforeAll(async () => {
    place = await startLabVigie([]);
    browser = await openLabBrowser(place);
  });

  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await place?.[Symbol.asyncDispose]();
  });

  test.each(['en', 'fr'] as const)('speaks the language of the browser: %s', async (language) => {
    const page = await browser.open(language);
    await page.goto(place.vigie.welcomePath() ?? '/');
    await page.getByRole('heading', { name: words[language].title }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await seriousFindings(page)).toEqual([]);
    await page.context().close();
  });

  test('creates the first administrator, once, and signs them in', async () => {
    const page = await browser.open('fr');
    const link = place.vigie.welcomePath() ?? '/';
    await page.goto(link);
    await page.getByLabel(words.fr.name).fill('Alice Martin');
    await page.getByLabel(words.fr.mail).fill('alice@vigie.test');
    await page.getByLabel(words.fr.password, { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: words.fr.begin }).click();
    await page.waitForURL(`${place.vigie.insideUrl}/`);

    const other = await browser.open('fr');
    await other.goto(link);
    await other.getByLabel(words.fr.name).fill('Mallory');
    await other.getByLabel(words.fr.mail).fill('mallory@vigie.test');
    await other.getByLabel(words.fr.password, { exact: true }).fill('correct horse battery');
    await other.getByRole('button', { name: words.fr.begin }).click();
    await other.getByRole('alert').waitFor();
    expect(new URL(other.url()).pathname).toBe('/welcome');
  });

  test('names the first steps, until they are taken or put away', async () => {
    const page = await browser.open('fr');
    await page.goto('/');
    await page.getByLabel(words.fr.mail).fill('alice@vigie.test');
    await page.getByLabel(words.fr.password, { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    const steps = page.getByRole('region', { name: 'Premiers pas' });
    await steps.waitFor();
    expect(await steps.getByRole('link').count()).toBe(4);
    expect(await seriousFindings(page)).toEqual([]);
    await steps.getByRole('link', { name: 'Invitez vos collègues' }).click();
    await page.getByLabel(words.fr.mail).waitFor();
    await page.goBack();
    await steps.getByRole('button', { name: 'Ranger' }).click();
    await steps.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { name: 'Maintenant', exact: true }).waitFor();
    await page.getByText('Tout va bien').waitFor();
    expect(await steps.count()).toBe(0);
  });
});
