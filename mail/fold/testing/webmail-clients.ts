import type { QuotingClient } from './quoting-client.ts';

/** Those that are used in a browser, and their telephone programs. */
export const webmailClients: readonly QuotingClient[] = [
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
    name: 'Zoho',
    above: ['---- On Mon, 03 Nov 2025 10:12:33 +0100 Jane Doe <jane.doe@example.com> wrote ----'],
    isMarked: false,
  },
  {
    name: 'Spanish Gmail',
    above: ['El lun, 3 nov 2025 a las 10:12, Juana Pérez (<juana@example.es>) escribió:'],
    isMarked: true,
  },
];
