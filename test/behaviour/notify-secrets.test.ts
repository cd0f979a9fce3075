import { afterAll, beforeAll, expect, it } from 'vitest';
import { refusalOf } from '#contract/client.ts';
import { secretMark } from '#contract/words.ts';
import { startHouse, type House } from '../house.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../webhook-catcher.ts';

let house: House;
let here: WebhookCatcher;
let there: WebhookCatcher;
beforeAll(async () => {
  house = await startHouse();
  here = await startWebhookCatcher();
  there = await startWebhookCatcher();
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  await here[Symbol.asyncDispose]();
  await there[Symbol.asyncDispose]();
});

const channels = () => house.as.alice.notify.channels;

it('a kept secret does not go to another address, or there unprotected; with the secret in hand it may', async () => {
  const settings = { server: here.url, token: 'sesame' };
  const { id } = await channels().create({ name: 'Gotify', kind: 'gotify', settings, language: 'en' });
  const elsewhere = [there.url, here.url.replace('http:', 'https:'), `${here.url}/other`];
  for (const server of elsewhere)
    for (const kept of [{ server }, { server, token: secretMark }]) {
      const refusal = await channels()
        .change({ id, settings: kept })
        .catch((error: unknown) => refusalOf(error));
      expect(refusal).toMatchObject({ code: 'settings_invalid', data: { fields: [{ path: 'settings.token' }] } });
    }
  expect((await channels().test({ id })).state).toBe('delivered');
  expect(here.caught.at(-1)?.headers['x-gotify-key']).toBe('sesame');

  // Written otherwise it is the same place; and who has the secret says where it goes.
  await channels().change({ id, settings: { server: `${here.url}/`, token: secretMark } });
  await channels().change({ id, settings: { server: there.url, token: 'another' } });
  await channels().test({ id });
  expect(there.caught.at(-1)?.headers['x-gotify-key']).toBe('another');
});

it('neither does what a gateway of text messages is told as authorisation', async () => {
  const settings = { to: '+33612345678', hookUrl: `${here.url}/sms`, authorization: 'Bearer sesame' };
  const { id } = await channels().create({ name: 'SMS', kind: 'sms', settings, language: 'en' });
  const refusal = await channels()
    .change({ id, settings: { hookUrl: `${there.url}/sms` } })
    .catch((error: unknown) => refusalOf(error));
  expect(refusal).toMatchObject({ code: 'settings_invalid', data: { fields: [{ path: 'settings.authorization' }] } });
  await channels().change({ id, settings: { longest: 160 } });
  await channels().test({ id });
  expect(here.caught.at(-1)?.headers.authorization).toBe('Bearer sesame');
});

it('a test notice says that it was tried once', async () => {
  const settings = { hookUrl: `${here.url}/once` };
  const { id } = await channels().create({ name: 'Once', kind: 'webhook', settings, language: 'en' });
  expect(await channels().test({ id })).toMatchObject({ state: 'delivered', attempts: 1 });
});
