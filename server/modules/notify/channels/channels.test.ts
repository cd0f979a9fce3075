import { z } from 'zod';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '#platform/clock.ts';
import { askService } from '../ask-service.ts';
import { channelKinds } from '../channel-kinds.ts';
import { fakeService } from '../testing/fake-service.ts';
import { link, message, send, sending, thread } from '../testing/send-incident.ts';

/** Typed as what it is compared with may be anything. */
const containing = (text: string): unknown => expect.stringContaining(text);

let service: Awaited<ReturnType<typeof fakeService>>;
afterEach(() => service?.[Symbol.asyncDispose]());

describe('Slack', () => {
  it('is written to by an incoming webhook, with nothing that a host says read as markup', async () => {
    service = await fakeService([{ status: 200, text: 'ok' }]);
    const outcome = await send('slack', { hookUrl: `${service.url}/services/T0/B0/x` }, message('opens'));
    expect(outcome).toMatchObject({ end: 'delivered' });
    const [first] = service.asked;
    expect(first).toMatchObject({ method: 'POST', path: '/services/T0/B0/x' });
    expect(first?.body).toMatchObject({
      text: containing('&lt;b&gt;refused&lt;/b&gt; &amp;'),
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: containing(`<${link}|`) } }],
    });
  });

  it('is written to by a bot, which tells the recovery in the thread of the opening and in the channel', async () => {
    service = await fakeService([{ status: 200, json: { ok: true, channel: 'C1', ts: '1700000000.000100' } }]);
    const settings = { token: 'xoxb-1', room: '#incidents', apiUrl: `${service.url}/api` };
    const opened = await send('slack', settings, message('opens'));
    expect(opened).toMatchObject({ end: 'delivered', receipt: { ts: '1700000000.000100', channel: 'C1' } });
    await send('slack', settings, message('closes', { ts: '1700000000.000100', channel: 'C1' }));
    const [first, second] = service.asked;
    expect(first?.path).toBe('/api/chat.postMessage');
    expect(first?.headers.authorization).toBe('Bearer xoxb-1');
    expect(first?.body).toMatchObject({ channel: '#incidents', unfurl_links: false });
    expect(second?.body).toMatchObject({ channel: 'C1', thread_ts: '1700000000.000100', reply_broadcast: true });
  });

  it('says by `ok` what its status does not, and by Retry-After when to come again', async () => {
    service = await fakeService([
      { status: 200, json: { ok: false, error: 'channel_not_found' } },
      { status: 429, json: { ok: false, error: 'ratelimited' }, headers: { 'retry-after': '30' } },
    ]);
    const settings = { token: 'xoxb-1', room: 'C1', apiUrl: service.url };
    const refused = await send('slack', settings, message('opens'));
    expect(refused).toMatchObject({ end: 'refused', detail: '200 OK: channel_not_found' });
    expect(await send('slack', settings, message('opens'))).toMatchObject({ end: 'later', retryAfterMs: 30_000 });
  });
});

it('Teams gets an adaptive card by a workflow’s webhook', async () => {
  service = await fakeService([{ status: 202 }]);
  expect(await send('teams', { hookUrl: `${service.url}/workflows/1?sig=x` }, message('opens'))).toMatchObject({
    end: 'delivered',
  });
  expect(service.asked[0]?.path).toBe('/workflows/1?sig=x');
  expect(service.asked[0]?.body).toMatchObject({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: { type: 'AdaptiveCard', version: '1.4', actions: [{ type: 'Action.OpenUrl', url: link }] },
      },
    ],
  });
  expect(JSON.stringify(service.asked[0]?.body)).not.toContain('[gone](http://evil)');
});

it('Mattermost gets an attachment; a name in it calls nobody', async () => {
  service = await fakeService([{ status: 200, text: 'ok' }]);
  await send('mattermost', { hookUrl: `${service.url}/hooks/x`, room: 'ops' }, message('closes'));
  const body = JSON.stringify(service.asked[0]?.body);
  expect(service.asked[0]?.body).toMatchObject({
    channel: 'ops',
    username: 'Vigie',
    attachments: [{ color: '#2f9e44', title_link: link }],
  });
  expect(body).not.toContain('@all');
});

describe('Discord', () => {
  it('answers with the message, which a recovery marks before it is told itself', async () => {
    service = await fakeService([{ status: 200, json: { id: '777' } }]);
    const settings = { hookUrl: `${service.url}/api/webhooks/1/token` };
    expect(await send('discord', settings, message('opens'))).toMatchObject({
      end: 'delivered',
      receipt: { message: '777' },
    });
    await send('discord', settings, message('closes', { message: '777' }));
    expect(service.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/webhooks/1/token?wait=true',
      'PATCH /api/webhooks/1/token/messages/777',
      'POST /api/webhooks/1/token?wait=true',
    ]);
    expect(service.asked[0]?.body).toMatchObject({
      allowed_mentions: { parse: [] },
      embeds: [{ color: 0xe0_31_31, url: link }],
    });
  });

  it('says in its answer how long to wait', async () => {
    service = await fakeService([{ status: 429, json: { message: 'rate limited', retry_after: 1.5, global: false } }]);
    const limited = await send('discord', { hookUrl: `${service.url}/api/webhooks/1/t` }, message('opens'));
    expect(limited).toMatchObject({ end: 'later', retryAfterMs: 1_500 });
  });
});

