import type { KindTexts } from '#probe/check-kind.ts';
import { certificateTexts, type CertificateReasons } from '#probe/certificate-reasons.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { numberText, timeText } from '#probe/number-text.ts';
import type { HttpSettings } from './settings.ts';

export type HttpReasons = ConnectionReasons &
  CertificateReasons & {
    answered: { status: number; ms: number };
    slow: { status: number; ms: number; warnMs: number };
    otherStatus: { status: number; expected: string };
    noAnswer: { ms: number };
    bodyUnfinished: { bytes: number; ms: number };
    closedEarly: Record<string, never>;
    malformed: { code: string };
    textMissing: { text: string };
    textFound: { text: string };
    notJson: Record<string, never>;
    jsonMissing: { pointer: string };
    jsonOther: { pointer: string; expected: string; found: string };
    tooManyRedirects: { limit: number };
    badRedirect: { location: string };
  };

const en: KindTexts<HttpSettings, HttpReasons> = {
  name: 'HTTP',
  description:
    'Requests a page over HTTP or HTTPS with a fresh connection; judges status, content, time and certificate.',
  fields: {
    scheme: {
      label: 'Scheme',
      help: 'HTTPS unless the server has no certificate.',
      options: { https: 'HTTPS', http: 'HTTP' },
    },
    port: { label: 'Port', help: '0 is the usual one: 443 for HTTPS, 80 for HTTP.' },
    path: { label: 'Path', help: 'What is requested, beginning with /, query included.' },
    hostName: {
      label: 'Host name',
      help: 'The name asked for, when it differs from the address (virtual hosts). Empty takes the address.',
    },
    method: { label: 'Method', help: 'HEAD asks for the headers alone.', options: { GET: 'GET', HEAD: 'HEAD' } },
    expectStatus: { label: 'Expected status', help: 'Codes and ranges, separated by commas: 200-299,401.' },
    redirects: { label: 'Redirects to follow', help: '0 follows none and judges the first answer.' },
    textPresent: {
      label: 'Text present',
      help: 'Has to appear in the first 512 KiB of the page. Empty asks for nothing.',
    },
    textAbsent: { label: 'Text absent', help: 'Must not appear in the page. Empty forbids nothing.' },
    jsonPointer: {
      label: 'JSON value',
      help: 'JSON pointer to a value of the answer: /status/database. Empty looks at none.',
    },
    jsonExpected: {
      label: 'JSON value expected',
      help: 'What the value has to be, as text. Empty: it only has to exist.',
    },
    warnMs: { label: 'Warn when slower than (ms)', help: 'Degraded when the whole run takes longer. 0 never warns.' },
    verifyCertificate: {
      label: 'Verify the certificate',
      help: 'Down when no known authority vouches for it or when it is for another name.',
    },
    warnDays: {
      label: 'Warn before expiry (days)',
      help: 'Degraded when the certificate has fewer days left. 0 never warns; an expired certificate is down all the same.',
    },
  },
  metrics: {
    lookup: 'Name lookup',
    connect: 'Connection',
    handshake: 'TLS handshake',
    firstByte: 'Wait for the first byte',
    total: 'Total time',
    size: 'Size',
    certificateDays: 'Certificate, days left',
  },
  reasons: {
    ...connectionTexts.en,
    ...certificateTexts.en,
    answered: ({ status, ms }) => `Answers ${status} in ${timeText('en', ms)}.`,
    slow: ({ status, ms, warnMs }) =>
      `Answers ${status} in ${timeText('en', ms)}, slower than ${timeText('en', warnMs)}.`,
    otherStatus: ({ status, expected }) => `Answers ${status} instead of ${expected}.`,
    noAnswer: ({ ms }) => `The connection opened, but no answer came within ${timeText('en', ms)}.`,
    bodyUnfinished: ({ bytes, ms }) =>
      `The answer began but was not complete within ${timeText('en', ms)} (${numberText('en', bytes)}\u00a0bytes came).`,
    closedEarly: () => 'The server closed the connection before answering completely.',
    malformed: ({ code }) => `The answer is not valid HTTP (${code}).`,
    textMissing: ({ text }) => `The page does not contain “${text}”.`,
    textFound: ({ text }) => `The page contains “${text}”.`,
    notJson: () => 'The answer is not valid JSON, or is larger than 512\u00a0KiB.',
    jsonMissing: ({ pointer }) => `The answer has no value at ${pointer}.`,
    jsonOther: ({ pointer, expected, found }) => `The value at ${pointer} is “${found}” instead of “${expected}”.`,
    tooManyRedirects: ({ limit }) => `More than ${limit} redirects in a row.`,
    badRedirect: ({ location }) => `Redirects to an address that cannot be followed: ${location}`,
  },
};

