import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Message } from '../channel-kind.ts';
import { clipWritten } from '../message-text.ts';
import { fakeService } from '../testing/fake-service.ts';
import { incident, link, message, send } from '../testing/send-incident.ts';
import { wordNotice } from '../wording.ts';

let service: Awaited<ReturnType<typeof fakeService>>;
afterEach(() => service?.[Symbol.asyncDispose]());

/** An incident whose title is nothing but signs that a service reads as its own, so that each is written longer. */
function longMessage(sign: string): Message {
  const notice = { about: 'opened' as const, ...incident, title: { en: sign.repeat(6_000), fr: '' } };
  return { ...message('opens'), notice, wording: wordNotice(notice, 'en', 'https://vigie.test') };
}

const sized = z.object({
  blocks: z.array(z.object({ text: z.object({ text: z.string() }) })).optional(),
  attachments: z.array(z.looseObject({ text: z.string().optional(), title: z.string().optional() })).optional(),
  embeds: z.array(z.object({ title: z.string(), description: z.string() })).optional(),
});

test('what a service takes at most is kept, the signs counted that are written longer on the way', async () => {
  service = await fakeService([{ status: 200, text: 'ok' }]);
  await send('slack', { hookUrl: `${service.url}/services/x` }, longMessage('&'));
  await send('teams', { hookUrl: `${service.url}/workflows/x` }, longMessage('*'));
  await send('mattermost', { hookUrl: `${service.url}/hooks/x` }, longMessage('@'));
  await send('discord', { hookUrl: `${service.url}/api/webhooks/1/x` }, longMessage('_'));
  const [slack, teams, mattermost, discord] = service.asked.map(({ body }) => body);
  const [section] = sized.parse(slack).blocks ?? [];
  expect(section?.text.text.length).toBeLessThanOrEqual(3_000);
  // No written sign is cut in two, and the address is whole.
  expect(section?.text.text.replaceAll('&amp;', '')).not.toContain('&');
  expect(section?.text.text).toContain(`<${link}|`);
  expect(Buffer.byteLength(JSON.stringify(teams))).toBeLessThanOrEqual(28 * 1_024);
  expect(JSON.stringify(sized.parse(mattermost).attachments).length).toBeLessThanOrEqual(7_900);
  const [embed] = sized.parse(discord).embeds ?? [];
  expect(embed?.title.length).toBeLessThanOrEqual(256);
  expect(embed?.description.length).toBeLessThanOrEqual(4_096);
});

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;');
}

test('as much of a text is kept as fits when it is written', () => {
  expect(clipWritten('short', 10, escaped)).toBe('short');
  expect(clipWritten('&&&&', 10, escaped)).toBe('&amp;…');
  expect(clipWritten('aaaaaaaaaaaaaaa', 10, escaped)).toBe('aaaaaaaaa…');
});
