import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#contract/client.ts';
import type { Check } from '#contract/watch.ts';
import type { Language } from '#contract/words.ts';
import { snmpFields } from '#probe/snmp/snmp-fields.ts';
import { calmScreens as calmEn } from '#texts/en/calm-screens.ts';
import { mapScreens as mapEn } from '#texts/en/map-screens.ts';
import { profileScreens as profilesEn } from '#texts/en/profile-screens.ts';
import { measurementScreens as measuringEn } from '#texts/en/measurement-screens.ts';
import { nowScreens as nowEn } from '#texts/en/now-screens.ts';
import { shell as shellEn } from '#texts/en/shell.ts';
import { ui as uiEn } from '#texts/en/ui.ts';
import { watchScreens as watchEn } from '#texts/en/watch-screens.ts';
import { calmScreens as calmFr } from '#texts/fr/calm-screens.ts';
import { mapScreens as mapFr } from '#texts/fr/map-screens.ts';
import { profileScreens as profilesFr } from '#texts/fr/profile-screens.ts';
import { measurementScreens as measuringFr } from '#texts/fr/measurement-screens.ts';
import { nowScreens as nowFr } from '#texts/fr/now-screens.ts';
import { shell as shellFr } from '#texts/fr/shell.ts';
import { ui as uiFr } from '#texts/fr/ui.ts';
import { watchScreens as watchFr } from '#texts/fr/watch-screens.ts';
import { companyPassword, pauseLocalCheck, startLabVigie, welcomeCompany, type LabVigie } from '../company.ts';
import { openLabBrowser, seriousFindings, type LabBrowser } from './browser.ts';
import { verb } from './walkers.ts';

const words = {
  en: {
    calm: calmEn,
    map: mapEn,
    measuring: measuringEn,
    now: nowEn,
    profiles: profilesEn,
    shell: shellEn,
    ui: uiEn,
    watch: watchEn,
  },
  fr: {
    calm: calmFr,
    map: mapFr,
    measuring: measuringFr,
    now: nowFr,
    profiles: profilesFr,
    shell: shellFr,
    ui: uiFr,
    watch: watchFr,
  },
} as const;

/** Each page once, in one language or the other. */
const addresses = {
  en: [
    'watch',
    'watch/add',
    'watch/profiles',
    'watch/profiles/new',
    'watch/silences/new',
    'watch/dashboards',
    'watch/new?kind=postgresql',
    'watch/new?kind=http',
    'watch/new?kind=nagios-plugin',
    'upkeep/windows/new',
  ],
  fr: [
    'watch',
    'watch/availability',
    'watch/silences',
    'watch/noise',
    'watch/charts',
    'watch/measurements',
    'watch/new?kind=composite',
    'watch/new?kind=mail-round-trip',
    'watch/new?kind=heartbeat',
    'upkeep/windows',
  ],
} as const;

const soon = { timeout: 30_000, interval: 200 };
/** Addresses of the lab's network that nobody has. */
const nobody = { switch: '10.77.0.251', behind: '10.77.0.252' };

/** Olga works in English, Bob in French. */
const mails = { en: 'olga@vigie.test', fr: 'bob@vigie.test' } as const satisfies Record<Language, string>;

