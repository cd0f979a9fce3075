import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { v7 as uuid } from 'uuid';
import { documents, pdfOf } from '#mail/testing/documents.ts';
import { startHouse, type House } from '../house.ts';
import { mailOf, startMailDesk, type MailDesk } from '../mail-desk.ts';
import { until } from '../until.ts';

let house: House;
let mail: MailDesk;
let count = 0;

beforeAll(async () => {
  house = await startHouse();
  mail = await startMailDesk(house);
});
afterAll(async () => {
  await mail[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
});

const desk = () => house.as.bob.desk;
const hits = async (words: string): Promise<string[]> =>
  (await desk().search({ words })).items.map(({ title }) => title).toSorted();

async function deliver(subject: string, name: string, bytes: Buffer): Promise<void> {
  const part = `--b\r\nContent-Type: application/octet-stream; name="${name}"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64')}\r\n--b--\r\n`;
  const head = mailOf({ Subject: subject, 'Content-Type': 'multipart/mixed; boundary=b' }, '').trimEnd();
  await mail.deliver(`${head}\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the document.\r\n${part}`);
  count += 1;
  await mail.settled(count);
}

test('a ticket is found by the words inside the documents that came with its mail', async () => {
  await deliver('Contract', 'contrat.pdf', await pdfOf('Clause de résiliation du monte-charge'));
  await deliver('Letter', 'lettre.docx', documents['docx']?.('Photocopieuse zinzolin') ?? Buffer.alloc(0));
  // The mail is a ticket at once; its documents are read right after that.
  expect(await hits('Contract')).toEqual(['Contract']);
  await until(async () => (await hits('résiliation')).length > 0 && (await hits('zinzolin')).length > 0);
  expect(await hits('resiliation monte-charge')).toEqual(['Contract']);
  expect(await hits('zinzolin')).toEqual(['Letter']);
});

test('the same document sent again elsewhere is found there at once, and one that an operator adds too', async () => {
  const bytes = documents['ods']?.('Inventaire quincajou') ?? Buffer.alloc(0);
  await deliver('First', 'inventaire.ods', bytes);
  await until(async () => (await hits('quincajou')).length === 1);
  await deliver('Second', 'copie.ods', bytes);
  expect(await hits('quincajou')).toEqual(['First', 'Second']);
  const ticket = await desk().tickets.create({ title: 'Third', kind: 'request' });
  const { attachmentId, path } = await desk().attachments.begin({
    id: ticket.id,
    name: 'presentation.odp',
    sizeBytes: bytes.length,
  });
  const sent = await fetch(`${house.url}${path}`, {
    method: 'PUT',
    body: new Uint8Array(documents['odp']?.('Diapositive ornithorynque') ?? []),
    headers: { authorization: `Bearer ${house.tokens.bob}`, 'x-vigie-file': '1' },
  });
  expect(sent.status).toBe(200);
  await desk().messages.add({
    id: ticket.id,
    messageId: uuid(),
    visibility: 'note',
    body: 'Enclosed.',
    attachmentIds: [attachmentId],
  });
  await until(async () => (await hits('ornithorynque')).length > 0);
  expect(await hits('ornithorynque')).toEqual(['Third']);
});

test('a broken document hinders nobody: its ticket is there, and those after it are read', async () => {
  await deliver('Broken', 'broken.docx', Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(5_000, 7)]));
  await deliver('Whole', 'whole.xlsx', documents['xlsx']?.('Tableau chrysocale') ?? Buffer.alloc(0));
  await until(async () => (await hits('chrysocale')).length > 0);
  expect(await hits('Broken')).toEqual(['Broken']);
});

/** Why the words of a ticket's document are not found. */
async function why(subject: string): Promise<unknown> {
  const [ticket] = (await desk().search({ words: subject })).items;
  const { items } = await desk().attachments.list({ id: ticket?.id ?? '' });
  return items[0]?.unread;
}

test('a document that cannot be read says so where it stands, and why', async () => {
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1_000)]);
  await deliver('Locked', 'salaires.pdf', await pdfOf('Salaires', { password: 'sesame' }));
  await deliver('Old', 'lettre.doc', ole);
  await deliver('Sealed', 'budget.xlsx', ole);
  await deliver('Readable', 'lisible.pdf', await pdfOf('Rapport pangolin'));
  await until(async () => (await hits('pangolin')).length > 0);
  await until(async () => (await why('Locked')) === 'password');
  expect(await why('Old')).toBe('old_format');
  expect(await why('Sealed')).toBe('password');
  expect(await why('Readable')).toBeNull();
  expect(await why('Broken')).toBe('damaged');
});

test('a document that nobody came to an end with is read no more', async () => {
  const line = new pg.Client({ connectionString: house.databaseUrl });
  await line.connect();
  try {
    await deliver('Cursed', 'cursed.docx', documents['docx']?.('Document zibeline') ?? Buffer.alloc(0));
    await until(async () => (await hits('zibeline')).length > 0);
    // As the servers that died over it left it.
    const { rows } = await line.query<{ id: string }>(
      `update desk.blob set reading = 'waiting', reading_tries = 3, reading_at = now()
       where words like '%zibeline%' returning id`,
    );
    expect(rows).toHaveLength(1);
    const reading = async (): Promise<unknown> =>
      (await line.query('select reading from desk.blob where id = $1', [rows[0]?.id])).rows[0];
    await deliver('Next', 'next.docx', documents['docx']?.('Document astrakan') ?? Buffer.alloc(0));
    await until(async () => (await hits('astrakan')).length > 0);
    expect(await reading()).toEqual({ reading: 'failed' });
  } finally {
    await line.end();
  }
});
