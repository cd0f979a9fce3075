import type { Language } from '#contract/words.ts';
import type { KindTexts, ReasonData, ReasonSentence } from '#probe/check-kind.ts';
import { numberText, timeText } from '#probe/number-text.ts';
import { webTexts } from '#probe/web/web-reasons.ts';
import type { HttpStepsSettings } from './settings.ts';

export type HttpStepsReasons = {
  wentThrough: { count: number; ms: number };
  slow: { ms: number; warnMs: number; stepName: string; stepMs: number };
  /** `fault` is a code of the requests' own reasons or of the step's, with its data beside it. */
  stepFailed: ReasonData;
};

type FaultTexts = Readonly<Record<string, ReasonSentence<ReasonData>>>;

const faults: Readonly<Record<Language, FaultTexts>> = {
  en: {
    ...webTexts.en,
    otherStatus: ({ status, expected }) => `answers ${String(status)} instead of ${String(expected)}.`,
    assertionFails: ({ assertion, found }) => `“${String(assertion)}” does not hold; found: “${String(found)}”.`,
    nothingFound: ({ assertion }) => `“${String(assertion)}” looks at something that the answer does not have.`,
    captureMissing: ({ variable }) => `the answer has nothing for “${String(variable)}”.`,
  },
  fr: {
    ...webTexts.fr,
    otherStatus: ({ status, expected }) => `répond ${String(status)} au lieu de ${String(expected)}.`,
    assertionFails: ({ assertion, found }) =>
      `« ${String(assertion)} » n’est pas vrai ; trouvé : « ${String(found)} ».`,
    nothingFound: ({ assertion }) => `« ${String(assertion)} » porte sur une chose absente de la réponse.`,
    captureMissing: ({ variable }) => `la réponse n’a rien pour « ${String(variable)} ».`,
  },
};

function tellFault(language: Language, { fault, ...data }: ReasonData): string {
  const code = String(fault);
  const known = faults[language];
  return (Object.hasOwn(known, code) ? known[code]?.(data) : undefined) ?? code;
}

const en: KindTexts<HttpStepsSettings, HttpStepsReasons> = {
  name: 'HTTP steps',
  description:
    'Goes through several requests in a row, such as signing in, looking and signing out, keeping cookies and values; says which step fails.',
  fields: {
    scheme: {
      label: 'Scheme',
      help: 'HTTPS unless the server has no certificate.',
      options: { https: 'HTTPS', http: 'HTTP' },
    },
    port: { label: 'Port', help: '0 is the usual one: 443 for HTTPS, 80 for HTTP.' },
    hostName: {
      label: 'Host name',
      help: 'The name asked for, when it differs from the address. Empty takes the address.',
    },
    steps: {
      label: 'Steps',
      help: 'Written as Hurl files are: “GET /path”, headers, body or [Form], “HTTP 200”, [Captures], [Asserts]. The manual page has an example.',
    },
    user: { label: 'User', help: 'Stands in the steps as {{user}}.' },
    password: { label: 'Password', help: 'Stands in the steps as {{password}}.' },
    secret: { label: 'Further secret', help: 'A token or key; stands in the steps as {{secret}}.' },
    warnMs: {
      label: 'Warn when slower than (ms)',
      help: 'Degraded when all steps together take longer. 0 never warns.',
    },
    verifyCertificate: {
      label: 'Verify the certificate',
      help: 'Down when no known authority vouches for it or when it is for another name.',
    },
  },
  metrics: { step: 'Step', total: 'Total time' },
  reasons: {
    wentThrough: ({ count, ms }) =>
      `${count === 1 ? 'The step' : `All ${numberText('en', count)} steps`} went through in ${timeText('en', ms)}.`,
    slow: ({ ms, warnMs, stepName, stepMs }) =>
      `Went through in ${timeText('en', ms)}, slower than ${timeText('en', warnMs)}; longest: ${stepName}, ${timeText('en', stepMs)}.`,
    stepFailed: ({ step, stepName, ...fault }) =>
      `Step ${String(step)} (${String(stepName)}): ${tellFault('en', fault)}`,
  },
};

const fr: KindTexts<HttpStepsSettings, HttpStepsReasons> = {
  name: 'Étapes HTTP',
  description:
    'Enchaîne plusieurs requêtes, par exemple s’identifier, regarder et se déconnecter, en gardant cookies et valeurs ; dit quelle étape échoue.',
  fields: {
    scheme: {
      label: 'Schéma',
      help: 'HTTPS, sauf si le serveur n’a pas de certificat.',
      options: { https: 'HTTPS', http: 'HTTP' },
    },
    port: { label: 'Port', help: '0 est le port habituel : 443 en HTTPS, 80 en HTTP.' },
    hostName: { label: 'Nom d’hôte', help: 'Le nom demandé, s’il diffère de l’adresse. Vide : l’adresse.' },
    steps: {
      label: 'Étapes',
      help: 'Écrites comme un fichier Hurl : « GET /chemin », en-têtes, corps ou [Form], « HTTP 200 », [Captures], [Asserts]. Un exemple figure dans la page de manuel.',
    },
    user: { label: 'Compte', help: 'Figure dans les étapes sous {{user}}.' },
    password: { label: 'Mot de passe', help: 'Figure dans les étapes sous {{password}}.' },
    secret: { label: 'Autre secret', help: 'Un jeton ou une clé ; figure dans les étapes sous {{secret}}.' },
    warnMs: {
      label: 'Avertir au-delà de (ms)',
      help: 'Dégradé quand toutes les étapes ensemble durent plus longtemps. 0 n’avertit jamais.',
    },
    verifyCertificate: {
      label: 'Vérifier le certificat',
      help: 'En panne si aucune autorité connue ne le garantit ou s’il est établi pour un autre nom.',
    },
  },
  metrics: { step: 'Étape', total: 'Temps total' },
  reasons: {
    wentThrough: ({ count, ms }) =>
      `${count === 1 ? 'L’étape a réussi' : `Les ${numberText('fr', count)} étapes ont réussi`} en ${timeText('fr', ms)}.`,
    slow: ({ ms, warnMs, stepName, stepMs }) =>
      `Réussi en ${timeText('fr', ms)}, plus lentement que ${timeText('fr', warnMs)} ; la plus longue : ${stepName}, ${timeText('fr', stepMs)}.`,
    stepFailed: ({ step, stepName, ...fault }) =>
      `Étape ${String(step)} (${String(stepName)}) : ${tellFault('fr', fault)}`,
  },
};

export const httpStepsTexts = { en, fr };
