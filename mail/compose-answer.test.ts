import { describe, expect, test } from 'vitest';
import { composeAnswer, type AnswerDraft, type ComposedMail } from './compose-answer.ts';
import type { ReadMessage } from './message.ts';
import { readMessage } from './read-message.ts';
import { ticketOfAddress, ticketOfId, type MailKeys } from './thread/mail-token.ts';

const keys: MailKeys = [{ id: 'a', secret: Buffer.alloc(32, 1) }];
const ticket = '019a0000-0000-7000-8000-000000000012';
const draft: AnswerDraft = {
  ticket,
  reference: '#12',
  deliveryId: 'd1',
  subject: 'RE: Réf : Imprimante',
  language: 'fr',
  from: { name: 'Assistance', address: 'desk@firm.example' },
  to: [{ name: 'Jeanne', address: 'jeanne@exemple.fr' }],
  cc: [],
  body: 'Bonjour,\n\nElle <b>remarche</b>.',
  history: [{ name: 'Jeanne', at: new Date('2025-11-03T09:12:00Z'), text: 'Elle ne marche pas.\n> cité' }],
  answers: { messageId: '<q@exemple.fr>', references: ['<p@exemple.fr>'] },
  isAutomatic: false,
  attachments: [{ name: 'plan du 3ᵉ.txt', type: 'text/plain', bytes: Buffer.from('ici') }],
  at: new Date('2025-11-03T10:00:00Z'),
};

async function composed(change: Partial<AnswerDraft> = {}): Promise<{ mail: ComposedMail; read: ReadMessage }> {
  const outcome = await composeAnswer({ ...draft, ...change }, 'desk@firm.example', keys);
  if (outcome.outcome !== 'composed') throw new Error(outcome.outcome);
  const read = readMessage(outcome.mail.raw);
  if (read.outcome !== 'read') throw new Error(read.reason);
  return { mail: outcome.mail, read: read.message };
}

describe('an answer of the desk', () => {
  test('is threaded for both sides, in the reader’s language, with the history', async () => {
    const { mail, read } = await composed();
    expect(read.subject).toBe('Re: Imprimante [#12]');
    expect(ticketOfId(read.messageId, keys)).toBe(ticket);
    expect(read.references).toEqual(['<p@exemple.fr>', '<q@exemple.fr>']);
    expect(ticketOfAddress(read.replyTo[0]?.address ?? '', keys)).toEqual({ ticket, place: 'address' });
    expect(ticketOfAddress(mail.envelope.from, keys)).toEqual({ ticket, place: 'bounce' });
    expect(read.text).toContain('Elle <b>remarche</b>.');
    expect(read.text).toContain('Jeanne a écrit\u00A0:');
    expect(read.folded.visible).toBe('Bonjour,\n\nElle <b>remarche</b>.\n\nVotre demande\u00A0: #12');
    expect(read.attachments.map(({ name }) => name)).toEqual(['plan du 3ᵉ.txt']);
    expect(read.headers.some(({ name }) => name === 'auto-submitted' || name === 'list-unsubscribe')).toBe(false);
  });

  test('is the same mail when it is made again after a crash', async () => {
    const [one, again] = [await composed(), await composed()];
    expect(again.mail.messageId).toBe(one.mail.messageId);
    expect((await composed({ deliveryId: 'd2' })).mail.messageId).not.toBe(one.mail.messageId);
  });

  test('says so when a program wrote it', async () => {
    const { read } = await composed({ isAutomatic: true });
    expect(read.headers).toContainEqual({ name: 'auto-submitted', value: 'auto-replied' });
  });

  test('cannot be given further headers or recipients by what people type', async () => {
    const { mail, read } = await composed({
      subject: 'x\r\nBcc: thief@evil.example',
      from: { name: 'a\r\nBcc: thief@evil.example', address: 'desk@firm.example' },
    });
    expect(read.headers.some(({ name }) => name === 'bcc')).toBe(false);
    expect(mail.envelope.to).toEqual(['jeanne@exemple.fr']);
  });

  test('keeps its references and its history within bounds, and refuses files that no server takes', async () => {
    const references = Array.from({ length: 300 }, (_, at) => `<${at}@exemple.fr>`);
    const history = Array.from({ length: 50 }, (_, at) => ({
      name: 'J',
      at: draft.at,
      text: `${at} ${'x'.repeat(20_000)}`,
    }));
    const { mail, read } = await composed({ answers: { messageId: '<q@exemple.fr>', references }, history });
    expect(read.references).toHaveLength(20);
    expect(read.references[0]).toBe('<0@exemple.fr>');
    expect(mail.raw.length).toBeLessThan(200_000);
    const large = await composeAnswer(
      { ...draft, attachments: [{ name: 'x', type: 'application/zip', bytes: Buffer.alloc(20_000_000) }] },
      'desk@firm.example',
      keys,
    );
    expect(large.outcome).toBe('too_large');
  });

  test('has lines that no server has to break, so that a signature on the way holds', async () => {
    const { mail } = await composed({ body: 'é'.repeat(5_000) });
    const lines = Buffer.from(mail.raw).toString('latin1').split('\r\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(998);
    expect(lines.some((line) => line.includes('\n'))).toBe(false);
  });
});
