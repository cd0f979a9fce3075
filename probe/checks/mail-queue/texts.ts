import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { numberText } from '#probe/number-text.ts';
import { sshTexts, type SshReasons } from '#probe/ssh-reasons.ts';
import type { MailQueueSettings } from './settings.ts';

export type MailQueueReasons = ConnectionReasons &
  SshReasons & {
    empty: { held: number };
    moving: { messages: number; minutes: number };
    tooMany: { messages: number; limit: number };
    tooOld: { minutes: number; limit: number };
    held: { held: number; limit: number };
    noMailSystem: Record<string, never>;
    queueUnavailable: { said: string };
    unreadable: { said: string };
  };

const en: KindTexts<MailQueueSettings, MailQueueReasons> = {
  name: 'Mail queue',
  description: 'Asks the mail server on a host, over SSH, how much mail waits, how old it is and why.',
  fields: {
    software: {
      label: 'Mail server',
      help: 'Automatic asks Postfix where there is one, else mailq, which Exim and Sendmail have.',
      options: { auto: 'Automatic', postfix: 'Postfix', mailq: 'Exim or Sendmail (mailq)' },
    },
    instance: {
      label: 'Postfix instance',
      help: 'The folder of its main.cf, such as /etc/postfix-out. Empty is the usual one.',
    },
    warnMessages: { label: 'Warn from messages', help: 'Degraded when more wait, those on hold aside. 0 never warns.' },
    downMessages: { label: 'Down from messages', help: 'Down when more wait, those on hold aside. 0 never.' },
    warnMinutes: {
      label: 'Warn from age (minutes)',
      help: 'Degraded when the oldest has waited longer. 0 never warns.',
    },
    downMinutes: { label: 'Down from age (minutes)', help: 'Down when the oldest has waited longer. 0 never.' },
    warnHeld: { label: 'Warn from held messages', help: 'Degraded when more are on hold or frozen. 0 never warns.' },
  },
  metrics: {
    messages: 'Messages that wait',
    active: 'Active',
    deferred: 'Deferred',
    hold: 'On hold',
    oldest: 'Age of the oldest',
    size: 'Size of the queue',
  },
  reasons: {
    ...connectionTexts.en,
    ...sshTexts.en,
    empty: ({ held }) =>
      held === 0 ? 'The queue is empty.' : `The queue is empty but for ${numberText('en', held)} on hold.`,
    moving: ({ messages, minutes }) =>
      `${numberText('en', messages)} ${messages === 1 ? 'message waits' : 'messages wait'}, the oldest for ${numberText('en', minutes)}\u00a0min.`,
    tooMany: ({ messages, limit }) =>
      `${numberText('en', messages)} messages wait in the queue, more than ${numberText('en', limit)}.`,
    tooOld: ({ minutes, limit }) =>
      `A message has waited for ${numberText('en', minutes)}\u00a0min, longer than ${numberText('en', limit)}\u00a0min.`,
    held: ({ held, limit }) => `${numberText('en', held)} messages are on hold, more than ${numberText('en', limit)}.`,
    noMailSystem: () => 'There is neither postqueue nor mailq on this host, or the account may not run them.',
    queueUnavailable: ({ said }) => `The mail server does not tell its queue: “${said}”.`,
    unreadable: ({ said }) => `What the mail server says of its queue cannot be read: “${said}”.`,
  },
};

const fr: KindTexts<MailQueueSettings, MailQueueReasons> = {
  name: 'File de courrier',
  description:
    'Demande au serveur de courrier d’un hôte, en SSH, combien de courriels attendent, depuis quand et pourquoi.',
  fields: {
    software: {
      label: 'Serveur de courrier',
      help: 'Automatique interroge Postfix s’il est là, sinon mailq, qu’ont Exim et Sendmail.',
      options: { auto: 'Automatique', postfix: 'Postfix', mailq: 'Exim ou Sendmail (mailq)' },
    },
    instance: {
      label: 'Instance de Postfix',
      help: 'Le dossier de son main.cf, comme /etc/postfix-out. Vide : l’instance habituelle.',
    },
    warnMessages: {
      label: 'Avertir à partir de (messages)',
      help: 'Dégradé quand davantage attendent, hors messages retenus. 0 n’avertit jamais.',
    },
    downMessages: {
      label: 'En panne à partir de (messages)',
      help: 'En panne quand davantage attendent, hors messages retenus. 0 : jamais.',
    },
    warnMinutes: {
      label: 'Avertir à partir de l’âge (minutes)',
      help: 'Dégradé quand le plus ancien attend depuis plus longtemps. 0 n’avertit jamais.',
    },
    downMinutes: {
      label: 'En panne à partir de l’âge (minutes)',
      help: 'En panne quand le plus ancien attend depuis plus longtemps. 0 : jamais.',
    },
    warnHeld: {
      label: 'Avertir à partir de (retenus)',
      help: 'Dégradé quand davantage sont retenus ou gelés. 0 n’avertit jamais.',
    },
  },
  metrics: {
    messages: 'Messages en attente',
    active: 'Actifs',
    deferred: 'Différés',
    hold: 'Retenus',
    oldest: 'Âge du plus ancien',
    size: 'Taille de la file',
  },
  reasons: {
    ...connectionTexts.fr,
    ...sshTexts.fr,
    empty: ({ held }) =>
      held === 0 ? 'La file est vide.' : `La file est vide, hormis ${numberText('fr', held)} retenus.`,
    moving: ({ messages, minutes }) =>
      `${numberText('fr', messages)} ${messages < 2 ? 'message attend' : 'messages attendent'}, le plus ancien depuis ${numberText('fr', minutes)}\u00a0min.`,
    tooMany: ({ messages, limit }) =>
      `${numberText('fr', messages)} messages attendent dans la file, plus de ${numberText('fr', limit)}.`,
    tooOld: ({ minutes, limit }) =>
      `Un message attend depuis ${numberText('fr', minutes)}\u00a0min, plus de ${numberText('fr', limit)}\u00a0min.`,
    held: ({ held, limit }) => `${numberText('fr', held)} messages sont retenus, plus de ${numberText('fr', limit)}.`,
    noMailSystem: () => 'Il n’y a ni postqueue ni mailq sur cet hôte, ou le compte ne peut pas les exécuter.',
    queueUnavailable: ({ said }) => `Le serveur de courrier ne dit pas sa file : « ${said} ».`,
    unreadable: ({ said }) => `Ce que le serveur de courrier dit de sa file est illisible : « ${said} ».`,
  },
};

export const mailQueueTexts = { en, fr };
