import { Client } from 'pg';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '#contract/client.ts';
import { freePort } from '../free-port.ts';
import { startHouse, type House } from '../house.ts';
import { startMailCatcher, type MailCatcher } from '../mail-catcher.ts';
import { refusedWith } from '../refused-with.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../webhook-catcher.ts';

let house: House;
let mail: MailCatcher;
let web: WebhookCatcher;
beforeAll(async () => {
  house = await startHouse();
  mail = await startMailCatcher({ user: { name: 'vigie', password: 'mail secret' } });
  web = await startWebhookCatcher();
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  await mail[Symbol.asyncDispose]();
  await web[Symbol.asyncDispose]();
});

let count = 0;
const name = (): string => {
  count += 1;
  return `channel ${count}`;
};
const webhook = (url: string) =>
  house.as.alice.notify.channels.create({ name: name(), kind: 'webhook', settings: { hookUrl: url }, language: 'en' });

async function everythingStored(): Promise<string> {
  const client = new Client({ connectionString: house.databaseUrl });
  await client.connect();
  const tables = ['notify.channel', 'notify.mail_server', 'notify.delivery', 'platform.audit', 'platform.fact'];
  const rows: unknown[] = [];
  for (const table of tables) rows.push((await client.query(`select t::text as row from ${table} t`)).rows);
  await client.end();
  return JSON.stringify(rows);
}

describe('the mail server', () => {
  it('is set once; its password is never shown, and stays when it is left out', async () => {
    const asked = {
      host: '127.0.0.1',
      port: mail.port,
      security: 'none',
      user: 'vigie',
      from: 'vigie@company.test',
    } as const;
    expect(await house.as.alice.notify.mailServer.get({})).toBeNull();
    await house.as.alice.notify.mailServer.set({ ...asked, password: 'mail secret' });
    expect(await house.as.alice.notify.mailServer.set(asked)).toEqual({ ...asked, caPem: '', hasPassword: true });
    const elsewhere = await house.as.alice.notify.mailServer.set({ ...asked, host: 'localhost' });
    expect(elsewhere.hasPassword).toBe(false);
    await house.as.alice.notify.mailServer.set({ ...asked, password: 'mail secret' });
    expect(JSON.stringify(await house.as.carol.notify.mailServer.get({}))).not.toContain('mail secret');
    expect((await everythingStored()).includes('mail secret')).toBe(false);
  });
});

describe('a test notice', () => {
  it('arrives by mail at once, in the language of the person whose channel it is', async () => {
    const channel = await house.as.alice.notify.channels.create({
      name: 'Bob',
      kind: 'mail',
      settings: { address: 'bob@vigie.test' },
      language: 'en',
      personId: house.ids.bob,
    });
    expect(channel.language).toBe('fr');
    const sent = await house.as.alice.notify.channels.test({ id: channel.id });
    expect(sent).toMatchObject({ about: 'test', state: 'delivered' });
    expect(sent.answer).toMatch(/^250/u);
    const arrived = mail.caught.at(-1);
    expect(arrived?.to).toEqual(['bob@vigie.test']);
    expect((await arrived?.mail)?.subject).toBe('[Vigie] Essai du canal «\u00A0Bob\u00A0»');
  });

  it('says why it did not arrive, and is not tried again', async () => {
    const channel = await webhook(`http://127.0.0.1:${await freePort()}/`);
    const refusal = await house.as.alice.notify.channels
      .test({ id: channel.id })
      .catch((error: unknown) => refusalOf(error));
    expect(refusal).toMatchObject({ code: 'channel_failed', status: 502 });
    expect(refusal).toHaveProperty('message', expect.stringMatching(/could not be reached.*ECONNREFUSED/u));
    const { items } = await house.as.carol.notify.deliveries({ channelId: channel.id });
    expect(items).toMatchObject([{ about: 'test', state: 'failed' }]);
  });

  it('is not sent on by a redirection', async () => {
    const channel = await webhook(`${web.url}/moved`);
    web.status = 302;
    const refusal = await house.as.alice.notify.channels
      .test({ id: channel.id })
      .catch((error: unknown) => refusalOf(error));
    web.status = 204;
    expect(refusal).toHaveProperty('message', expect.stringContaining('redirection'));
  });
});