const fr: KindTexts<HttpSettings, HttpReasons> = {
  name: 'HTTP',
  description:
    'Demande une page en HTTP ou HTTPS par une connexion neuve ; juge le code, le contenu, le temps et le certificat.',
  fields: {
    scheme: {
      label: 'Schéma',
      help: 'HTTPS, sauf si le serveur n’a pas de certificat.',
      options: { https: 'HTTPS', http: 'HTTP' },
    },
    port: { label: 'Port', help: '0 est le port habituel : 443 en HTTPS, 80 en HTTP.' },
    path: { label: 'Chemin', help: 'Ce qui est demandé, en commençant par /, paramètres compris.' },
    hostName: {
      label: 'Nom d’hôte',
      help: 'Le nom demandé, s’il diffère de l’adresse (hôtes virtuels). Vide : l’adresse.',
    },
    method: { label: 'Méthode', help: 'HEAD ne demande que les en-têtes.', options: { GET: 'GET', HEAD: 'HEAD' } },
    expectStatus: { label: 'Code attendu', help: 'Codes et intervalles séparés par des virgules : 200-299,401.' },
    redirects: { label: 'Redirections à suivre', help: '0 n’en suit aucune et juge la première réponse.' },
    textPresent: {
      label: 'Texte présent',
      help: 'Doit figurer dans les 512 premiers Kio de la page. Vide : rien n’est demandé.',
    },
    textAbsent: { label: 'Texte absent', help: 'Ne doit pas figurer dans la page. Vide : rien n’est interdit.' },
    jsonPointer: {
      label: 'Valeur JSON',
      help: 'Pointeur JSON vers une valeur de la réponse : /status/database. Vide : aucune.',
    },
    jsonExpected: {
      label: 'Valeur JSON attendue',
      help: 'Ce que la valeur doit être, en texte. Vide : elle doit seulement exister.',
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
      help: 'Dégradé quand il reste moins de jours au certificat. 0 n’avertit jamais ; un certificat expiré est en panne dans tous les cas.',
    },
  },
  metrics: {
    lookup: 'Résolution du nom',
    connect: 'Connexion',
    handshake: 'Négociation TLS',
    firstByte: 'Attente du premier octet',
    total: 'Temps total',
    size: 'Taille',
    certificateDays: 'Certificat, jours restants',
  },
  reasons: {
    ...connectionTexts.fr,
    ...certificateTexts.fr,
    answered: ({ status, ms }) => `Répond ${status} en ${timeText('fr', ms)}.`,
    slow: ({ status, ms, warnMs }) =>
      `Répond ${status} en ${timeText('fr', ms)}, plus lentement que ${timeText('fr', warnMs)}.`,
    otherStatus: ({ status, expected }) => `Répond ${status} au lieu de ${expected}.`,
    noAnswer: ({ ms }) => `La connexion s’est ouverte, mais aucune réponse n’est venue en ${timeText('fr', ms)}.`,
    bodyUnfinished: ({ bytes, ms }) =>
      `La réponse a commencé mais n’était pas complète en ${timeText('fr', ms)} (${numberText('fr', bytes)}\u00a0octets reçus).`,
    closedEarly: () => 'Le serveur a fermé la connexion avant d’avoir répondu complètement.',
    malformed: ({ code }) => `La réponse n’est pas du HTTP valide (${code}).`,
    textMissing: ({ text }) => `La page ne contient pas « ${text} ».`,
    textFound: ({ text }) => `La page contient « ${text} ».`,
    notJson: () => 'La réponse n’est pas du JSON valide, ou dépasse 512\u00a0Kio.',
    jsonMissing: ({ pointer }) => `La réponse n’a pas de valeur à ${pointer}.`,
    jsonOther: ({ pointer, expected, found }) => `La valeur à ${pointer} est « ${found} » au lieu de « ${expected} ».`,
    tooManyRedirects: ({ limit }) => `Plus de ${limit} redirections de suite.`,
    badRedirect: ({ location }) => `Redirige vers une adresse impossible à suivre : ${location}`,
  },
};

export const httpTexts = { en, fr };
