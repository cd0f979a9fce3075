import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldReply } from './fold-reply.ts';
import type { QuotingClient } from './fold/testing/quoting-client.ts';
import { quotingClients } from './fold/testing/quoting-clients.ts';

const quoted = ['Hello,', '', 'Could you tell us which printer it is?', '', 'Regards,', 'The desk'];
const answers: readonly (readonly string[])[] = [
  ['It is the one on the third floor.'],
  [
    'Bonjour,',
    '',
    'C’est celle du 3e étage, près de l’ascenseur.',
    'Elle clignote en rouge depuis 10:12.',
    '',
    'Cordialement,',
    'Jeanne',
  ],
];

function mail(client: QuotingClient, answer: readonly string[]): string {
  const marks = (line: string): string => (client.isMarked ? `> ${line}`.trimEnd() : line);
  const own = [...answer, ...(client.advertisement === undefined ? [] : ['', ...client.advertisement])];
  const gap = client.isMarked ? [] : [''];
  return [...own, '', ...client.above, ...gap, ...quoted.map(marks), ''].join('\n');
}

describe('a reply on top', () => {
  for (const client of quotingClients)
    for (const [at, answer] of answers.entries())
      test(`by ${client.name}, ${at === 0 ? 'one line' : 'several lines in French'}`, () => {
        const text = mail(client, answer);
        const folded = foldReply(text);
        expect(folded.visible).toBe(answer.join('\n'));
        expect(folded.passages.map((passage) => passage.text).join('')).toBe(text);
        expect(folded.passages.some(({ kind }) => kind === 'signature')).toBe(client.advertisement !== undefined);
      });
});

describe('a reply below, of programs that mark what they quote', () => {
  for (const client of quotingClients.filter(
    (each) => each.isMarked && each.advertisement === undefined && !each.name.startsWith('Orange'),
  ))
    test(`by ${client.name}`, () => {
      const text = [...client.above, ...quoted.map((line) => `> ${line}`), '', 'The one on the third floor.', ''].join(
        '\n',
      );
      expect(foldReply(text).visible).toBe('The one on the third floor.');
    });
});