describe.skipIf(process.getuid?.() !== 0)('the screens of the watch', () => {
  let place: LabVigie;
  let browser: LabBrowser;
  let bob: Client;
  const pages = new Map<Language, Page>();

  beforeAll(async () => {
    place = await startLabVigie(['web1']);
    const company = await welcomeCompany(place.vigie);
    bob = company.bob;
    await pauseLocalCheck(company.alice);
    await watchSomething(bob, place.lab.hosts.web1.address);
    browser = await openLabBrowser(place);
    for (const language of ['en', 'fr'] as const) pages.set(language, await signedIn(browser, language));
  });

  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await place?.[Symbol.asyncDispose]();
  });

  const pageOf = (language: Language): Page => {
    const page = pages.get(language);
    if (page === undefined) throw new Error(`nobody signed in in ${language}`);
    return page;
  };
  const checks = async (): Promise<Check[]> => (await bob.watch.checks.list({})).items;
  const intervalsOf = async (kind: string): Promise<number[]> =>
    (await checks()).filter((check) => check.kind === kind).map(({ intervalSeconds }) => intervalSeconds);

  const unreachable = async (): Promise<string[]> =>
    (await checks()).filter(({ state }) => state === 'unreachable').map(({ target }) => target.name);

  test('change many checks at once, and take it back', async () => {
    const page = pageOf('en');
    const { profiles, ui } = words.en;
    await page.goto('/watch?q=kind:tcp');
    await page.getByRole('checkbox', { name: ui.list.selectAll }).check();
    await verb(page, profiles.bulk.edit).click();
    await page.getByRole('textbox', { name: profiles.bulk.interval }).fill('45');
    expect(await seriousFindings(page)).toEqual([]);
    await verb(page, profiles.bulk.submit).click();
    await expect.poll(() => intervalsOf('tcp'), soon).toEqual([45, 45]);
    await page.getByRole('button', { name: ui.actions.undo }).click();
    await expect.poll(() => intervalsOf('tcp'), soon).toEqual([5, 5]);
  });

  test('say what a check inherits from the profile it was given', async () => {
    const page = pageOf('fr');
    const profile = await bob.watch.profiles.create({
      name: 'Serveur web',
      items: [{ name: 'Port 443', kind: 'tcp', settings: { port: 443 } }],
    });
    await page.goto(`/watch/profiles/${profile.id}`);
    await verb(page, words.fr.profiles.give).click();
    await page.getByRole('checkbox', { name: /web1/u }).check();
    await verb(page, words.fr.profiles.giveDialog.preview).click();
    await verb(page, words.fr.profiles.giveDialog.submit).click();
    await expect.poll(async () => (await bob.watch.profiles.uses({ id: profile.id })).items.length, soon).toBe(1);
    const given = (await checks()).find(({ name }) => name === 'Port 443');
    await page.goto(`/watch/checks/${given?.id ?? ''}`);
    await page.getByRole('link', { name: 'Serveur web' }).first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('show on the map what something is unreachable because of', async () => {
    const page = pageOf('fr');
    await expect.poll(unreachable, soon).toEqual(['behind']);
    await page.goto('/watch/map');
    await page.getByText(words.fr.map.because('switch')).first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('silence a check until it is cured', async () => {
    const page = pageOf('en');
    const { calm, watch } = words.en;
    const down = (await checks()).find(({ target }) => target.name === 'switch');
    await page.goto(`/watch/checks/${down?.id ?? ''}`);
    await verb(page, watch.actions.silence).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: calm.silences.form.ends }).selectOption('cured');
    await dialog.getByRole('textbox', { name: watch.silence.reason }).fill('The switch is on order.');
    await dialog.getByRole('button', { name: watch.silence.submit }).click();
    await page.goto('/watch/silences');
    await page.getByText('The switch is on order.').waitFor();
    await page.getByText(calm.silences.ends.cured).first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('try a rule on the past before it is saved', async () => {
    const page = pageOf('en');
    const { rules } = words.en.calm;
    const ping = (await checks()).find(({ target }) => target.name === 'switch');
    await page.goto(`/watch/checks/${ping?.id ?? ''}/rules`);
    await verb(page, rules.rehearse).click();
    await page.getByRole('region', { name: rules.result }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('ask only for what the chosen way in needs', async () => {
    const page = pageOf('fr');
    const fields = snmpFields.fr;
    await page.goto('/watch/new?kind=snmp');
    const user = page.getByRole('textbox', { name: fields.user.label, exact: true });
    const community = page.getByLabel(fields.community.label, { exact: true });
    await community.fill('labo');
    expect(await user.count()).toBe(0);
    await page.getByRole('combobox', { name: fields.version.label }).selectOption('3');
    await user.waitFor();
    expect(await community.count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('combobox', { name: fields.version.label }).selectOption('2c');
    expect(await community.inputValue()).toBe('labo');
    await page.getByRole('combobox', { name: fields.version.label }).selectOption('3');
  });

  test('make a dashboard', async () => {
    const page = pageOf('fr');
    await page.goto('/watch/dashboards');
    await verb(page, words.fr.measuring.dashboards.add).click();
    await page.waitForURL(/arrange/u);
    await page.getByText(words.fr.measuring.dashboards.noWidgets).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test.each(['en', 'fr'] as const)('can be read by everybody, on a phone too: %s', async (language) => {
    const page = pageOf(language);
    for (const address of addresses[language]) {
      await page.goto(`/${address}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      expect({ address, findings: await seriousFindings(page) }).toEqual({ address, findings: [] });
      await page.setViewportSize({ width: 390, height: 800 });
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect({ address, width }).toEqual({ address, width: 390 });
      await page.setViewportSize({ width: 1280, height: 900 });
    }
  });
});

/** A web server with two ports, and a switch that is dead with a host behind it. */
async function watchSomething(client: Client, address: string): Promise<void> {
  const { hosts, dependencies } = client.estate;
  const web = await hosts.create({ name: 'web1', address });
  const dead = await hosts.create({ name: 'switch', address: nobody.switch, kind: 'switch' });
  const behind = await hosts.create({ name: 'behind', address: nobody.behind });
  await dependencies.add({ dependent: { kind: 'host', id: behind.id }, on: { kind: 'host', id: dead.id } });
  const start = (name: string, kind: string, id: string, settings: Record<string, unknown>) =>
    client.watch.checks.create({ name, kind, target: { kind: 'host', id }, settings, intervalSeconds: 5 });
  await start('Port 80', 'tcp', web.id, { port: 80 });
  await start('SSH port', 'tcp', web.id, { port: 22 });
  await start('Ping', 'icmp', dead.id, {});
  await start('Ping', 'icmp', behind.id, {});
}

async function signedIn(browser: LabBrowser, language: Language): Promise<Page> {
  const page = await browser.open(language);
  await page.goto('/');
  await page.getByLabel(words[language].shell.signIn.mail).fill(mails[language]);
  await page.getByLabel(words[language].shell.signIn.password, { exact: true }).fill(companyPassword);
  await verb(page, words[language].shell.signIn.submit).click();
  await page.getByRole('heading', { level: 1, name: words[language].now.title }).waitFor();
  return page;
}
