import { once } from 'node:events';
import { createServer } from 'node:http';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mailPage } from '#mail/html/mail-page.ts';
import { chromiumFlags } from '../e2e/browser.ts';
import { startHouse, type House } from '../house.ts';
import { mailOf, startMailDesk, type MailDesk } from '../mail-desk.ts';

let house: House;
let mail: MailDesk;
let browser: Browser;
/** What somebody's server outside was asked for. */
const asked: string[] = [];
const outside = createServer((request, response) => {
  asked.push(request.url ?? '');
  response.setHeader('content-type', 'image/gif').end(Buffer.from('R0lGODlhAQABAAAAACw=', 'base64'));
});
let there = '';

beforeAll(async () => {
  outside.listen(0, '127.0.0.1');
  await once(outside, 'listening');
  const at = outside.address();
  there = `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`;
  [house, browser] = await Promise.all([
    startHouse(),
    chromium.launch({ executablePath: '/usr/bin/chromium', args: chromiumFlags, headless: true, timeout: 60_000 }),
  ]);
  mail = await startMailDesk(house);
});
afterAll(async () => {
  await browser.close();
  await mail[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
  outside.close();
});

const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Each of these reaches the outside, or runs, in a browser that nothing hinders. */
const hostile = (to: string): string => `
  <script>fetch('${to}/script');document.title='ran'</script>
  <img src=x onerror="fetch('${to}/onerror');document.title='ran'">
  <svg onload="document.title='ran'"><image href="${to}/svg"/></svg>
  <style>@import url(${to}/import);body{background:url(${to}/css)}</style>
  <p style="background:url(${to}/inline)">words</p>
  <link rel="stylesheet" href="${to}/link"><link rel="prefetch" href="${to}/prefetch">
  <meta http-equiv="refresh" content="0;url=${to}/refresh">
  <base href="${to}/base/">
  <iframe src="${to}/frame"></iframe><object data="${to}/object"></object><embed src="${to}/embed">
  <video autoplay src="${to}/video" poster="${to}/poster"></video><audio autoplay src="${to}/audio"></audio>
  <form action="${to}/form" id="f"><input name="p" autofocus onfocus="document.title='ran'"></form>
  <img src="${to}/remote.png" width="80" height="20" alt="Logo"><img src="${to}/dot.gif?who=anna" width="1" height="1">
  <picture><source srcset="${to}/srcset"><img srcset="${to}/set 1x"></picture>
  <input type="image" src="${to}/input"><table background="${to}/table"><tr><td>cell</td></tr></table>`;

async function opened(html: string): Promise<string> {
  const before = (await house.as.bob.desk.mails.list({ limit: 1 })).total;
  await mail.deliver(
    mailOf({ Subject: 'Offer', 'Content-Type': 'multipart/related; boundary=b' }, '').trimEnd() +
      `\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}\r\n--b\r\nContent-Type: image/png; name=a.png\r\nContent-ID: <a@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n${dot}\r\n--b--\r\n`,
  );
  await mail.settled(before + 1);
  return (await house.as.bob.desk.mails.list({ limit: 1 })).items[0]?.id ?? '';
}

async function window() {
  const context = await browser.newContext();
  await context.addCookies([{ name: 'vigie_session', value: house.tokens.bob, url: house.url }]);
  return context.newPage();
}

describe('a hostile mail in a real browser', () => {
  test('runs nothing and asks nobody for anything, and shows the image that came along', async () => {
    const id = await opened(`${hostile(there)}<p>See <img src="cid:a@x" alt="Seal"></p>`);
    const page = await window();
    asked.length = 0;
    await page.goto(`${house.url}/files/mails/${id}/page`, { waitUntil: 'networkidle' });
    expect(await page.title()).toBe('Offer');
    expect(await page.locator('body').innerText()).toContain('words');
    expect(
      await page
        .locator('img[alt="Seal"]')
        .evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth),
    ).toBe(1);
    expect(asked).toEqual([]);
    expect(page.url()).toBe(`${house.url}/files/mails/${id}/page`);
  });

  test('loads the images of its sender when somebody asks, but not the one that counts readers', async () => {
    const id = await opened(`<p>Again</p>${hostile(there)}`);
    const page = await window();
    asked.length = 0;
    await page.goto(`${house.url}/files/mails/${id}/page?remote`, { waitUntil: 'networkidle' });
    expect(asked).toEqual(['/remote.png']);
  });

  test('would reach nobody even if the filter let all of it through', async () => {
    const { policy } = mailPage('', {
      language: 'en',
      title: '',
      remoteImages: false,
      folded: false,
      dark: false,
      imageOf: () => null,
    });
    const page = await window();
    asked.length = 0;
    // A frame's own refresh is the one thing that no policy stops: that is what the filter is for.
    const unfiltered = hostile(there).replace(/<meta[^>]*>/u, '');
    await page.route('**/unfiltered', (route) =>
      route.fulfill({
        contentType: 'text/html',
        headers: { 'content-security-policy': policy },
        body: `<title>still</title>${unfiltered}`,
      }),
    );
    await page.goto(`${house.url}/unfiltered`, { waitUntil: 'networkidle' });
    expect(await page.title()).toBe('still');
    await page.evaluate(() => document.querySelector('form')?.submit()).catch(() => undefined);
    expect(asked).toEqual([]);
  });

  test('is shown to those who work at the desk, in our own pages only', async () => {
    const id = await opened('<p>Hello <a href="https://evil.example/x">www.bank.example</a></p>');
    const get = (token: string) =>
      fetch(`${house.url}/files/mails/${id}/page`, { headers: { authorization: `Bearer ${token}` } });
    const answer = await get(house.tokens.bob);
    expect(answer.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await get(house.tokens.dan)).status).toBe(404);
    expect((await get('nobody')).status).toBe(401);
    const reading = await house.as.carol.desk.mails.reading({ id });
    expect(reading).toMatchObject({
      textFrom: 'html',
      remoteImages: 0,
      links: [{ host: 'evil.example', deceptive: true }],
    });
    expect(reading.attachments).toMatchObject([{ name: 'a.png', contentId: 'a@x', runs: false }]);
    await expect(house.as.dan.desk.mails.reading({ id })).rejects.toMatchObject({ code: 'forbidden' });
    expect(
      (await house.as.bob.desk.mails.ofTicket({ id: (await house.as.bob.desk.mails.get({ id })).ticket?.id ?? '' }))
        .messages,
    ).toMatchObject([{ formatted: true }]);
  });
});
