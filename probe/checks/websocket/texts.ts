import type { KindTexts } from '#probe/check-kind.ts';
import { timeText } from '#probe/number-text.ts';
import { webTexts, type WebReasons } from '#probe/web/web-reasons.ts';
import type { WebsocketSettings } from './settings.ts';

export type WebsocketReasons = WebReasons & {
  opened: { ms: number };
  answered: { ms: number };
  slow: { ms: number; warnMs: number };
  noUpgrade: { status: number };
  badHandshake: { message: string };
  otherSubprotocol: { found: string; expected: string };
  brokenFrame: { message: string };
  closedByServer: { code: number };
  notExpected: { ms: number; messages: number; pattern: string };
  tooMuch: { messages: number };
  secretHeaderUnusable: Record<string, never>;
};

const en: KindTexts<WebsocketSettings, WebsocketReasons> = {
  name: 'WebSocket',
  description: 'Opens a WebSocket; may send a message and wait for one that matches a pattern.',
  fields: {
    scheme: { label: 'Scheme', help: 'wss is within TLS.', options: { wss: 'wss', ws: 'ws' } },
    port: { label: 'Port', help: '0 is the usual one: 443 for wss, 80 for ws.' },
    path: { label: 'Path', help: 'Where the socket is opened, beginning with /.' },
    hostName: {
      label: 'Host name',
      help: 'The name asked for, when it differs from the address. Empty takes the address.',
    },
    subprotocol: {
      label: 'Subprotocol',
      help: 'Asked for and expected, such as graphql-transport-ws. Empty asks for none.',
    },
    headers: { label: 'Request headers', help: 'Such as Origin: https://app.example.org.' },
    secretHeader: {
      label: 'Secret request header',
      help: 'One more header, kept secret: Authorization: Bearer the token.',
    },
    send: { label: 'Message', help: 'Sent as text once the socket is open. Empty sends none.' },
    expect: {
      label: 'Expected message',
      help: 'A regular expression (RE2) that a message has to match. Empty waits for none.',
    },
    warnMs: { label: 'Warn when slower than (ms)', help: 'Degraded when the whole run takes longer. 0 never warns.' },
    verifyCertificate: {
      label: 'Verify the certificate',
      help: 'Down when no known authority vouches for it or when it is for another name.',
    },
    warnDays: {
      label: 'Warn before expiry (days)',
      help: 'Degraded when the certificate has fewer days left. 0 never warns.',
    },
  },
  metrics: {
    connect: 'Connection',
    upgrade: 'Opening of the socket',
    answer: 'Wait for the message',
    total: 'Total time',
    certificateDays: 'Certificate, days left',
  },
  reasons: {
    ...webTexts.en,
    opened: ({ ms }) => `The socket opened in ${timeText('en', ms)}.`,
    answered: ({ ms }) => `The expected message came after ${timeText('en', ms)}.`,
    slow: ({ ms, warnMs }) => `The run took ${timeText('en', ms)}, more than ${timeText('en', warnMs)}.`,
    noUpgrade: ({ status }) => `The server answers ${status} and opens no socket.`,
    badHandshake: ({ message }) => `The server’s answer opens no valid socket: ${message}.`,
    otherSubprotocol: ({ found, expected }) =>
      `The server chose ${found === '' ? 'no subprotocol' : `the subprotocol ${found}`} instead of ${expected === '' ? 'none' : expected}.`,
    brokenFrame: ({ message }) => `The server broke the rules of the protocol: ${message}.`,
    closedByServer: ({ code }) => `The server closed the socket (${code}).`,
    notExpected: ({ ms, messages, pattern }) =>
      messages === 0
        ? `The socket is open, but no message came within ${timeText('en', ms)}.`
        : `Within ${timeText('en', ms)} no message matched ${pattern} (${messages} came).`,
    tooMuch: ({ messages }) => `More than 2\u00a0MiB came in ${messages} messages, none of them the expected one.`,
    secretHeaderUnusable: () => 'The secret header is not of the form “Name: value”.',
  },
};

