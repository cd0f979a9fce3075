import type { Language } from '#contract/words.ts';
import type { FieldText } from '../check-kind.ts';
import { webTexts, type WebReasons } from '../web/web-reasons.ts';
import type { ExporterSettings } from './exporter-settings.ts';

/** What can go wrong before a page of metrics is read. */
export type ExporterReasons = WebReasons & {
  otherStatus: { status: number };
  notMetrics: { line: number; text: string };
  pageTooLarge: { mebibytes: number };
};

type ExporterTexts = { readonly [Code in keyof ExporterReasons]: (data: ExporterReasons[Code]) => string };

/** The sentences for exporters, to be spread into a kind's own. */
export const exporterReasonTexts: Readonly<Record<Language, ExporterTexts>> = {
  en: {
    ...webTexts.en,
    otherStatus: ({ status }) => `The exporter answers ${status} instead of its metrics.`,
    notMetrics: ({ line, text }) => `The page is not in the Prometheus text format: line ${line} is “${text}”.`,
    pageTooLarge: ({ mebibytes }) => `The page of metrics is larger than ${mebibytes}\u00a0MiB.`,
  },
  fr: {
    ...webTexts.fr,
    otherStatus: ({ status }) => `L’exportateur répond ${status} au lieu de ses métriques.`,
    notMetrics: ({ line, text }) =>
      `La page n’est pas au format texte de Prometheus : la ligne ${line} est « ${text} ».`,
    pageTooLarge: ({ mebibytes }) => `La page de métriques dépasse ${mebibytes}\u00a0Mio.`,
  },
};

/** The words of the fields by which an exporter is reached. */
export const exporterFieldTexts: Readonly<Record<Language, { readonly [Field in keyof ExporterSettings]: FieldText }>> =
  {
    en: {
      scheme: { label: 'Scheme', help: 'Most exporters speak plain HTTP.', options: { http: 'HTTP', https: 'HTTPS' } },
      port: { label: 'Port', help: 'The port of the exporter.' },
      path: { label: 'Path', help: 'Where its metrics are, beginning with /.' },
      hostName: {
        label: 'Host name',
        help: 'The name asked for, when it differs from the address. Empty takes the address.',
      },
      signIn: {
        label: 'Sign-in',
        help: 'How the exporter asks who we are.',
        options: { none: 'none', basic: 'user and password (Basic)', bearer: 'token (Bearer)' },
      },
      user: { label: 'User', help: 'The account; not needed for a token.' },
      password: { label: 'Password or token', help: 'Sent to the exporter only.' },
      verifyCertificate: {
        label: 'Verify the certificate',
        help: 'Down when no known authority vouches for it or when it is for another name.',
      },
    },
    fr: {
      scheme: {
        label: 'Schéma',
        help: 'La plupart des exportateurs parlent HTTP simple.',
        options: { http: 'HTTP', https: 'HTTPS' },
      },
      port: { label: 'Port', help: 'Le port de l’exportateur.' },
      path: { label: 'Chemin', help: 'Où se trouvent ses métriques, en commençant par /.' },
      hostName: { label: 'Nom d’hôte', help: 'Le nom demandé, s’il diffère de l’adresse. Vide : l’adresse.' },
      signIn: {
        label: 'Authentification',
        help: 'Comment l’exportateur demande qui nous sommes.',
        options: { none: 'aucune', basic: 'compte et mot de passe (Basic)', bearer: 'jeton (Bearer)' },
      },
      user: { label: 'Compte', help: 'Le compte ; inutile pour un jeton.' },
      password: { label: 'Mot de passe ou jeton', help: 'Envoyé à l’exportateur seulement.' },
      verifyCertificate: {
        label: 'Vérifier le certificat',
        help: 'En panne si aucune autorité connue ne le garantit ou s’il est établi pour un autre nom.',
      },
    },
  };