/** Each line with the letter of what it is: v(isible), q(uoted), s(ignature), d(isclaimer), h(eader of a forward), f(orwarded). */
const letters: Readonly<Record<string, string>> = {
  visible: 'v',
  quoted: 'q',
  signature: 's',
  disclaimer: 'd',
  forwarded_header: 'h',
  forwarded: 'f',
};
const marked: readonly (readonly [name: string, lines: readonly string[]])[] = [
  [
    'answers between the lines keep what they answer',
    [
      'q On 3 Nov 2025, at 10:12, Jane Doe <jane@example.com> wrote:',
      'v > Which printer?',
      'v The one on the third floor.',
      'v > Since when?',
      'v Since this morning.',
      'q > Regards',
      'q > Jane',
    ],
  ],
  [
    'answers between the lines in French, with a greeting above',
    [
      'v Bonjour, mes réponses ci-dessous.',
      'q Le 03/11/2025 à 10:12, Jeanne Dupont a écrit :',
      'v > Quelle imprimante ?',
      'v Celle du 3e.',
      'v > Depuis quand ?',
      'v Ce matin.',
      'q > Cordialement',
    ],
  ],
  ['a passage that the writer picked himself stays', ['v > Which printer?', 'v The one on the third floor.']],
  ['a signature behind its delimiter', ['v It works again.', 's -- ', 's Jane Doe', 's Accounts, extension 12']],
  [
    'a signature whose delimiter lost its space',
    ['v Ça remarche.', 's --', 's Jeanne Dupont', 's Comptabilité, poste 12'],
  ],
  [
    'a signature, then a quote',
    [
      'v It works again.',
      's -- ',
      's Jane',
      'q On 3 Nov 2025, at 10:12, Desk <desk@firm.example> wrote:',
      'q > Does it work?',
    ],
  ],
  [
    'dashes that cut a list are no signature',
    ['v First part', 'v --', ...Array.from({ length: 20 }, (_, at) => `v step ${at + 1} of the list`)],
  ],
  [
    'a contact block under a closing',
    [
      'v Merci de regarder.',
      'v Cordialement,',
      'v Jeanne Dupont',
      's Responsable comptable',
      's Tél. : 01 23 45 67 89',
      's www.exemple.fr',
    ],
  ],
  [
    'an English contact block under a closing',
    [
      'v Please have a look.',
      'v Kind regards,',
      'v Jane Doe',
      's Head of Accounts',
      's Phone: +44 20 7946 0000',
      's jane@example.com',
    ],
  ],
  ['a closing and a name alone stay', ['v Merci.', 'v Cordialement,', 'v Jeanne Dupont']],
  [
    'an English disclaimer',
    [
      'v Done.',
      '. ',
      'd This e-mail and any attachments are confidential and intended solely for the addressee.',
      'd If you received it in error, delete it.',
    ],
  ],
  [
    'a French disclaimer',
    [
      'v C’est fait.',
      '. ',
      'd Ce message et ses pièces jointes sont confidentiels et destinés au seul destinataire.',
      'd Si vous l’avez reçu par erreur, détruisez-le.',
    ],
  ],
  [
    'a notice of confidentiality with its title',
    ['v C’est fait.', '. ', 'd AVIS DE CONFIDENTIALITÉ : ce courriel peut contenir des renseignements privilégiés.'],
  ],
  ['a plea for the trees', ['v Done.', '. ', 'd Please consider the environment before printing this email.']],
  ['a French plea for the trees', ['v Fait.', '. ', 'd Pensez à l’environnement avant d’imprimer ce message.']],
  [
    'the footer of a mailing list',
    [
      'v I have the same trouble.',
      'd _______________________________________________',
      'd users mailing list',
      'd users@lists.example.org',
    ],
  ],
  [
    'a forward by Gmail',
    [
      'v Can you help her?',
      'h ---------- Forwarded message ---------',
      'h From: Jane Doe <jane@example.com>',
      'h Date: Mon, Nov 3, 2025 at 10:12 AM',
      'h Subject: Printer',
      'h To: Paul <paul@example.com>',
      '. ',
      'f It does not print.',
      'f Jane',
    ],
  ],
  [
    'a forward by Gmail in French',
    [
      'v Pouvez-vous l’aider ?',
      'h ---------- Message transféré ---------',
      'h De : Jeanne Dupont <jeanne@exemple.fr>',
      'h Date: lun. 3 nov. 2025 à 10:12',
      'h Subject: Imprimante',
      'h To: Paul <paul@exemple.fr>',
      '. ',
      'f Elle n’imprime plus.',
    ],
  ],
  [
    'a forward by Apple in French',
    [
      'v Pour vous.',
      'h Début du message transféré :',
      '. ',
      'h De: Jeanne Dupont <jeanne@exemple.fr>',
      'h Objet: Imprimante',
      'h Date: 3 novembre 2025 à 10:12:33 UTC+1',
      'h À: Paul <paul@exemple.fr>',
      '. ',
      'f Elle n’imprime plus.',
    ],
  ],
  [
    'a forward by Thunderbird in French',
    [
      'v Pour suite à donner.',
      'h -------- Message transféré --------',
      'h Sujet : Imprimante',
      'h Date : Mon, 3 Nov 2025 10:12:33 +0100',
      'h De : Jeanne Dupont <jeanne@exemple.fr>',
      'h Pour : Paul <paul@exemple.fr>',
      '. ',
      'f Elle n’imprime plus.',
    ],
  ],
  [
    'a sentence that speaks of a device',
    ['v The report was done.', '. ', 'v Sent from my desk, it is much easier than my telephone.'],
  ],
  [
    'a French sentence that speaks of sending',
    ['v Le colis a été perdu.', 'v Envoyé par erreur à mon ancienne adresse, il est revenu.'],
  ],
  [
    'a sentence that begins with On',
    [
      'v On the other hand, the 2024 model wrote errors too.',
      'v On Monday at 10:12 it failed again:',
      'v the light was red.',
    ],
  ],
  [
    'a French sentence that begins with Le',
    ['v Le 3 novembre à 10:12 le serveur s’est arrêté :', 'v tout le monde a perdu son travail.'],
  ],
  ['a journey that looks like headers', ['v De : Paris', 'v À : Lyon', 'v Date : 3 novembre', 'v Merci de réserver.']],
  ['a form that the writer filled in', ['v From: the third floor', 'v Thing: printer', 'v Please help.']],
  ['a log with marks', ['v The log says', 'v >>> error 5 <<<', 'v every minute.']],
  [
    'a quote in a quote',
    [
      'v Yes.',
      'q On 3 Nov 2025, at 10:12, Desk <desk@firm.example> wrote:',
      'q > Does it work?',
      'q >',
      'q > On 2 Nov 2025, at 09:00, Jane <jane@example.com> wrote:',
      'q >> It fails.',
    ],
  ],
  [
    'two devices and a quote',
    [
      'v Oui.',
      '. ',
      's Envoyé de mon iPhone',
      '. ',
      'q Le 3 nov. 2025 à 10:12, Assistance <a@exemple.fr> a écrit :',
      'q > Ça marche ?',
    ],
  ],
  [
    'broken ends of quoted lines',
    [
      'v Yes.',
      'q On 3 Nov 2025, at 10:12, Desk <desk@firm.example> wrote:',
      'q > A line that is so long that the program of the other side breaks it',
      'q somewhere',
      'q > and goes on.',
    ],
  ],
  [
    'an answer on both sides',
    [
      'v Hello, see below.',
      'q On 3 Nov 2025, at 10:12, Desk <desk@firm.example> wrote:',
      'q > Does it work?',
      'v It does.',
      'v Jane',
    ],
  ],
  [
    'Outlook’s headers in one mail of a longer chain',
    [
      'v D’accord.',
      'q De : Assistance <a@exemple.fr>',
      'q Envoyé : lundi 3 novembre 2025 10:12',
      'q À : Jeanne',
      'q Objet : RE: Imprimante',
      '. ',
      'q Bonjour',
      '. ',
      'q De : Jeanne',
      'q Envoyé : lundi 3 novembre 2025 09:00',
      'q À : Assistance',
      'q Objet : Imprimante',
    ],
  ],
];

