/** How a mail program quotes the mail that it answers; names and addresses are invented. */
export interface QuotingClient {
  readonly name: string;
  /** What it writes above the quoted words. */
  readonly above: readonly string[];
  /** Whether it marks each quoted line with ">". */
  readonly isMarked: boolean;
  /** What it writes under the answer by itself. */
  readonly advertisement?: readonly string[];
}

export const quotingClients: readonly QuotingClient[] = [
  {
    name: 'Gmail, English',
    above: ['On Mon, Nov 3, 2025 at 10:12 AM Jane Doe <jane.doe@example.com> wrote:'],
    isMarked: true,
  },
  {
    name: 'Gmail, English, broken in two',
    above: ['On Mon, Nov 3, 2025 at 10:12 AM Service Desk of the Firm <', 'desk@firm.example> wrote:'],
    isMarked: true,
  },
  {
    name: 'Gmail, French',
    above: ['Le lun. 3 nov. 2025 à 10:12, Jeanne Dupont <jeanne.dupont@exemple.fr> a écrit :'],
    isMarked: true,
  },
  {
    name: 'Gmail, French, broken in two',
    above: ['Le lun. 3 nov. 2025 à 10:12, Assistance informatique <', 'assistance@exemple.fr> a écrit :'],
    isMarked: true,
  },
  {
    name: 'Gmail, French Canada',
    above: ['Le lun. 3 nov. 2025, à 10 h 12, Jeanne Tremblay <jeanne@exemple.ca> a écrit :'],
    isMarked: true,
  },
  { name: 'Gmail, old', above: ['2025/11/3 Jane Doe <jane.doe@example.com>'], isMarked: true },
  {
    name: 'Gmail, old French',
    above: ['Le 3 novembre 2025 10:12, Jeanne Dupont <jeanne.dupont@exemple.fr> a écrit :'],
    isMarked: true,
  },
  {
    name: 'Outlook desktop, English',
    above: [
      'From: Jane Doe <jane.doe@example.com>',
      'Sent: Monday, November 3, 2025 10:12 AM',
      'To: Service Desk <desk@firm.example>',
      'Subject: RE: Printer',
    ],
    isMarked: false,
  },
  {
    name: 'Outlook desktop, English, with copies and importance',
    above: [
      'From: Jane Doe <jane.doe@example.com>',
      'Sent: Monday, November 3, 2025 10:12 AM',
      'To: Service Desk <desk@firm.example>; Paul Smith',
      '<paul@example.com>',
      'Cc: Ann Lee <ann@example.com>',
      'Subject: RE: Printer',
      'Importance: High',
    ],
    isMarked: false,
  },
  {
    name: 'Outlook desktop, French',
    above: [
      'De : Jeanne Dupont <jeanne.dupont@exemple.fr>',
      'Envoyé : lundi 3 novembre 2025 10:12',
      'À : Assistance <assistance@exemple.fr>',
      'Objet : RE: Imprimante',
    ],
    isMarked: false,
  },
  {
    name: 'Outlook desktop, French, no-break spaces',
    above: [
      'De\u00A0: Jeanne Dupont <jeanne.dupont@exemple.fr>',
      'Envoyé\u00A0: lundi 3 novembre 2025 10:12',
      'À\u00A0: Assistance <assistance@exemple.fr>',
      'Cc\u00A0: Paul Martin',
      'Objet\u00A0: RE: Imprimante',
    ],
    isMarked: false,
  },
  {
    name: 'Outlook of old, English',
    above: [
      '-----Original Message-----',
      'From: Jane Doe [mailto:jane.doe@example.com]',
      'Sent: Monday, November 3, 2025 10:12 AM',
      'To: desk@firm.example',
      'Subject: Printer',
    ],
    isMarked: false,
  },
  {
    name: 'Outlook of old, French',
    above: [
      "-----Message d'origine-----",
      'De : Jeanne Dupont [mailto:jeanne.dupont@exemple.fr]',
      'Envoyé : lundi 3 novembre 2025 10:12',
      'À : assistance@exemple.fr',
      'Objet : Imprimante',
    ],
    isMarked: false,
  },
  {
    name: 'Outlook of old, French, typographic apostrophe',
    above: [
      '-----Message d’origine-----',
      'De : Jeanne Dupont',
      'Envoyé : lundi 3 novembre 2025 10:12',
      'À : Assistance',
      'Objet : Imprimante',
    ],
    isMarked: false,
  },
  {
    name: 'Outlook.com, English',
    above: [
      '________________________________',
      'From: Jane Doe <jane.doe@example.com>',
      'Sent: Monday, November 3, 2025 10:12 AM',
      'To: desk@firm.example <desk@firm.example>',
      'Subject: Re: Printer',
    ],
    isMarked: false,
  },
  {
    name: 'Outlook.com, French',
    above: [
      '________________________________',
      'De : Jeanne Dupont <jeanne.dupont@exemple.fr>',
      'Envoyé : lundi 3 novembre 2025 10:12',
      'À : assistance@exemple.fr <assistance@exemple.fr>',
      'Objet : Re: Imprimante',
    ],
    isMarked: false,
  },
  {
    name: 'Outlook for iOS, English',
    above: [
      '________________________________',
      'From: Jane Doe <jane.doe@example.com>',
      'Sent: Monday, November 3, 2025 10:12:33 AM',
      'To: Desk <desk@firm.example>',
      'Subject: Re: Printer',
    ],
    isMarked: false,
    advertisement: ['Get Outlook for iOS<https://aka.ms/o0ukef>'],
  },
  {
    name: 'Outlook for Android, French',
    above: [
      '________________________________',
      'De : Jeanne Dupont <jeanne.dupont@exemple.fr>',
      'Envoyé : lundi 3 novembre 2025 10:12:33',
      'À : Assistance <assistance@exemple.fr>',
      'Objet : Re: Imprimante',
    ],
    isMarked: false,
    advertisement: ['Télécharger Outlook pour Android<https://aka.ms/ghei36>'],
  },
  {
    name: 'Outlook for iOS, French',
    above: [
      '________________________________',
      'De: Jeanne Dupont <jeanne.dupont@exemple.fr>',
      'Envoyé: Monday, November 3, 2025 10:12:33 AM',
      'À: Assistance <assistance@exemple.fr>',
      'Objet: Re: Imprimante',
    ],
    isMarked: false,
    advertisement: ['Obtenir Outlook pour iOS<https://aka.ms/o0ukef>'],
  },
  {
    name: 'Outlook, bold headers',
    above: [
      '*From:* Jane Doe <jane.doe@example.com>',
      '*Sent:* Monday, November 3, 2025 10:12 AM',
      '*To:* desk@firm.example',
      '*Subject:* Printer',
    ],
    isMarked: false,
  },
  {
    name: 'Outlook for Mac, English',
    above: [
      'From: Jane Doe <jane.doe@example.com>',
      'Date: Monday, 3 November 2025 at 10:12',
      'To: Service Desk <desk@firm.example>',
      'Subject: Printer',
    ],
    isMarked: false,
  },
  {
    name: 'Outlook for Mac, French',
    above: [
      'De : Jeanne Dupont <jeanne.dupont@exemple.fr>',
      'Date : lundi, 3 novembre 2025 à 10:12',
      'À : Assistance <assistance@exemple.fr>',
      'Objet : Imprimante',
    ],
    isMarked: false,
  },
  {
    name: 'Windows Mail, French',
    above: [
      'De : Jeanne Dupont',
      'Envoyé le :lundi 3 novembre 2025 10:12',
      'À : assistance@exemple.fr',
      'Objet :Re: Imprimante',
    ],
    isMarked: false,
    advertisement: ['Provenance : Courrier pour Windows'],
  },
  {
    name: 'Windows Mail, English',
    above: [
      'From: Jane Doe',
      'Sent: Monday, November 3, 2025 10:12 AM',
      'To: desk@firm.example',
      'Subject: Re: Printer',
    ],
    isMarked: false,
    advertisement: ['Sent from Mail for Windows'],
  },
  {
    name: 'Apple Mail, English',
    above: ['On 3 Nov 2025, at 10:12, Jane Doe <jane.doe@example.com> wrote:'],
    isMarked: true,
  },
  {
    name: 'Apple Mail, French',
    above: ['Le 3 nov. 2025 à 10:12, Jeanne Dupont <jeanne.dupont@exemple.fr> a écrit :'],
    isMarked: true,
  },
  {
    name: 'iPhone, English',
    above: ['On Nov 3, 2025, at 10:12 AM, Jane Doe <jane.doe@example.com> wrote:'],
    isMarked: true,
    advertisement: ['Sent from my iPhone'],
  },
  {
    name: 'iPhone, French',
    above: ['Le 3 nov. 2025 à 10:12, Jeanne Dupont <jeanne.dupont@exemple.fr> a écrit :'],
    isMarked: true,
    advertisement: ['Envoyé de mon iPhone'],
  },
  {
    name: 'iPhone, English, quote without marks',
    above: ['On Nov 3, 2025, at 10:12 AM, Jane Doe <jane.doe@example.com> wrote:'],
    isMarked: false,
    advertisement: ['Sent from my iPhone'],
  },
  {
    name: 'iPad, French',
    above: ['Le 3 nov. 2025 à 10:12, Jeanne Dupont <jeanne.dupont@exemple.fr> a écrit :'],
    isMarked: true,
    advertisement: ['Envoyé de mon iPad'],
  },
  { name: 'Thunderbird, English', above: ['On 03/11/2025 10:12, Jane Doe wrote:'], isMarked: true },
  { name: 'Thunderbird, French', above: ['Le 03/11/2025 à 10:12, Jeanne Dupont a écrit :'], isMarked: true },
  { name: 'Thunderbird, name first', above: ['Jeanne Dupont a écrit :'], isMarked: true },
  { name: 'Thunderbird, English, name first', above: ['Jane Doe wrote:'], isMarked: true },
  {
    name: 'Orange webmail',
    above: [
      '> Message du 03/11/25 10:12',
      '> De : "Jeanne Dupont" <jeanne.dupont@exemple.fr>',
      '> A : "Assistance" <assistance@exemple.fr>',
      '> Copie à : ',
      '> Objet : Imprimante',
      '>',
    ],
    isMarked: true,
  },
  {
    name: 'Orange webmail, new',
    above: [
      'Envoyé: lundi 3 novembre 2025 à 10:12',
      'De: "Jeanne Dupont" <jeanne.dupont@exemple.fr>',
      'À: assistance@exemple.fr',
      'Objet: Imprimante',
    ],
    isMarked: false,
  },
  {
    name: 'SFR webmail',
    above: [
      '====',
      '',
      'Message du : 03/11/2025 10:12',
      'De : "Jeanne Dupont " <jeanne.dupont@exemple.fr>',
      'A : assistance@exemple.fr',
      'Copie à : ',
      'Sujet : Imprimante',
    ],
    isMarked: false,
  },
  {
    name: 'Free webmail (Zimbra)',
    above: [
      '----- Mail original -----',
      'De: "Jeanne Dupont" <jeanne.dupont@exemple.fr>',
      'À: "Assistance" <assistance@exemple.fr>',
      'Envoyé: Lundi 3 Novembre 2025 10:12:33',
      'Objet: Imprimante',
    ],
    isMarked: false,
  },
  { name: 'Free webmail (Roundcube)', above: ['Le 03/11/2025 10:12, Jeanne Dupont a écrit :'], isMarked: true },
  { name: 'Free webmail (IMP)', above: ['Selon Jeanne Dupont <jeanne.dupont@exemple.fr>:'], isMarked: true },
  {
    name: 'Zimbra, English',
    above: [
      '----- Original Message -----',
      'From: "Jane Doe" <jane.doe@example.com>',
      'To: "Desk" <desk@firm.example>',
      'Sent: Monday, November 3, 2025 10:12:33 AM',
      'Subject: Printer',
    ],
    isMarked: false,
  },
  {
    name: 'La Poste webmail',
    above: [
      'De : "Jeanne Dupont"',
      'A : assistance@exemple.fr',
      'Envoyé: lundi 3 novembre 2025 10:12',
      'Objet : Imprimante',
    ],
    isMarked: false,
    advertisement: ['Envoyé depuis mon application La Poste Mail'],
  },
  {
    name: 'Yahoo, English',
    above: ['On Monday, November 3, 2025 at 10:12:33 AM EST, Jane Doe <jane.doe@example.com> wrote:'],
    isMarked: false,
  },
  {
    name: 'Yahoo, French',
    above: ['Le lundi 3 novembre 2025 à 10:12:33 UTC+1, Jeanne Dupont <jeanne.dupont@exemple.fr> a écrit :'],
    isMarked: false,
  },
  {
    name: 'Yahoo on a telephone, French',
    above: ['Le lun., nov. 3, 2025 à 10:12, Jeanne Dupont', '<jeanne.dupont@exemple.fr> a écrit :'],
    isMarked: false,
    advertisement: ['Envoyé à partir de Yahoo Mail pour iPhone'],
  },
  {
    name: 'Yahoo of old, French',
    above: ['--- En date de : Lun 3.11.25, Jeanne Dupont <jeanne.dupont@exemple.fr> a écrit :'],
    isMarked: false,
  },
  {
    name: 'Proton Mail, English',
    above: ['On Monday, November 3rd, 2025 at 10:12 AM, Jane Doe <jane.doe@example.com> wrote:'],
    isMarked: true,
    advertisement: ['Sent with Proton Mail secure email.'],
  },
  {
    name: 'Proton Mail, French',
    above: ['Le lundi 3 novembre 2025 à 10:12, Jeanne Dupont <jeanne.dupont@exemple.fr> a écrit :'],
    isMarked: true,
    advertisement: ['Envoyé avec la messagerie sécurisée Proton Mail.'],
  },
  {
    name: 'Proton Mail of old',
    above: [
      '‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐',
      'On Monday, November 3rd, 2025 at 10:12 AM, Jane Doe <jane.doe@example.com> wrote:',
    ],
    isMarked: false,
  },
  {
    name: 'Samsung, French',
    above: [
      "-------- Message d'origine --------",
      'De : Jeanne Dupont <jeanne.dupont@exemple.fr>',
      'Date : 03/11/2025 10:12 (GMT+01:00)',
      'À : assistance@exemple.fr',
      'Objet : Imprimante',
    ],
    isMarked: false,
    advertisement: ['Envoyé depuis mon appareil Galaxy'],
  },
  {
    name: 'Samsung, English',
    above: [
      '-------- Original message --------',
      'From: Jane Doe <jane.doe@example.com>',
      'Date: 03/11/2025 10:12 (GMT+00:00)',
      'To: desk@firm.example',
      'Subject: Printer',
    ],
    isMarked: false,
    advertisement: ['Sent from my Galaxy'],
  },
  { name: 'Lotus Notes, English', above: ['Jane Doe/Paris/Firm wrote on 11/03/2025 10:12:33 AM:'], isMarked: true },
  {
    name: 'Lotus Notes, French',
    above: [
      'De :    Jeanne Dupont/Paris/Firme',
      'A :     Assistance/Paris/Firme@Firme',
      'Date :  03/11/2025 10:12',
      'Objet : Imprimante',
    ],
    isMarked: false,
  },
  {
    name: 'Zoho',
    above: ['---- On Mon, 03 Nov 2025 10:12:33 +0100 Jane Doe <jane.doe@example.com> wrote ----'],
    isMarked: false,
  },
  {
    name: 'BlackBerry',
    above: [
      '-----Original Message-----',
      'From: "Jane Doe" <jane.doe@example.com>',
      'Date: Mon, 3 Nov 2025 10:12:33',
      'To: <desk@firm.example>',
      'Subject: Printer',
    ],
    isMarked: false,
    advertisement: ['Sent from my BlackBerry 10 smartphone.'],
  },
  { name: 'Evolution', above: ['On Mon, 2025-11-03 at 10:12 +0100, Jane Doe wrote:'], isMarked: true },
  {
    name: 'K-9, French',
    above: ['Le 3 novembre 2025 10:12:33 GMT+01:00, Jeanne Dupont <jeanne.dupont@exemple.fr> a écrit :'],
    isMarked: true,
  },
  {
    name: 'German Outlook',
    above: [
      'Von: Jana Muster <jana@example.de>',
      'Gesendet: Montag, 3. November 2025 10:12',
      'An: Desk <desk@firm.example>',
      'Betreff: AW: Drucker',
    ],
    isMarked: false,
  },
  {
    name: 'Spanish Gmail',
    above: ['El lun, 3 nov 2025 a las 10:12, Juana Pérez (<juana@example.es>) escribió:'],
    isMarked: true,
  },
  {
    name: 'a desk with a line to answer above',
    above: ['##- Please type your reply above this line -##'],
    isMarked: false,
  },
  {
    name: 'a French desk with a line to answer above',
    above: ['--- Répondez au-dessus de cette ligne ---'],
    isMarked: false,
  },
];
