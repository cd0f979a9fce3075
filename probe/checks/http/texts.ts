import type { KindTexts } from '#probe/check-kind.ts';
import { numberText, timeText } from '#probe/number-text.ts';
import { webTexts, type WebReasons } from '#probe/web/web-reasons.ts';
import { comparisonWords } from '#probe/web/comparison-words.ts';
import type { HttpSettings } from './settings.ts';

export type HttpReasons = WebReasons & {
  answered: { status: number; ms: number };
  slow: { status: number; ms: number; warnMs: number };
  otherStatus: { status: number; expected: string };
  textMissing: { text: string };
  textFound: { text: string };
  patternMissing: { pattern: string };
  patternFound: { pattern: string };
  notJson: Record<string, never>;
  jsonMissing: { pointer: string };
  jsonOther: { pointer: string; expected: string; found: string };
  jsonFails: { pointer: string; comparison: string; expected: string; found: string };
  headerMissing: { name: string };
  headerFound: { name: string; found: string };
  headerOther: { name: string; expected: string; found: string };
  tooSmall: { bytes: number; limit: number };
  tooLarge: { bytes: number; limit: number };
  secretHeaderUnusable: Record<string, never>;
};

const methodWords = {
  GET: 'GET',
  HEAD: 'HEAD',
  POST: 'POST',
  PUT: 'PUT',
  PATCH: 'PATCH',
  DELETE: 'DELETE',
  OPTIONS: 'OPTIONS',
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
    method: {
      label: 'Method',
      help: 'HEAD asks for the headers alone. The others may change something: they run again and again.',
      options: methodWords,
    },
    expectStatus: { label: 'Expected status', help: 'Codes and ranges, separated by commas: 200-299,401.' },
    redirects: { label: 'Redirects to follow', help: '0 follows none and judges the first answer.' },
    textPresent: {
      label: 'Text present',
      help: 'Has to appear in the first 512 KiB of the page. Empty asks for nothing.',
    },
    textAbsent: { label: 'Text absent', help: 'Must not appear in the page. Empty forbids nothing.' },
    jsonPointer: {
      label: 'JSON value',
      help: 'A place in the answer: a JSON pointer (/status/database) or a JSONPath ($.items[*].state). Empty looks at none.',
    },
    jsonExpected: {
      label: 'JSON value expected',
      help: 'What every value found is compared with, as text. Empty: a value only has to exist.',
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
    jsonCompare: {
      label: 'JSON comparison',
      help: 'How the value has to stand to what is expected; above and below compare numbers.',
      options: { equals: 'equals', differs: 'differs from', contains: 'contains', above: 'above', below: 'below' },
    },
    headers: {
      label: 'Request headers',
      help: 'Such as Accept: application/json. They are not sent to another server after a redirect.',
    },
    secretHeader: { label: 'Secret request header', help: 'One more header, kept secret: X-Api-Key: the key.' },
    body: { label: 'Request body', help: 'Sent as it is; say its type with a Content-Type header.' },
    signIn: {
      label: 'Sign-in',
      help: 'How the server asks who we are.',
      options: { none: 'none', basic: 'user and password (Basic)', bearer: 'token (Bearer)', digest: 'Digest' },
    },
    user: { label: 'User', help: 'The account; not needed for a token.' },
    password: {
      label: 'Password or token',
      help: 'Sent only to the server named above, never after a redirect elsewhere.',
    },
    httpVersion: {
      label: 'HTTP version',
      help: 'HTTP/2 is asked for by ALPN over HTTPS, and at once over plain HTTP.',
      options: { '1.1': 'HTTP/1.1', '2': 'HTTP/2' },
    },
    redirectTo: {
      label: 'Redirects may lead',
      help: 'Down when a redirect leaves the server although it may not.',
      options: { anywhere: 'anywhere', same: 'to the same server only' },
    },
    patternPresent: {
      label: 'Pattern present',
      help: 'A regular expression (RE2) that the page has to match. Empty asks for nothing.',
    },
    patternAbsent: {
      label: 'Pattern absent',
      help: 'A regular expression that must not match. Empty forbids nothing.',
    },
    headersExpected: {
      label: 'Answer headers',
      help: '“Name” has to be there, “Name: text” has to contain the text, “!Name” must not be there.',
    },
    sizeMin: { label: 'Smallest size (bytes)', help: 'Down when the page is smaller. 0 asks for nothing.' },
    sizeMax: { label: 'Largest size (bytes)', help: 'Down when the page is larger. 0 sets no limit.' },
    clientCertificate: {
      label: 'Client certificate',
      help: 'PEM, shown to a server that asks who we are by certificate. Empty shows none.',
    },
    clientKey: { label: 'Key of the client certificate', help: 'PEM, without passphrase.' },
  },
  metrics: {
    lookup: 'Name lookup',
    connect: 'Connection',
    handshake: 'TLS handshake',
    firstByte: 'Wait for the first byte',
    total: 'Total time',
    size: 'Size',
    certificateDays: 'Certificate, days left',
    jsonValue: 'JSON value',
  },
  reasons: {
    ...webTexts.en,
    answered: ({ status, ms }) => `Answers ${status} in ${timeText('en', ms)}.`,
    slow: ({ status, ms, warnMs }) =>
      `Answers ${status} in ${timeText('en', ms)}, slower than ${timeText('en', warnMs)}.`,
    otherStatus: ({ status, expected }) => `Answers ${status} instead of ${expected}.`,
    textMissing: ({ text }) => `The page does not contain “${text}”.`,
    textFound: ({ text }) => `The page contains “${text}”.`,
    notJson: () => 'The answer is not valid JSON, or is larger than 512\u00a0KiB.',
    jsonMissing: ({ pointer }) => `The answer has no value at ${pointer}.`,
    jsonOther: ({ pointer, expected, found }) => `The value at ${pointer} is “${found}” instead of “${expected}”.`,
    jsonFails: ({ pointer, comparison, expected, found }) =>
      `The value at ${pointer} is “${found}”; it should be ${comparisonWords('en', comparison)} “${expected}”.`,
    patternMissing: ({ pattern }) => `Nothing in the page matches the pattern ${pattern}.`,
    patternFound: ({ pattern }) => `The page matches the pattern ${pattern}.`,
    headerMissing: ({ name }) => `The answer has no header ${name}.`,
    headerFound: ({ name, found }) => `The answer has the header ${name} (“${found}”), which it should not.`,
    headerOther: ({ name, expected, found }) => `The header ${name} is “${found}” and does not contain “${expected}”.`,
    tooSmall: ({ bytes, limit }) =>
      `The page has ${numberText('en', bytes)}\u00a0bytes, fewer than ${numberText('en', limit)}.`,
    tooLarge: ({ bytes, limit }) =>
      `The page has ${numberText('en', bytes)}\u00a0bytes or more, above the limit of ${numberText('en', limit)}.`,
    secretHeaderUnusable: () => 'The secret header is not of the form “Name: value”.',
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
    method: {
      label: 'Méthode',
      help: 'HEAD ne demande que les en-têtes. Les autres peuvent modifier quelque chose : elles sont répétées sans cesse.',
      options: methodWords,
    },
    expectStatus: { label: 'Code attendu', help: 'Codes et intervalles séparés par des virgules : 200-299,401.' },
    redirects: { label: 'Redirections à suivre', help: '0 n’en suit aucune et juge la première réponse.' },
    textPresent: {
      label: 'Texte présent',
      help: 'Doit figurer dans les 512 premiers Kio de la page. Vide : rien n’est demandé.',
    },
    textAbsent: { label: 'Texte absent', help: 'Ne doit pas figurer dans la page. Vide : rien n’est interdit.' },
    jsonPointer: {
      label: 'Valeur JSON',
      help: 'Un endroit de la réponse : pointeur JSON (/status/database) ou JSONPath ($.items[*].state). Vide : aucun.',
    },
    jsonExpected: {
      label: 'Valeur JSON attendue',
      help: 'Ce à quoi chaque valeur trouvée est comparée, en texte. Vide : une valeur doit seulement exister.',
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
    jsonCompare: {
      label: 'Comparaison JSON',
      help: 'Comment la valeur se compare à ce qui est attendu ; au-dessus et au-dessous comparent des nombres.',
      options: {
        equals: 'égale',
        differs: 'diffère de',
        contains: 'contient',
        above: 'au-dessus de',
        below: 'au-dessous de',
      },
    },
    headers: {
      label: 'En-têtes de la requête',
      help: 'Par exemple « Accept: application/json ». Ils ne sont pas envoyés à un autre serveur après une redirection.',
    },
    secretHeader: { label: 'En-tête secret', help: 'Un en-tête de plus, gardé secret : « X-Api-Key: la clé ».' },
    body: { label: 'Corps de la requête', help: 'Envoyé tel quel ; dites son type par un en-tête Content-Type.' },
    signIn: {
      label: 'Authentification',
      help: 'Comment le serveur demande qui nous sommes.',
      options: {
        none: 'aucune',
        basic: 'compte et mot de passe (Basic)',
        bearer: 'jeton (Bearer)',
        digest: 'Digest',
      },
    },
    user: { label: 'Compte', help: 'Le compte ; inutile pour un jeton.' },
    password: {
      label: 'Mot de passe ou jeton',
      help: 'Envoyé au seul serveur nommé ci-dessus, jamais ailleurs après une redirection.',
    },
    httpVersion: {
      label: 'Version de HTTP',
      help: 'HTTP/2 est demandé par ALPN en HTTPS, et d’emblée en HTTP simple.',
      options: { '1.1': 'HTTP/1.1', '2': 'HTTP/2' },
    },
    redirectTo: {
      label: 'Les redirections mènent',
      help: 'En panne quand une redirection quitte le serveur alors qu’elle ne le doit pas.',
      options: { anywhere: 'n’importe où', same: 'au même serveur seulement' },
    },
    patternPresent: {
      label: 'Motif présent',
      help: 'Expression régulière (RE2) à laquelle la page doit correspondre. Vide : rien n’est demandé.',
    },
    patternAbsent: {
      label: 'Motif absent',
      help: 'Expression régulière à laquelle rien ne doit correspondre. Vide : rien n’est interdit.',
    },
    headersExpected: {
      label: 'En-têtes de la réponse',
      help: '« Nom » doit être présent, « Nom: texte » doit contenir le texte, « !Nom » doit être absent.',
    },
    sizeMin: {
      label: 'Taille minimale (octets)',
      help: 'En panne si la page est plus petite. 0 : rien n’est demandé.',
    },
    sizeMax: { label: 'Taille maximale (octets)', help: 'En panne si la page est plus grande. 0 : aucune limite.' },
    clientCertificate: {
      label: 'Certificat client',
      help: 'PEM, présenté à un serveur qui identifie ses clients par certificat. Vide : aucun.',
    },
    clientKey: { label: 'Clé du certificat client', help: 'PEM, sans phrase de passe.' },
  },
  metrics: {
    lookup: 'Résolution du nom',
    connect: 'Connexion',
    handshake: 'Négociation TLS',
    firstByte: 'Attente du premier octet',
    total: 'Temps total',
    size: 'Taille',
    certificateDays: 'Certificat, jours restants',
    jsonValue: 'Valeur JSON',
  },
  reasons: {
    ...webTexts.fr,
    answered: ({ status, ms }) => `Répond ${status} en ${timeText('fr', ms)}.`,
    slow: ({ status, ms, warnMs }) =>
      `Répond ${status} en ${timeText('fr', ms)}, plus lentement que ${timeText('fr', warnMs)}.`,
    otherStatus: ({ status, expected }) => `Répond ${status} au lieu de ${expected}.`,
    textMissing: ({ text }) => `La page ne contient pas « ${text} ».`,
    textFound: ({ text }) => `La page contient « ${text} ».`,
    notJson: () => 'La réponse n’est pas du JSON valide, ou dépasse 512\u00a0Kio.',
    jsonMissing: ({ pointer }) => `La réponse n’a pas de valeur à ${pointer}.`,
    jsonOther: ({ pointer, expected, found }) => `La valeur à ${pointer} est « ${found} » au lieu de « ${expected} ».`,
    jsonFails: ({ pointer, comparison, expected, found }) =>
      `La valeur à ${pointer} est « ${found} » ; elle devrait être ${comparisonWords('fr', comparison)} « ${expected} ».`,
    patternMissing: ({ pattern }) => `Rien dans la page ne correspond au motif ${pattern}.`,
    patternFound: ({ pattern }) => `La page correspond au motif ${pattern}.`,
    headerMissing: ({ name }) => `La réponse n’a pas d’en-tête ${name}.`,
    headerFound: ({ name, found }) => `La réponse a l’en-tête ${name} (« ${found} »), qui devrait en être absent.`,
    headerOther: ({ name, expected, found }) =>
      `L’en-tête ${name} est « ${found} » et ne contient pas « ${expected} ».`,
    tooSmall: ({ bytes, limit }) =>
      `La page compte ${numberText('fr', bytes)}\u00a0octets, moins que ${numberText('fr', limit)}.`,
    tooLarge: ({ bytes, limit }) =>
      `La page compte au moins ${numberText('fr', bytes)}\u00a0octets, au-dessus de la limite de ${numberText('fr', limit)}.`,
    secretHeaderUnusable: () => 'L’en-tête secret n’est pas de la forme « Nom: valeur ».',
  },
};

export const httpTexts = { en, fr };
