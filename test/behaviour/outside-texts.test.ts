import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client as Line } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portOf } from '../free-port.ts';
import { startHouse, type House } from '../house.ts';
import { startMailCatcher, type MailCatcher } from '../mail-catcher.ts';
import { until } from '../until.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../webhook-catcher.ts';

/** Markup, a formula, a command of terminals, signs that turn the writing around, and ends of lines. */
const hostile =
  '=cmd|"/c calc"!A1 <img src=x onerror=alert(1)>\u001b]0;owned\u0007\u001b[31m\u009b2J\u202egnp.exe\u2066 @all';
/** What may be left of it: nothing that steers or turns. */
const steers = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u;

let house: House;
let mail: MailCatcher;
let room: WebhookCatcher;
let server: Server;
let ticketId = '';
let hostId = '';
let checkId = '';

beforeAll(async () => {
  house = await startHouse();
  mail = await startMailCatcher();
  room = await startWebhookCatcher();
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(`554 ${hostile}\u0000\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { alice } = house.as;
  await alice.notify.mailServer.set({
    host: '127.0.0.1',
    port: mail.port,
    security: 'none',
    user: '',
    from: 'vigie@vigie.test',
  });
  const everything = { language: 'en', everything: true } as const;
  await alice.notify.channels.create({
    ...everything,
    name: 'mail',
    kind: 'mail',
    settings: { address: 'bob@vigie.test' },
  });
  for (const kind of ['webhook', 'slack', 'teams', 'mattermost'] as const)
    await alice.notify.channels.create({
      ...everything,
      name: kind,
      kind,
      settings: { hookUrl: `${room.url}/${kind}` },
    });
  const host = await alice.estate.hosts.create({ name: hostile, address: '127.0.0.1' });
  hostId = host.id;
  const target = { kind: 'host', id: hostId } as const;
  const check = await alice.watch.checks.create({
    name: `banner ${hostile}`,
    kind: 'smtp',
    target,
    settings: { port: portOf(server.address()) },
    intervalSeconds: 2,
  });
  checkId = check.id;
  await until(async () => {
    const [ticket] = (await alice.desk.tickets.list({ open: 'true' })).items;
    ticketId = ticket?.id ?? '';
    return ticketId !== '';
  }, 60_000);
  await until(async () => mail.caught.length > 0 && room.caught.length >= 4);
}, 90_000);
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  await mail[Symbol.asyncDispose]();
  await room[Symbol.asyncDispose]();
  server.close();
});

/** What a chat or webhook was sent. */
function toldTo(kind: string): string {
  const found = room.caught.find((each) => each.path === `/${kind}`);
  if (found === undefined) throw new Error(`${kind} was told nothing`);
  return JSON.stringify(found.body);
}

describe('what a server and its name say', () => {
  it('is stored without anything that steers, and told so by every request', async () => {
    const { alice } = house.as;
    const told = JSON.stringify([
      await alice.watch.checks.get({ id: checkId }),
      await alice.watch.checks.results({ id: checkId, limit: 5 }),
      await alice.watch.alerts.list({}),
      await alice.desk.tickets.get({ id: ticketId }),
      await alice.estate.hosts.get({ id: hostId }),
      await alice.logbook.entries.list({}),
    ]);
    expect(told).toContain('onerror');
    expect(JSON.parse(`[${JSON.stringify(told)}]`)).toHaveLength(1);
    expect(told).not.toMatch(/\\u00(?:0[0-8bce-f]|1[0-9a-f]|7f|8|9)|[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
  });

  it('arrives by mail as text of that mail: no markup, no header, no sign that turns it around', async () => {
    const [caught] = mail.caught;
    const read = await caught?.mail;
    expect(read?.subject).toContain('<img src=x onerror=alert(1)>');
    expect(read?.subject).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    expect(read?.html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(read?.html).not.toContain('<img');
    expect(`${read?.html ?? ''}${read?.text ?? ''}`).not.toMatch(steers);
    expect(read?.to).toHaveLength(1);
  });

  it('reaches chats and webhooks without markup of theirs', () => {
    for (const kind of ['webhook', 'slack', 'teams', 'mattermost'])
      expect(toldTo(kind)).not.toMatch(/\\u00(?:0[0-8bce-f]|1[0-9a-f])|[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
    expect(toldTo('slack')).not.toContain('<img');
    expect(toldTo('mattermost')).not.toContain('@all');
  });

  it('is printed in the report, and is no formula in a table', async () => {
    const { bob, alice } = house.as;
    const folder = await mkdtemp(path.join(tmpdir(), 'vigie-outside-'));
    try {
      await bob.desk.tickets.acknowledge({ id: ticketId });
      await bob.desk.tickets.resolve({ id: ticketId, causeText: hostile, remedyText: hostile });
      const file = await alice.reports.resolution.pdf({ ticketId, language: 'fr' });
      const name = path.join(folder, 'report.pdf');
      await writeFile(name, new Uint8Array(await file.arrayBuffer()));
      const ran = spawnSync('pdftotext', ['-layout', name, '-'], { encoding: 'utf8' });
      expect(ran.stdout.replaceAll(/\s|\u200b/gu, '')).toContain('onerror=alert(1)');
      expect(ran.stdout.replaceAll(/[\n\f]/gu, '')).not.toMatch(steers);
      const raw = Buffer.from(await file.arrayBuffer()).toString('latin1');
      expect(raw).not.toMatch(/\/JavaScript|\/JS |\/Launch|\/EmbeddedFile/u);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    const log = await (await alice.notify.deliveriesCsv({ separator: 'semicolon' })).text();
    const door = await alice.watch.checks.create({
      name: hostile,
      kind: 'tcp',
      target: { kind: 'host', id: hostId },
      settings: { port: portOf(server.address()) },
    });
    const seriesOf = async () =>
      (await alice.watch.measurements.series({ checkId: door.id })).items.map(({ id }) => id);
    await until(async () => (await seriesOf()).length > 0);
    const series = await seriesOf();
    const hour = 3_600_000;
    const span = { from: new Date(Date.now() - hour).toISOString(), until: new Date(Date.now() + hour).toISOString() };
    const values = await (await alice.watch.measurements.csv({ series, ...span, separator: 'comma' })).text();
    for (const text of [log, values]) {
      expect(text).toContain('onerror');
      for (const line of text.split('\r\n')) expect(line).not.toMatch(/(?:^|[;,])"?[=+@\t\r]/u);
      expect(text.replaceAll(/[\r\n]/gu, '')).not.toMatch(steers);
    }
  });
});

it('a text that people type keeps its letters, and nothing of it runs in the database', async () => {
  const { bob } = house.as;
  const title = "Robert'); drop table desk.ticket; -- \u05d0\u05d1 \u{1f600} é";
  const made = await bob.estate.hosts.create({ name: title, address: 'nowhere.invalid' });
  expect(made.name).toBe(title);
  const line = new Line({ connectionString: house.databaseUrl });
  await line.connect();
  const { rows } = await line.query('select name from estate.pub_thing where id = $1', [made.id]);
  await line.end();
  expect(rows).toEqual([{ name: title }]);
});
