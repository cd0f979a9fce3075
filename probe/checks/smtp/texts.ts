import type { KindTexts } from '#probe/check-kind.ts';
import { mailFields, mailMetrics } from '#probe/mail-fields.ts';
import { mailTexts, type MailReasons } from '#probe/mail-reasons.ts';
import { timeText } from '#probe/number-text.ts';
import type { SmtpSettings } from './settings.ts';

export type SmtpReasons = MailReasons & {
  ready: { ms: number };
  signedIn: { user: string; ms: number };
  takesMail: { to: string; ms: number };
  slow: { ms: number; warnMs: number };
  recipientLater: { to: string; said: string };
  recipientRefused: { to: string; said: string };
  senderRefused: { from: string; said: string };
  openRelay: { to: string };
};

const en: KindTexts<SmtpSettings, SmtpReasons> = {
  name: 'SMTP',
  description:
    'Talks to a mail server as another one would: greeting, encryption, sign-in, recipient; no mail is sent.',
  fields: {
    port: { label: 'Port', help: '25 between servers, 587 for sending programs, 465 for them with TLS at once.' },
    ...mailFields.en,
    authMethod: {
      label: 'Way of signing in',
      help: 'Automatic takes the one offered that tells least on the way.',
      options: { auto: 'Automatic', PLAIN: 'PLAIN', LOGIN: 'LOGIN', 'CRAM-MD5': 'CRAM-MD5' },
    },
    heloName: { label: 'Own name', help: 'How the check introduces itself. Empty tells its address.' },
    mailFrom: { label: 'Sender', help: 'For the recipient test. Empty is the empty sender of delivery reports.' },
    rcptTo: {
      label: 'Recipient',
      help: 'Asks whether mail to this address would be taken; nothing is sent. Empty does not ask.',
    },
    relayTo: {
      label: 'Outside recipient',
      help: 'An address of somebody else’s domain: the server has to refuse it without sign-in. Empty does not ask.',
    },
    relayVerdict: {
      label: 'When it relays',
      help: 'How bad it is when the outside recipient is taken.',
      options: { degraded: 'Degraded', down: 'Down' },
    },
  },
  metrics: { ...mailMetrics.en },
  reasons: {
    ...mailTexts.en,
    ready: ({ ms }) => `The mail server answers (${timeText('en', ms)}).`,
    signedIn: ({ user, ms }) => `The mail server answers and lets ${user} sign in (${timeText('en', ms)}).`,
    takesMail: ({ to, ms }) => `The mail server takes mail for ${to} (${timeText('en', ms)}).`,
    slow: ({ ms, warnMs }) => `The conversation took ${timeText('en', ms)}, longer than ${timeText('en', warnMs)}.`,
    recipientLater: ({ to, said }) => `The server puts off mail for ${to}: “${said}”.`,
    recipientRefused: ({ to, said }) => `The server refuses mail for ${to}: “${said}”.`,
    senderRefused: ({ from, said }) => `The server refuses mail from ${from}: “${said}”.`,
    openRelay: ({ to }) => `The server would pass on mail for ${to} without sign-in: it is an open relay.`,
  },
};

const fr: KindTexts<SmtpSettings, SmtpReasons> = {
  name: 'SMTP',
  description:
    'Parle à un serveur de courrier comme le ferait un autre : accueil, chiffrement, session, destinataire ; aucun courriel n’est envoyé.',
  fields: {
    port: {
      label: 'Port',
      help: '25 entre serveurs, 587 pour les logiciels d’envoi, 465 pour ceux-ci avec TLS d’emblée.',
    },
    ...mailFields.fr,
    authMethod: {
      label: 'Méthode d’authentification',
      help: 'Automatique prend celle qui en dit le moins en chemin parmi celles proposées.',
      options: { auto: 'Automatique', PLAIN: 'PLAIN', LOGIN: 'LOGIN', 'CRAM-MD5': 'CRAM-MD5' },
    },
    heloName: { label: 'Nom annoncé', help: 'Comment le contrôle se présente. Vide : son adresse.' },
    mailFrom: {
      label: 'Expéditeur',
      help: 'Pour l’essai du destinataire. Vide : l’expéditeur vide des avis de remise.',
    },
    rcptTo: {
      label: 'Destinataire',
      help: 'Demande si un courriel à cette adresse serait accepté ; rien n’est envoyé. Vide : sans essai.',
    },
    relayTo: {
      label: 'Destinataire extérieur',
      help: 'Une adresse du domaine d’autrui : le serveur doit la refuser sans session. Vide : sans essai.',
    },
    relayVerdict: {
      label: 'S’il relaie',
      help: 'La gravité quand le destinataire extérieur est accepté.',
      options: { degraded: 'Dégradé', down: 'En panne' },
    },
  },
  metrics: { ...mailMetrics.fr },
  reasons: {
    ...mailTexts.fr,
    ready: ({ ms }) => `Le serveur de courrier répond (${timeText('fr', ms)}).`,
    signedIn: ({ user, ms }) =>
      `Le serveur de courrier répond et accepte la session de ${user} (${timeText('fr', ms)}).`,
    takesMail: ({ to, ms }) => `Le serveur de courrier accepte le courrier pour ${to} (${timeText('fr', ms)}).`,
    slow: ({ ms, warnMs }) => `La conversation a duré ${timeText('fr', ms)}, plus de ${timeText('fr', warnMs)}.`,
    recipientLater: ({ to, said }) => `Le serveur remet à plus tard le courrier pour ${to} : « ${said} ».`,
    recipientRefused: ({ to, said }) => `Le serveur refuse le courrier pour ${to} : « ${said} ».`,
    senderRefused: ({ from, said }) => `Le serveur refuse le courrier de ${from} : « ${said} ».`,
    openRelay: ({ to }) => `Le serveur relaierait un courriel pour ${to} sans session : c’est un relais ouvert.`,
  },
};

export const smtpTexts = { en, fr };
