import type { KindTexts } from '#probe/check-kind.ts';
import { certificateTexts, type CertificateReasons } from '#probe/certificate-reasons.ts';
import { conversationTexts, type ConversationReasons } from '#probe/conversation.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { daysText } from '#probe/number-text.ts';
import type { TlsSettings } from './settings.ts';

export type TlsReasons = ConnectionReasons &
  CertificateReasons &
  ConversationReasons & {
    startTlsRefused: { protocol: string; answer: string };
    chainIncomplete: { issuer: string };
    chainDisordered: { count: number };
    weakKey: { bits: number; wanted: number };
    weakSignature: { algorithm: string };
    oldVersions: { versions: string };
    weakCipher: { cipher: string };
    noStaple: Record<string, never>;
    valid: { days: number; protocol: string };
    weakProtocol: { protocol: string; wanted: string };
  };

const startTlsNames = {
  smtp: 'SMTP',
  imap: 'IMAP',
  pop3: 'POP3',
  ftp: 'FTP',
  ldap: 'LDAP',
  postgresql: 'PostgreSQL',
  mysql: 'MySQL, MariaDB',
};

const en: KindTexts<TlsSettings, TlsReasons> = {
  name: 'TLS certificate',
  description: 'Shakes hands and judges certificate, chain, name, expiry and protocol.',
  fields: {
    port: { label: 'Port', help: 'A port that speaks TLS, from the first byte or when asked.' },
    startTls: {
      label: 'Begins with',
      help: 'For protocols that begin in the clear and go over to TLS when asked (STARTTLS).',
      options: { ...startTlsNames, no: 'TLS at once' },
    },
    serverName: { label: 'Server name', help: 'The name that the certificate has to be for. Empty takes the address.' },
    warnDays: { label: 'Warn before expiry (days)', help: 'Degraded when fewer days are left. 0 never warns.' },
    downDays: { label: 'Down before expiry (days)', help: 'Down when fewer days are left. 0 waits for the expiry.' },
    verifyChain: {
      label: 'Verify chain and name',
      help: 'Down when no known authority vouches for the certificate or when it is for another name.',
    },
    minProtocol: {
      label: 'Oldest protocol allowed',
      help: 'Degraded when the server speaks only something older.',
      options: { 'TLSv1.2': 'TLS 1.2', 'TLSv1.3': 'TLS 1.3' },
    },
    minKeyBits: {
      label: 'Shortest RSA key (bits)',
      help: 'Degraded when the certificate’s key is shorter. 0 accepts any.',
    },
    inspectOffer: {
      label: 'Look for what is weak',
      help: 'Once an hour, over five more connections: old versions and weak ciphers that the server would take, the chain as it is sent, the OCSP staple.',
    },
    requireStaple: {
      label: 'Wants an OCSP staple',
      help: 'Degraded when the server sends none; only with “look for what is weak”, and not seen with TLS 1.3 alone.',
    },
  },
  metrics: { certificateDays: 'Certificate, days left', connect: 'Connection', handshake: 'TLS handshake' },
  reasons: {
    ...connectionTexts.en,
    ...certificateTexts.en,
    ...conversationTexts.en,
    startTlsRefused: ({ protocol, answer }) =>
      answer === ''
        ? `The server does not go over to TLS when asked in ${protocol}.`
        : `The server does not go over to TLS when asked in ${protocol}: “${answer}”.`,
    chainIncomplete: ({ issuer }) =>
      `The server sends its certificate without the one of its issuer in between (${issuer}): many clients refuse it, though browsers may not show it.`,
    chainDisordered: ({ count }) => `The ${count} certificates that the server sends do not stand in their order.`,
    weakKey: ({ bits, wanted }) => `The certificate’s RSA key has ${bits} bits; at least ${wanted} are wanted.`,
    weakSignature: ({ algorithm }) => `The certificate is signed with ${algorithm}, which is no longer safe.`,
    oldVersions: ({ versions }) => `The server still accepts ${versions}.`,
    weakCipher: ({ cipher }) => `The server still accepts weak ciphers, such as ${cipher}.`,
    noStaple: () => 'The server sends no OCSP staple with its certificate.',
    valid: ({ days, protocol }) => `The certificate is good for ${daysText('en', days)} more (${protocol}).`,
    weakProtocol: ({ protocol, wanted }) => `The server speaks ${protocol}; ${wanted} or later is wanted.`,
  },
};

