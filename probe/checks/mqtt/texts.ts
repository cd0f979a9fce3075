import type { Language } from '#contract/words.ts';
import type { KindTexts } from '#probe/check-kind.ts';
import { limitTexts, type LimitReasons } from '#probe/limit-reasons.ts';
import { timeText } from '#probe/number-text.ts';
import { queryFields, queryTexts, type QueryReasons } from '#probe/query-judgement.ts';
import { sessionFields } from '#probe/session-fields.ts';
import { sessionTexts, type SessionReasons } from '#probe/session-reasons.ts';
import type { MqttSettings } from './settings.ts';

export type MqttReasons = SessionReasons &
  LimitReasons &
  QueryReasons & {
    connected: { ms: number };
    returned: { ms: number };
    arrived: { value: string; ms: number };
    notReturned: { topic: string; ms: number };
    noMessage: { topic: string; ms: number };
    refusedStep: { step: string; result: number; said: string };
  };

const metrics = {
  en: {
    connect: 'Connection time',
    signIn: 'Time until connected to the broker',
    message: 'Time until the message',
    total: 'Total time',
    certificateDays: 'Certificate, days left',
    queryValue: 'Message, value',
    clients: 'Clients',
    retained: 'Retained messages',
    uptime: 'Time since the start',
    memory: 'Memory used',
    received: 'Messages received',
    sent: 'Messages sent',
    dropped: 'Messages dropped',
  },
  fr: {
    connect: 'Temps de connexion',
    signIn: 'Temps jusqu’à la connexion au courtier',
    message: 'Temps jusqu’au message',
    total: 'Temps total',
    certificateDays: 'Certificat, jours restants',
    queryValue: 'Message, valeur',
    clients: 'Clients',
    retained: 'Messages conservés',
    uptime: 'Temps depuis le démarrage',
    memory: 'Mémoire utilisée',
    received: 'Messages reçus',
    sent: 'Messages envoyés',
    dropped: 'Messages abandonnés',
  },
};

// MQTT 3.1.1, 3.2.2.3, and MQTT 5, 2.4: those that a broker answers to what a check asks.
const results: Readonly<Record<Language, Readonly<Record<number, string>>>> = {
  en: {
    1: 'it does not speak this version',
    2: 'the client identifier is not allowed',
    3: 'it is not available',
    128: 'no reason given',
    0x84: 'it does not speak this version',
    0x85: 'the client identifier is not allowed',
    0x87: 'not authorised',
    0x88: 'it is not available',
    0x89: 'it is busy',
    0x8a: 'banned',
    0x8f: 'the topic is not valid',
    0x97: 'a quota is exceeded',
    0x9c: 'another broker is to be used, which is not followed',
    0x9d: 'the broker has moved, which is not followed',
  },
  fr: {
    1: 'il ne parle pas cette version',
    2: 'l’identifiant du client n’est pas permis',
    3: 'il n’est pas disponible',
    128: 'sans raison donnée',
    0x84: 'il ne parle pas cette version',
    0x85: 'l’identifiant du client n’est pas permis',
    0x87: 'pas d’autorisation',
    0x88: 'il n’est pas disponible',
    0x89: 'il est occupé',
    0x8a: 'banni',
    0x8f: 'le sujet n’est pas valable',
    0x97: 'un quota est dépassé',
    0x9c: 'un autre courtier est à prendre, ce qui n’est pas suivi',
    0x9d: 'le courtier a déménagé, ce qui n’est pas suivi',
  },
};

const steps: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: { connect: 'the connection', subscribe: 'the subscription', publish: 'the message' },
  fr: { connect: 'la connexion', subscribe: 'l’abonnement', publish: 'le message' },
};

