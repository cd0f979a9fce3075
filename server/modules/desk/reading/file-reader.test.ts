import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { fileKind } from '../talk/file-kind.ts';
import { readFileApart } from './file-reader.ts';
import { readableKind } from './read-file.ts';
import { documents, pdfOf, rawPdf, zipOf } from '#mail/testing/documents.ts';

const office = (bytes: Buffer) => readFileApart({ bytes, kind: 'office' });
const pdf = (bytes: Buffer) => readFileApart({ bytes, kind: 'pdf' });
/** Either words or a fault, whatever the file is. */
const oneOf = (answer: object): boolean => 'words' in answer !== 'fault' in answer;
const usual = { mostCpuMs: 30_000, mostWallMs: 60_000, mostHeapMib: 192, mostGrowthMib: 400 };

describe('the words of documents', () => {
  test.each(Object.keys(documents))('%s', async (ending) => {
    const bytes = documents[ending]?.('Imprimante numéro 4711 &amp; câble') ?? Buffer.alloc(0);
    const kind = readableKind(fileKind(bytes.subarray(0, 4_096), `a.${ending}`).type, `a.${ending}`);
    expect(kind).toBe('office');
    const answer = await office(bytes);
    expect(answer).toMatchObject({ words: expect.stringContaining('Imprimante numéro 4711 & câble') as unknown });
    expect(answer).toMatchObject({ words: expect.stringMatching(/(?:^|\s)Second(?:\s|$)/u) as unknown });
  });

  test('a PDF, all its pages', async () => {
    const bytes = await pdfOf('Contrat d’entretien de l’ascenseur');
    expect(readableKind(fileKind(bytes.subarray(0, 4_096), 'x').type, 'x')).toBe('pdf');
    const answer = await pdf(bytes);
    expect(answer).toMatchObject({
      words: expect.stringMatching(/Contrat d’entretien de l’ascenseur.*Second/u) as unknown,
    });
  });

  test('a zip that is no document has none, and its name decides nothing but how it is looked at', async () => {
    expect(readableKind('application/zip', 'photos.zip')).toBeNull();
    expect(readableKind('application/zip', 'letter.docx')).toBe('office');
    expect(readableKind('text/plain', 'letter.docx')).toBeNull();
    expect(await office(zipOf({ 'photo.txt': 'nothing' }))).toEqual({ words: '' });
  });
});

describe('documents that are closed with a password', () => {
  test('a PDF', async () => {
    const answer = await pdf(await pdfOf('Salaires de mars', { password: 'sesame' }));
    expect(answer).toMatchObject({ fault: 'password' });
  });

  test('a PDF that everybody may open and nobody may print is read', async () => {
    const answer = await pdf(await pdfOf('Salaires de mars', { password: '' }));
    expect(answer).toMatchObject({ words: expect.stringContaining('Salaires de mars') as unknown });
  });

  test('an OpenDocument file, by its manifest, wherever that stands', async () => {
    const content = { 'content.xml': randomBytes(5_000) };
    const manifest = { 'META-INF/manifest.xml': '<manifest:manifest><manifest:encryption-data/></manifest:manifest>' };
    for (const parts of [
      { ...content, ...manifest },
      { ...manifest, ...content },
      { 'encrypted-package': randomBytes(5_000) },
    ])
      expect(await office(zipOf(parts))).toMatchObject({ fault: 'password' });
  });
});

describe('documents that mean harm', () => {
  test('a part that grows without end is read as far as its bound', async () => {
    const bomb = zipOf({
      'word/document.xml': Buffer.concat([Buffer.from('<w:t>before</w:t>'), Buffer.alloc(300_000_000, ' ')]),
    });
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await office(bomb)).toEqual({ words: 'before' });
  });

  test('sizes and counts that lie', async () => {
    expect(
      await office(zipOf({ 'word/document.xml': `<w:t>${'x '.repeat(50_000)}</w:t>` }, { size: 10 })),
    ).toHaveProperty('fault');
    expect(await office(zipOf({ 'word/document.xml': '<w:t>x</w:t>' }, { entries: 65_000 }))).toHaveProperty('fault');
  });

  test('elements in elements without end, and entities of its own making', async () => {
    expect(oneOf(await office(zipOf({ 'content.xml': `${'<a>'.repeat(1_000_000)}deep` })))).toBe(true);
    const laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><t>&b;&b; words</t>';
    expect(await office(zipOf({ 'content.xml': laughs }))).toMatchObject({
      words: expect.not.stringContaining('haha') as unknown,
    });
  });

  test('a PDF whose page grows beyond what the process may is given up, and the process lives', async () => {
    const page = Buffer.concat([Buffer.from('BT /F 9 Tf (before) Tj ET '), Buffer.alloc(600_000_000, ' ')]);
    const bomb = rawPdf(page, deflateSync(page));
    expect(bomb.length).toBeLessThan(2_000_000);
    const answer = await readFileApart({ bytes: bomb, kind: 'pdf' }, { ...usual, mostGrowthMib: 120 });
    expect(answer).toMatchObject({ fault: 'too_heavy' });
  }, 60_000);

  test('a document that takes too long is given up', async () => {
    const page = Buffer.from(`BT /F 9 Tf ${'(word) Tj 1 0 0 1 5 5 Tm '.repeat(400_000)} ET`);
    const slow = rawPdf(page, deflateSync(page));
    const answer = await readFileApart({ bytes: slow, kind: 'pdf' }, { ...usual, mostCpuMs: 150 });
    expect(answer).toEqual({ fault: 'too_heavy', said: 'too slow' });
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['noise', randomBytes(50_000)],
    ['a beginning only', Buffer.from('%PDF-1.7\n1 0 obj\n<</Type/Catalog')],
    [
      'a circle of pages',
      Buffer.from(
        '%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[2 0 R]/Count 9>>\nendobj\ntrailer<</Root 1 0 R>>',
      ),
    ],
  ])('%s as a PDF and as an archive', async (_name, bytes) => {
    for (const answer of [await pdf(bytes), await office(bytes)]) expect(oneOf(answer)).toBe(true);
  });
});
