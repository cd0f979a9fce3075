import type { QuotingClient } from './quoting-client.ts';

/** Microsoft's: a block of headers above words without marks. */
export const outlookClients: readonly QuotingClient[] = [
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
    name: 'German Outlook',
    above: [
      'Von: Jana Muster <jana@example.de>',
      'Gesendet: Montag, 3. November 2025 10:12',
      'An: Desk <desk@firm.example>',
      'Betreff: AW: Drucker',
    ],
    isMarked: false,
  },
];