const en: KindTexts<MqttSettings, MqttReasons> = {
  name: 'MQTT broker',
  description: 'Connects to a broker, sends a message through it or waits for one, and reads its own measures.',
  fields: {
    ...sessionFields.en,
    version: { label: 'Version', help: 'The version of MQTT to speak.', options: { '3.1.1': '3.1.1', '5': '5' } },
    clientId: {
      label: 'Client identifier',
      help: 'Some brokers allow certain ones only. Empty takes a new one each run.',
    },
    test: {
      label: 'Test',
      help: 'How far to go. A message of its own is sent below the topic and never retained.',
      options: {
        connect: 'Connect',
        roundTrip: 'A message of its own, there and back',
        message: 'A message of others',
      },
    },
    topic: { label: 'Topic', help: 'Where the message of its own goes, or which topic to wait on (+ and # allowed).' },
    withinMs: { label: 'Message within (ms)', help: 'Down when none came by then. A retained one counts.' },
    payloadExpected: {
      label: 'Expected message',
      help: 'Down when the message of others is another. Empty expects nothing.',
    },
    payloadAbove: queryFields.en.queryAbove,
    payloadBelow: queryFields.en.queryBelow,
    readSystem: { label: 'Read $SYS', help: 'Clients, messages and memory as the broker tells them, when it does.' },
  },
  metrics: metrics.en,
  reasons: {
    ...sessionTexts.en,
    ...limitTexts('en', metrics.en),
    ...queryTexts.en,
    queryGood: ({ value }) => `The message is “${value}”, as wanted.`,
    queryOther: ({ expected, value }) => `The message is “${value}” instead of “${expected}”.`,
    queryNoNumber: ({ value }) => `The message is “${value}”, which is not a number to hold against a limit.`,
    connected: ({ ms }) => `The broker lets the client in (${timeText('en', ms)}).`,
    returned: ({ ms }) => `A message went through the broker in ${timeText('en', ms)}.`,
    arrived: ({ value, ms }) => `The message “${value}” came after ${timeText('en', ms)}.`,
    notReturned: ({ topic, ms }) => `A message sent below ${topic} did not come back within ${timeText('en', ms)}.`,
    noMessage: ({ topic, ms }) => `No message came on ${topic} within ${timeText('en', ms)}.`,
    refusedStep: ({ step, result, said }) =>
      `The broker refuses ${steps.en[step] ?? step}: ${results.en[result] ?? `${result} ${said}`}.`,
  },
};

const fr: KindTexts<MqttSettings, MqttReasons> = {
  name: 'Courtier MQTT',
  description: 'Se connecte à un courtier, y fait passer un message ou en attend un, et lit ses propres mesures.',
  fields: {
    ...sessionFields.fr,
    version: { label: 'Version', help: 'La version de MQTT à parler.', options: { '3.1.1': '3.1.1', '5': '5' } },
    clientId: {
      label: 'Identifiant du client',
      help: 'Certains courtiers n’en admettent que quelques-uns. Vide : nouveau.',
    },
    test: {
      label: 'Essai',
      help: 'Jusqu’où aller. Un message propre est envoyé sous le sujet et jamais conservé.',
      options: {
        connect: 'Se connecter',
        roundTrip: 'Un message propre, aller et retour',
        message: 'Un message d’autrui',
      },
    },
    topic: { label: 'Sujet', help: 'Où va le message propre, ou quel sujet écouter (+ et # permis).' },
    withinMs: { label: 'Message en (ms)', help: 'En panne si aucun n’est venu d’ici là. Un message conservé compte.' },
    payloadExpected: {
      label: 'Message attendu',
      help: 'En panne si le message d’autrui est autre. Vide : rien d’attendu.',
    },
    payloadAbove: queryFields.fr.queryAbove,
    payloadBelow: queryFields.fr.queryBelow,
    readSystem: {
      label: 'Lire $SYS',
      help: 'Clients, messages et mémoire tels que le courtier les dit, s’il les dit.',
    },
  },
  metrics: metrics.fr,
  reasons: {
    ...sessionTexts.fr,
    ...limitTexts('fr', metrics.fr),
    ...queryTexts.fr,
    queryGood: ({ value }) => `Le message est « ${value} », comme voulu.`,
    queryOther: ({ expected, value }) => `Le message est « ${value} » au lieu de « ${expected} ».`,
    queryNoNumber: ({ value }) => `Le message est « ${value} », qui n’est pas un nombre à comparer à une limite.`,
    connected: ({ ms }) => `Le courtier laisse entrer le client (${timeText('fr', ms)}).`,
    returned: ({ ms }) => `Un message est passé par le courtier en ${timeText('fr', ms)}.`,
    arrived: ({ value, ms }) => `Le message « ${value} » est venu après ${timeText('fr', ms)}.`,
    notReturned: ({ topic, ms }) => `Un message envoyé sous ${topic} n’est pas revenu en ${timeText('fr', ms)}.`,
    noMessage: ({ topic, ms }) => `Aucun message n’est venu sur ${topic} en ${timeText('fr', ms)}.`,
    refusedStep: ({ step, result, said }) =>
      `Le courtier refuse ${steps.fr[step] ?? step} : ${results.fr[result] ?? `${result} ${said}`}.`,
  },
};

export const mqttTexts = { en, fr };
