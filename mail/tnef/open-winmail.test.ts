import { expect, test } from 'vitest';
import { message, mixed, multipart } from '../testing/messages.ts';
import { packWinmail } from '../testing/winmail.ts';
import { readTnef } from './read-tnef.ts';

const pdf = Buffer.from('%PDF-1.4 a contract');
const png = Buffer.from('iVBORw0KGgo=', 'base64');
const packed = packWinmail({
  subject: 'Contrat',
  html: '<html><body><p>Voici le <b>contrat</b>. <img src="cid:logo@x"></p></body></html>',
  files: [
    { name: 'Contrat signé – été.pdf', type: 'application/pdf', bytes: pdf },
    { name: 'logo.png', type: 'image/png', bytes: png, contentId: 'logo@x' },
  ],
});
const part = (type: string, bytes: Buffer): string =>
  `Content-Type: ${type}\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment\n\n${bytes.toString('base64')}`;

test('a winmail.dat gives its text, its files by their whole names, and its images in their place', () => {
  const read = message(mixed, multipart(part('application/ms-tnef; name="winmail.dat"', packed)));
  expect(read.notes).toContainEqual({ note: 'winmail_opened' });
  expect(read.text).toContain('Voici le contrat.');
  expect(read.html).toContain('<b>contrat</b>');
  expect(read.html).toContain('data-image="logo@x"');
  expect(read.attachments.map(({ name, type, isInline, isProgram }) => ({ name, type, isInline, isProgram }))).toEqual([
    { name: 'Contrat signé – été.pdf', type: 'application/pdf', isInline: false, isProgram: false },
    { name: 'logo.png', type: 'image/png', isInline: true, isProgram: false },
  ]);
  expect(Buffer.from(read.attachments[0]?.bytes ?? [])).toEqual(pdf);
});

test('a text that the mail has itself stays the one that is read', () => {
  const read = message(
    mixed,
    multipart(
      'Content-Type: text/plain\n\nThe text itself',
      part('application/octet-stream; name=WINMAIL.DAT', packed),
    ),
  );
  expect(read.attachments.map(({ name }) => name)).toEqual(['Contrat signé – été.pdf', 'logo.png']);
});

test('a program inside is marked as one', () => {
  const file = { name: 'facture.pdf.exe', type: 'application/pdf', bytes: Buffer.from('MZ') };
  const read = message(
    mixed,
    multipart(part('application/ms-tnef; name=winmail.dat', packWinmail({ subject: '', html: '', files: [file] }))),
  );
  expect(read.attachments).toMatchObject([{ name: 'facture.pdf.exe', isProgram: true }]);
});

test('one that is cut off anywhere gives what is whole before, and never fails', () => {
  for (let length = 0; length <= packed.length; length += 7) {
    const content = readTnef(packed.subarray(0, length));
    expect(content?.attachments.length ?? 0).toBeLessThanOrEqual(2);
  }
  expect(readTnef(packed)?.attachments).toHaveLength(2);
});