const fr: KindTexts<TlsSettings, TlsReasons> = {
  name: 'Certificat TLS',
  description: 'Négocie une session et juge le certificat, sa chaîne, son nom, son expiration et le protocole.',
  fields: {
    port: { label: 'Port', help: 'Un port qui parle TLS, dès le premier octet ou sur demande.' },
    startTls: {
      label: 'Commence par',
      help: 'Pour les protocoles qui commencent en clair et passent à TLS sur demande (STARTTLS).',
      options: { ...startTlsNames, no: 'TLS d’emblée' },
    },
    serverName: {
      label: 'Nom du serveur',
      help: 'Le nom pour lequel le certificat doit être établi. Vide : l’adresse.',
    },
    warnDays: {
      label: 'Avertir avant l’expiration (jours)',
      help: 'Dégradé quand il reste moins de jours. 0 n’avertit jamais.',
    },
    downDays: {
      label: 'En panne avant l’expiration (jours)',
      help: 'En panne quand il reste moins de jours. 0 attend l’expiration.',
    },
    verifyChain: {
      label: 'Vérifier la chaîne et le nom',
      help: 'En panne si aucune autorité connue ne garantit le certificat ou s’il est établi pour un autre nom.',
    },
    minProtocol: {
      label: 'Protocole le plus ancien admis',
      help: 'Dégradé quand le serveur ne parle que plus ancien.',
      options: { 'TLSv1.2': 'TLS 1.2', 'TLSv1.3': 'TLS 1.3' },
    },
    minKeyBits: {
      label: 'Clé RSA la plus courte (bits)',
      help: 'Dégradé quand la clé du certificat est plus courte. 0 accepte tout.',
    },
    inspectOffer: {
      label: 'Chercher ce qui est faible',
      help: 'Une fois par heure, par cinq connexions de plus : anciennes versions et chiffrements faibles que le serveur accepterait, chaîne telle qu’elle est envoyée, agrafe OCSP.',
    },
    requireStaple: {
      label: 'Exiger une agrafe OCSP',
      help: 'Dégradé quand le serveur n’en envoie pas ; seulement avec « chercher ce qui est faible », et non visible avec TLS 1.3 seul.',
    },
  },
  metrics: { certificateDays: 'Certificat, jours restants', connect: 'Connexion', handshake: 'Négociation TLS' },
  reasons: {
    ...connectionTexts.fr,
    ...certificateTexts.fr,
    ...conversationTexts.fr,
    startTlsRefused: ({ protocol, answer }) =>
      answer === ''
        ? `Le serveur ne passe pas à TLS quand on le lui demande en ${protocol}.`
        : `Le serveur ne passe pas à TLS quand on le lui demande en ${protocol} : « ${answer} ».`,
    chainIncomplete: ({ issuer }) =>
      `Le serveur envoie son certificat sans celui de son émetteur intermédiaire (${issuer}) : beaucoup de clients le refusent, même si les navigateurs ne le montrent pas.`,
    chainDisordered: ({ count }) => `Les ${count} certificats envoyés par le serveur ne sont pas dans leur ordre.`,
    weakKey: ({ bits, wanted }) => `La clé RSA du certificat a ${bits} bits ; au moins ${wanted} sont demandés.`,
    weakSignature: ({ algorithm }) => `Le certificat est signé avec ${algorithm}, qui n’est plus sûr.`,
    oldVersions: ({ versions }) => `Le serveur accepte encore ${versions}.`,
    weakCipher: ({ cipher }) => `Le serveur accepte encore des chiffrements faibles, tels que ${cipher}.`,
    noStaple: () => 'Le serveur n’envoie pas d’agrafe OCSP avec son certificat.',
    valid: ({ days, protocol }) => `Le certificat est encore bon pour ${daysText('fr', days)} (${protocol}).`,
    weakProtocol: ({ protocol, wanted }) => `Le serveur parle ${protocol} ; ${wanted} ou plus récent est demandé.`,
  },
};

export const tlsTexts = { en, fr };
