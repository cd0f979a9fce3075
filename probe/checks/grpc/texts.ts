import type { KindTexts } from '#probe/check-kind.ts';
import { timeText } from '#probe/number-text.ts';
import { webTexts, type WebReasons } from '#probe/web/web-reasons.ts';
import type { GrpcSettings } from './settings.ts';

export type GrpcReasons = WebReasons & {
  serving: { service: string; ms: number };
  slow: { ms: number; warnMs: number };
  notServing: { service: string; status: string };
  serviceUnknown: { service: string };
  noHealthService: Record<string, never>;
  notGrpc: { status: number };
  notHealth: Record<string, never>;
  noTrailers: Record<string, never>;
  callFailed: { status: string; message: string };
};

const en: KindTexts<GrpcSettings, GrpcReasons> = {
  name: 'gRPC health',
  description: 'Asks a gRPC server for the health of a service by the standard health protocol.',
  fields: {
    security: {
      label: 'Security',
      help: 'TLS unless the server speaks in clear.',
      options: { tls: 'TLS', plain: 'none' },
    },
    port: { label: 'Port', help: 'The port of the gRPC server.' },
    service: {
      label: 'Service',
      help: 'The full name of a service, such as shop.Orders. Empty asks for the server as a whole.',
    },
    hostName: {
      label: 'Host name',
      help: 'The name asked for, when it differs from the address. Empty takes the address.',
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
    lookup: 'Name lookup',
    connect: 'Connection',
    handshake: 'TLS handshake',
    answer: 'Answer',
    total: 'Total time',
    certificateDays: 'Certificate, days left',
  },
  reasons: {
    ...webTexts.en,
    serving: ({ service, ms }) =>
      `${service === '' ? 'The server' : service} serves; answered in ${timeText('en', ms)}.`,
    slow: ({ ms, warnMs }) => `It serves, but took ${timeText('en', ms)}, more than ${timeText('en', warnMs)}.`,
    notServing: ({ service, status }) =>
      `${service === '' ? 'The server' : service} says that it does not serve (${status}).`,
    serviceUnknown: ({ service }) => `The server knows no service ${service}.`,
    noHealthService: () => 'The server does not offer the health protocol (UNIMPLEMENTED).',
    notGrpc: ({ status }) => `What answers is not gRPC (${status}).`,
    notHealth: () => 'The answer is not one of the health protocol.',
    noTrailers: () => 'The server ended the call without saying how it went.',
    callFailed: ({ status, message }) => `The call failed: ${status}${message === '' ? '.' : `, ${message}`}`,
  },
};

const fr: KindTexts<GrpcSettings, GrpcReasons> = {
  name: 'Santé gRPC',
  description: 'Demande à un serveur gRPC la santé d’un service par le protocole de santé standard.',
  fields: {
    security: {
      label: 'Sécurité',
      help: 'TLS, sauf si le serveur parle en clair.',
      options: { tls: 'TLS', plain: 'aucune' },
    },
    port: { label: 'Port', help: 'Le port du serveur gRPC.' },
    service: {
      label: 'Service',
      help: 'Le nom complet d’un service, comme shop.Orders. Vide : le serveur dans son ensemble.',
    },
    hostName: { label: 'Nom d’hôte', help: 'Le nom demandé, s’il diffère de l’adresse. Vide : l’adresse.' },
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
    lookup: 'Résolution du nom',
    connect: 'Connexion',
    handshake: 'Négociation TLS',
    answer: 'Réponse',
    total: 'Temps total',
    certificateDays: 'Certificat, jours restants',
  },
  reasons: {
    ...webTexts.fr,
    serving: ({ service, ms }) =>
      `${service === '' ? 'Le serveur' : service} est en service ; réponse en ${timeText('fr', ms)}.`,
    slow: ({ ms, warnMs }) => `En service, mais en ${timeText('fr', ms)}, plus que ${timeText('fr', warnMs)}.`,
    notServing: ({ service, status }) =>
      `${service === '' ? 'Le serveur' : service} déclare ne pas être en service (${status}).`,
    serviceUnknown: ({ service }) => `Le serveur ne connaît aucun service ${service}.`,
    noHealthService: () => 'Le serveur n’offre pas le protocole de santé (UNIMPLEMENTED).',
    notGrpc: ({ status }) => `Ce qui répond n’est pas du gRPC (${status}).`,
    notHealth: () => 'La réponse n’est pas du protocole de santé.',
    noTrailers: () => 'Le serveur a mis fin à l’appel sans dire comment il s’est passé.',
    callFailed: ({ status, message }) => `L’appel a échoué : ${status}${message === '' ? '.' : `, ${message}`}`,
  },
};

export const grpcTexts = { en, fr };