describe('a webhook', () => {
  it('keeps its secret path to itself', async () => {
    const channel = await webhook(`${web.url}/services/T0/very-secret?key=also-secret`);
    expect(channel.destination).toBe(`${web.url}/…`);
    const { items } = await house.as.carol.notify.channels.list({});
    expect(JSON.stringify(items)).not.toMatch(/very-secret|also-secret/u);
    await house.as.alice.notify.channels.test({ id: channel.id });
    expect(web.caught.at(-1)?.path).toBe('/services/T0/very-secret?key=also-secret');
    expect(/very-secret|also-secret/u.test(await everythingStored())).toBe(false);
  });

  it('never leads to a link-local address or a provider’s metadata service, by whatever name', async () => {
    const forbidden = [
      'http://169.254.169.254/latest/meta-data/',
      'http://2852039166/',
      'http://[fe80::1]/',
      'http://[::ffff:169.254.169.254]/',
      'http://0.0.0.0/',
    ];
    for (const url of forbidden) expect(await refusedWith(webhook(url))).toBe('address_forbidden');
  });

  it('needs a web address, and a mail channel a mail address', async () => {
    const refusal = await webhook('ftp://example.org/').catch((error: unknown) => refusalOf(error));
    expect(refusal).toMatchObject({ code: 'settings_invalid', data: { fields: [{ path: 'settings.hookUrl' }] } });
    expect(
      await refusedWith(
        house.as.alice.notify.channels.create({
          name: name(),
          kind: 'mail',
          settings: { address: 'not an address' },
          language: 'en',
        }),
      ),
    ).toBe('settings_invalid');
  });
});

describe('a channel', () => {
  it('is changed and removed by an administrator; its log stays', async () => {
    const channel = await webhook(`${web.url}/one`);
    await house.as.alice.notify.channels.test({ id: channel.id });
    const changed = await house.as.alice.notify.channels.change({
      id: channel.id,
      settings: { hookUrl: `${web.url}/two` },
      from: 'critical',
      active: false,
    });
    expect(changed).toMatchObject({ active: false, from: 'critical', lastDelivery: { state: 'delivered' } });
    await house.as.alice.notify.channels.test({ id: channel.id });
    expect(web.caught.at(-1)?.path).toBe('/two');
    await house.as.alice.notify.channels.remove({ id: channel.id });
    expect(await refusedWith(house.as.alice.notify.channels.test({ id: channel.id }))).toBe('not_found');
    expect((await house.as.carol.notify.deliveries({ channelId: channel.id })).total).toBe(2);
  });

  it('has a name of its own and a person whom Vigie knows', async () => {
    const { name: taken } = await webhook(`${web.url}/x`);
    const again = {
      name: taken.toUpperCase(),
      kind: 'mail',
      settings: { address: 'a@vigie.test' },
      language: 'fr',
    } as const;
    expect(await refusedWith(house.as.alice.notify.channels.create(again))).toBe('name_taken');
    expect(await refusedWith(house.as.alice.notify.channels.create({ ...again, name: name(), personId: uuid() }))).toBe(
      'not_found',
    );
  });

  it('has a log that is read page by page', async () => {
    const { id } = await webhook(`${web.url}/pages`);
    for (let turn = 0; turn < 3; turn += 1) await house.as.alice.notify.channels.test({ id });
    const first = await house.as.carol.notify.deliveries({ channelId: id, limit: 2 });
    const second = await house.as.carol.notify.deliveries({ channelId: id, limit: 2, after: first.next ?? '' });
    expect([...first.items, ...second.items].map((one) => one.id)).toHaveLength(3);
    expect(second.next).toBeNull();
    expect(await refusedWith(house.as.carol.notify.deliveries({ after: 'nonsense' }))).toBe('bad_input');
  });
});

describe('where notices go', () => {
  it('is read by operators and auditors, changed by administrators only, and closed to the requester', async () => {
    const channel = await webhook(`${web.url}/roles`);
    await house.as.bob.notify.channels.list({});
    await house.as.carol.notify.deliveries({});
    for (const who of [house.as.bob, house.as.carol])
      expect(await refusedWith(who.notify.channels.change({ id: channel.id, active: false }))).toBe('forbidden');
    expect(await refusedWith(house.as.bob.notify.channels.test({ id: channel.id }))).toBe('forbidden');
    expect(await refusedWith(house.as.dan.notify.channels.list({}))).toBe('forbidden');
    expect(await refusedWith(house.as.nobody.notify.deliveries({}))).toBe('signed_out');
  });
});
