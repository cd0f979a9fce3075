import { outlookClients } from './outlook-clients.ts';
import type { QuotingClient } from './quoting-client.ts';
import { webmailClients } from './webmail-clients.ts';

const otherClients: readonly QuotingClient[] = [
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

/** The programs whose replies must be folded. */
export const quotingClients: readonly QuotingClient[] = [...outlookClients, ...webmailClients, ...otherClients];