it('Telegram gets HTML of its own making, and the recovery as an answer to the opening', async () => {
  service = await fakeService([
    { status: 200, json: { ok: true, result: { message_id: 42 } } },
    { status: 200, json: { ok: true, result: { message_id: 43 } } },
    {
      status: 429,
      json: { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 14 } },
    },
    { status: 400, json: { ok: false, error_code: 400, description: 'Bad Request: chat not found' } },
    {
      status: 400,
      json: {
        ok: false,
        error_code: 400,
        description: 'Bad Request: group chat was upgraded to a supergroup chat',
        parameters: { migrate_to_chat_id: -1_001_234 },
      },
    },
  ]);
  const settings = { token: '123:ABC', chat: '-100', topic: 7, apiUrl: service.url };
  expect(await send('telegram', settings, message('opens'))).toMatchObject({
    end: 'delivered',
    receipt: { message: '42' },
  });
  await send('telegram', settings, message('closes', { message: '42' }));
  expect(await send('telegram', settings, message('opens'))).toMatchObject({ end: 'later', retryAfterMs: 14_000 });
  expect(await send('telegram', settings, message('opens'))).toMatchObject({
    end: 'refused',
    detail: '400 Bad Request: Bad Request: chat not found',
  });
  expect((await send('telegram', settings, message('opens'))).detail).toContain('supergroup chat (-1001234)');
  expect(service.asked[0]?.path).toBe('/bot123:ABC/sendMessage');
  expect(service.asked[0]?.body).toMatchObject({
    chat_id: '-100',
    message_thread_id: 7,
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    text: containing('&lt;b&gt;refused&lt;/b&gt;'),
  });
  expect(service.asked[1]?.body).toMatchObject({
    reply_parameters: { message_id: 42, allow_sending_without_reply: true },
  });
});

it('ntfy gets JSON with one sequence for all that is told of an incident', async () => {
  service = await fakeService([{ status: 200, json: { id: 'x' } }]);
  const settings = { server: service.url, topic: 'ops', token: 'tk_1' };
  await send('ntfy', settings, message('opens'));
  await send('ntfy', settings, message('closes'));
  expect(service.asked[0]).toMatchObject({ method: 'POST', path: '/', headers: { authorization: 'Bearer tk_1' } });
  expect(service.asked[0]?.body).toMatchObject({
    topic: 'ops',
    priority: 5,
    tags: ['rotating_light'],
    click: link,
    sequence_id: thread,
  });
  expect(service.asked[1]?.body).toMatchObject({ priority: 3, tags: ['white_check_mark'], sequence_id: thread });
});

it('Gotify gets a message with its application’s key', async () => {
  service = await fakeService([{ status: 200, json: { id: 1 } }]);
  await send('gotify', { server: `${service.url}/`, token: 'A1' }, message('opens'));
  expect(service.asked[0]).toMatchObject({ path: '/message', headers: { 'x-gotify-key': 'A1' } });
  expect(service.asked[0]?.body).toMatchObject({
    priority: 10,
    extras: { 'client::notification': { click: { url: link } } },
  });
});

it('Pushover rings until the incident is taken or over', async () => {
  service = await fakeService([{ status: 200, json: { status: 1, request: 'r', receipt: 'rcpt' } }]);
  const settings = { token: 'app', userKey: 'usr', apiUrl: service.url };
  expect(await send('pushover', settings, message('opens'))).toMatchObject({
    end: 'delivered',
    receipt: { receipt: 'rcpt' },
  });
  await send('pushover', settings, message('takes'));
  await send('pushover', settings, message('closes'));
  expect(service.asked.map(({ path }) => path)).toEqual([
    '/1/messages.json',
    `/1/receipts/cancel_by_tag/${thread}.json`,
    `/1/receipts/cancel_by_tag/${thread}.json`,
    '/1/messages.json',
  ]);
  expect(service.asked[0]?.body).toMatchObject({
    token: 'app',
    user: 'usr',
    priority: 2,
    retry: 60,
    expire: 3_600,
    tags: thread,
  });
  expect(service.asked[3]?.body).toMatchObject({ priority: 0 });
});