describe('line by line', () => {
  test.each(marked)('%s', (_name, lines) => {
    const text = lines.map((line) => (line.startsWith('. ') ? '' : line.slice(2))).join('\n');
    const { passages } = foldReply(text);
    const kinds = passages.flatMap((passage) =>
      passage.text
        .replace(/\n$/u, '')
        .split('\n')
        .map((line) => ({ kind: letters[passage.kind] ?? '?', line })),
    );
    const seen = kinds.filter(({ line }) => line.trim() !== '').map(({ kind, line }) => `${kind} ${line}`);
    expect(seen).toEqual(lines.filter((line) => !line.startsWith('. ')));
  });
});

describe('nothing is lost', () => {
  const whole: readonly string[] = [
    '> only a quote\n> and no answer',
    '-- \nJane Doe\nAccounts',
    'Sent from my iPhone',
  ];
  test.each(whole)('all is shown where folding would leave nothing: %j', (text) => {
    expect(foldReply(text)).toMatchObject({ visible: text, isWhole: true });
  });

  test.each([
    [
      'De : Jeanne <jeanne@exemple.fr>\nEnvoyé : lundi 3 novembre 2025 10:12\nÀ : assistance@exemple.fr\nObjet : Imprimante\n\nElle ne marche pas.',
      'Elle ne marche pas.',
    ],
    [
      '---------- Forwarded message ---------\nFrom: Jane <jane@example.com>\nDate: Mon, Nov 3, 2025 at 10:12 AM\nSubject: Printer\n\nIt fails.',
      'It fails.',
    ],
    [
      'On 3 Nov 2025, at 10:12, Desk <desk@firm.example> wrote:\n\nit does not print any more',
      'it does not print any more',
    ],
  ])('what was passed on without a word is shown, its headers are folded: %j', (text, visible) => {
    expect(foldReply(text)).toMatchObject({ visible, isWhole: false });
  });

  test('an empty text is empty', () => {
    expect(foldReply('')).toEqual({ visible: '', passages: [], isWhole: false });
  });

  test('the passages of any text are the text, and something is visible in all that says something', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '> quoted',
        '',
        '-- ',
        'From: a@b.example',
        'Sent: Monday 10:12',
        'To: c@d.example',
        'Subject: x',
        '-----Original Message-----',
        'On 3 Nov 2025, at 10:12, A <a@b.example> wrote:',
        'Le 03/11/2025 à 10:12, A a écrit :',
        'Sent from my iPhone',
        '________________',
        'Cordialement,',
        'reply On Mon, Nov 3, 2025 at 10:12, a@b.example wrote:',
        '---------- Forwarded message ---------',
      ),
      fc.string({ maxLength: 40 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const text = lines.join(end);
        const folded = foldReply(text);
        expect(folded.passages.map((passage) => passage.text).join('')).toBe(text);
        const saysNothing = !/[\p{L}\d]/u.test(text);
        expect(saysNothing || folded.visible !== '').toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
