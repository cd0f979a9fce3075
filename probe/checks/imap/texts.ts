import type { KindTexts } from '#probe/check-kind.ts';
import { mailFields, mailMetrics } from '#probe/mail-fields.ts';
import { mailTexts, type MailReasons } from '#probe/mail-reasons.ts';
import { numberText, percentText, timeText } from '#probe/number-text.ts';
import type { ImapSettings } from './settings.ts';

export type ImapReasons = MailReasons & {
  ready: { ms: number };
  opened: { folder: string; messages: number; ms: number };
  folderMissing: { folder: string; said: string };
  manyMessages: { folder: string; messages: number; limit: number };
  nearlyFull: { user: string; percent: number; limit: number };
  full: { user: string; percent: number };
  slow: { ms: number; warnMs: number };
};

const en: KindTexts<ImapSettings, ImapReasons> = {
  name: 'IMAP',
  description: 'Talks to a mailbox server: greeting, encryption, sign-in, a folder, how full the mailbox is.',
  fields: {
    port: { label: 'Port', help: '993 with TLS at once, 143 with STARTTLS.' },
    ...mailFields.en,
    folder: { label: 'Folder', help: 'Opened to read after the sign-in; nothing in it is changed. Empty is INBOX.' },
    warnMessages: { label: 'Warn from messages', help: 'Degraded when the folder holds more. 0 never warns.' },
    warnQuotaPercent: {
      label: 'Warn when full (%)',
      help: 'Degraded when the mailbox, where the server tells its limit, is fuller. 0 never warns.',
    },
    downQuotaPercent: {
      label: 'Down when full (%)',
      help: 'Down from this share on: new mail is turned away. 0 never.',
    },
  },
  metrics: { ...mailMetrics.en, messages: 'Messages', unseen: 'Unread', quota: 'Mailbox full' },
  reasons: {
    ...mailTexts.en,
    ready: ({ ms }) => `The IMAP server answers (${timeText('en', ms)}).`,
    opened: ({ folder, messages, ms }) =>
      `${folder} opens and holds ${numberText('en', messages)} messages (${timeText('en', ms)}).`,
    folderMissing: ({ folder, said }) => `The folder ${folder} cannot be opened: “${said}”.`,
    manyMessages: ({ folder, messages, limit }) =>
      `${folder} holds ${numberText('en', messages)} messages, more than ${numberText('en', limit)}.`,
    nearlyFull: ({ user, percent, limit }) =>
      `The mailbox of ${user} is ${percentText('en', percent)} full (limit ${percentText('en', limit)}).`,
    full: ({ user, percent }) =>
      `The mailbox of ${user} is full (${percentText('en', percent)}): new mail is turned away.`,
    slow: ({ ms, warnMs }) => `The conversation took ${timeText('en', ms)}, longer than ${timeText('en', warnMs)}.`,
  },
};

const fr: KindTexts<ImapSettings, ImapReasons> = {
  name: 'IMAP',
  description: 'Parle à un serveur de boîtes : accueil, chiffrement, session, un dossier, le remplissage de la boîte.',
  fields: {
    port: { label: 'Port', help: '993 avec TLS d’emblée, 143 avec STARTTLS.' },
    ...mailFields.fr,
    folder: {
      label: 'Dossier',
      help: 'Ouvert en lecture après l’ouverture de session ; rien n’y est modifié. Vide : INBOX.',
    },
    warnMessages: {
      label: 'Avertir à partir de (messages)',
      help: 'Dégradé quand le dossier en contient davantage. 0 n’avertit jamais.',
    },
    warnQuotaPercent: {
      label: 'Avertir au remplissage (%)',
      help: 'Dégradé quand la boîte, si le serveur dit sa limite, est plus pleine. 0 n’avertit jamais.',
    },
    downQuotaPercent: {
      label: 'En panne au remplissage (%)',
      help: 'En panne à partir de cette part : le nouveau courrier est refusé. 0 : jamais.',
    },
  },
  metrics: { ...mailMetrics.fr, messages: 'Messages', unseen: 'Non lus', quota: 'Remplissage de la boîte' },
  reasons: {
    ...mailTexts.fr,
    ready: ({ ms }) => `Le serveur IMAP répond (${timeText('fr', ms)}).`,
    opened: ({ folder, messages, ms }) =>
      `${folder} s’ouvre et contient ${numberText('fr', messages)} messages (${timeText('fr', ms)}).`,
    folderMissing: ({ folder, said }) => `Le dossier ${folder} ne s’ouvre pas : « ${said} ».`,
    manyMessages: ({ folder, messages, limit }) =>
      `${folder} contient ${numberText('fr', messages)} messages, plus de ${numberText('fr', limit)}.`,
    nearlyFull: ({ user, percent, limit }) =>
      `La boîte de ${user} est remplie à ${percentText('fr', percent)} (limite ${percentText('fr', limit)}).`,
    full: ({ user, percent }) =>
      `La boîte de ${user} est pleine (${percentText('fr', percent)}) : le nouveau courrier est refusé.`,
    slow: ({ ms, warnMs }) => `La conversation a duré ${timeText('fr', ms)}, plus de ${timeText('fr', warnMs)}.`,
  },
};

export const imapTexts = { en, fr };