describe('PagerDuty', () => {
  it('has an incident triggered, acknowledged and resolved under one key', async () => {
    service = await fakeService([
      { status: 202, json: { status: 'success', message: 'Event processed', dedup_key: thread } },
    ]);
    const settings = { apiKey: 'R'.repeat(32), apiUrl: service.url };
    for (const phase of ['opens', 'takes', 'closes'] as const) await send('pagerduty', settings, message(phase));
    expect(service.asked.every(({ path }) => path === '/v2/enqueue')).toBe(true);
    expect(service.asked.map(({ body }) => body)).toMatchObject([
      {
        routing_key: 'R'.repeat(32),
        event_action: 'trigger',
        dedup_key: thread,
        payload: { severity: 'critical', source: 'web-1', summary: containing('[Vigie #12]') },
        links: [{ href: link }],
      },
      { event_action: 'acknowledge', dedup_key: thread },
      { event_action: 'resolve', dedup_key: thread },
    ]);
  });
});

it('Opsgenie has an alert created, acknowledged and closed under one alias', async () => {
  service = await fakeService([{ status: 202, json: { result: 'Request will be processed', requestId: 'q' } }]);
  const settings = { apiKey: 'key', team: 'ops', apiUrl: service.url };
  for (const phase of ['opens', 'takes', 'closes'] as const) await send('opsgenie', settings, message(phase));
  expect(service.asked.map(({ path }) => path)).toEqual([
    '/v2/alerts',
    `/v2/alerts/${thread}/acknowledge?identifierType=alias`,
    `/v2/alerts/${thread}/close?identifierType=alias`,
  ]);
  expect(service.asked[0]?.headers.authorization).toBe('GenieKey key');
  expect(service.asked[0]?.body).toMatchObject({
    alias: thread,
    priority: 'P1',
    responders: [{ type: 'team', name: 'ops' }],
  });
});

describe('an SMS gateway', () => {
  it('is asked by its template, with what is filled in encoded for its place', async () => {
    service = await fakeService([{ status: 200, text: 'OK 1' }]);
    const base = { to: '+33 6 12 34 56 78', hookUrl: `${service.url}/send?to={to}` };
    await send('sms', { ...base, authorization: 'Bearer s', expect: 'OK' }, message('opens'));
    await send(
      'sms',
      { ...base, contentType: 'application/x-www-form-urlencoded', body: 'm={text}&id={id}' },
      message('opens'),
    );
    const [json, form] = service.asked;
    expect(json).toMatchObject({ path: '/send?to=%2B33612345678', headers: { authorization: 'Bearer s' } });
    expect(json?.body).toMatchObject({ to: '+33612345678', message: containing(link) });
    const typed = new URLSearchParams(String(form?.body));
    expect(typed.get('m')).toContain('& [gone]');
    expect(typed.get('id')).toBe('019a0000-0000-7000-8000-00000000aaaa');
  });

  it('that answers 200 without the word it should say has refused', async () => {
    service = await fakeService([{ status: 200, text: 'ERROR no credit' }]);
    const refused = await send('sms', { to: '0612345678', hookUrl: service.url, expect: 'OK' }, message('opens'));
    expect(refused).toMatchObject({ end: 'refused', detail: '200 OK: ERROR no credit' });
  });
});

describe('a service', () => {
  it('that answers without end, that redirects or that is not there does not hold us', async () => {
    service = await fakeService([
      { status: 500, text: 'x'.repeat(1_000_000) },
      { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
    ]);
    const settings = { server: service.url, token: 'A' };
    const long = await send('gotify', settings, message('opens'));
    expect(long).toMatchObject({ end: 'later' });
    expect(long.detail.length).toBeLessThan(400);
    expect(await send('gotify', settings, message('opens'))).toMatchObject({ end: 'refused', reason: 'redirected' });
    expect(await send('gotify', { server: 'http://127.0.0.1:1', token: 'A' }, message('opens'))).toMatchObject({
      end: 'later',
      reason: 'unreachable',
    });
  });

  it('inside is closed to the channels that people make for themselves', async () => {
    service = await fakeService([{ status: 200 }]);
    const asked = { url: new URL(service.url), json: {} };
    expect(await askService(asked, { reach: 'everybody', signal: sending, clock: systemClock })).toMatchObject({
      reason: 'forbidden_address',
    });
    const named = { url: new URL(service.url.replace('127.0.0.1', 'localhost')), json: {} };
    expect(await askService(named, { reach: 'everybody', signal: sending, clock: systemClock })).toMatchObject({
      reason: 'forbidden_address',
    });
    expect(service.asked).toHaveLength(0);
  });
});

const schemaWords = z.object({
  properties: z.record(z.string(), z.object({ title: z.string(), secret: z.boolean().optional() })),
});

describe('every kind of channel', () => {
  it('has words for each of its settings in both languages, and tells no secret by its form', () => {
    for (const kind of Object.values(channelKinds)) {
      for (const language of ['en', 'fr'] as const) {
        const { settingsSchema, title, summary } = kind.describe(language);
        expect([title, summary].every((text) => text !== '')).toBe(true);
        const { properties } = schemaWords.parse(settingsSchema);
        for (const [name, property] of Object.entries(properties)) {
          expect([kind.name, name, property.title]).not.toContain('');
          expect(property.secret === true).toBe(kind.secrets.includes(name));
        }
      }
    }
  });
});