const fr: KindTexts<WebsocketSettings, WebsocketReasons> = {
  name: 'WebSocket',
  description: 'Ouvre un WebSocket ; peut envoyer un message et en attendre un qui réponde à un motif.',
  fields: {
    scheme: { label: 'Schéma', help: 'wss passe par TLS.', options: { wss: 'wss', ws: 'ws' } },
    port: { label: 'Port', help: '0 est le port habituel : 443 pour wss, 80 pour ws.' },
    path: { label: 'Chemin', help: 'Où s’ouvre le canal, en commençant par /.' },
    hostName: { label: 'Nom d’hôte', help: 'Le nom demandé, s’il diffère de l’adresse. Vide : l’adresse.' },
    subprotocol: { label: 'Sous-protocole', help: 'Demandé et attendu, comme graphql-transport-ws. Vide : aucun.' },
    headers: { label: 'En-têtes de la requête', help: 'Par exemple « Origin: https://app.example.org ».' },
    secretHeader: {
      label: 'En-tête secret',
      help: 'Un en-tête de plus, gardé secret : « Authorization: Bearer le jeton ».',
    },
    send: { label: 'Message', help: 'Envoyé en texte une fois le canal ouvert. Vide : aucun.' },
    expect: {
      label: 'Message attendu',
      help: 'Expression régulière (RE2) à laquelle un message doit répondre. Vide : aucun n’est attendu.',
    },
    warnMs: {
      label: 'Avertir au-delà de (ms)',
      help: 'Dégradé quand le passage entier dure plus longtemps. 0 n’avertit jamais.',
    },
    verifyCertificate: {
      label: 'Vérifier le certificat',
      help: 'En panne si aucune autorité connue ne le garantit ou s’il est établi pour un autre nom.',
    },
    warnDays: {
      label: 'Avertir avant l’expiration (jours)',
      help: 'Dégradé quand il reste moins de jours au certificat. 0 n’avertit jamais.',
    },
  },
  metrics: {
    connect: 'Connexion',
    upgrade: 'Ouverture du canal',
    answer: 'Attente du message',
    total: 'Temps total',
    certificateDays: 'Certificat, jours restants',
  },
  reasons: {
    ...webTexts.fr,
    opened: ({ ms }) => `Le canal s’est ouvert en ${timeText('fr', ms)}.`,
    answered: ({ ms }) => `Le message attendu est venu après ${timeText('fr', ms)}.`,
    slow: ({ ms, warnMs }) => `Le passage a duré ${timeText('fr', ms)}, plus que ${timeText('fr', warnMs)}.`,
    noUpgrade: ({ status }) => `Le serveur répond ${status} et n’ouvre pas de canal.`,
    badHandshake: ({ message }) => `La réponse du serveur n’ouvre pas de canal valide : ${message}.`,
    otherSubprotocol: ({ found, expected }) =>
      `Le serveur a choisi ${found === '' ? 'aucun sous-protocole' : `le sous-protocole ${found}`} au lieu de ${expected === '' ? 'aucun' : expected}.`,
    brokenFrame: ({ message }) => `Le serveur a enfreint les règles du protocole : ${message}.`,
    closedByServer: ({ code }) => `Le serveur a fermé le canal (${code}).`,
    notExpected: ({ ms, messages, pattern }) =>
      messages === 0
        ? `Le canal est ouvert, mais aucun message n’est venu en ${timeText('fr', ms)}.`
        : `En ${timeText('fr', ms)} aucun message n’a répondu à ${pattern} (reçus : ${messages}).`,
    tooMuch: ({ messages }) => `Plus de 2\u00a0Mio sont venus en ${messages} messages, dont aucun n’est celui attendu.`,
    secretHeaderUnusable: () => 'L’en-tête secret n’est pas de la forme « Nom: valeur ».',
  },
};

export const websocketTexts = { en, fr };
