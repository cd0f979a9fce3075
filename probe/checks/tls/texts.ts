import type { KindTexts } from '#probe/check-kind.ts';
import { certificateTexts, type CertificateReasons } from '#probe/certificate-reasons.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { daysText } from '#probe/number-text.ts';
import type { TlsSettings } from './settings.ts';

export type TlsReasons = ConnectionReasons &
  CertificateReasons & {
    valid: { days: number; protocol: string };
    weakProtocol: { protocol: string; wanted: string };
  };

const en: KindTexts<TlsSettings, TlsReasons> = {
  name: 'TLS certificate',
  description: 'Shakes hands and judges certificate, chain, name, expiry and protocol.',
  fields: {
    port: { label: 'Port', help: 'A port that speaks TLS from the first byte.' },
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
  },
  metrics: { certificateDays: 'Certificate, days left', connect: 'Connection', handshake: 'TLS handshake' },
  reasons: {
    ...connectionTexts.en,
    ...certificateTexts.en,
    valid: ({ days, protocol }) => `The certificate is good for ${daysText('en', days)} more (${protocol}).`,
    weakProtocol: ({ protocol, wanted }) => `The server speaks ${protocol}; ${wanted} or later is wanted.`,
  },
};

const fr: KindTexts<TlsSettings, TlsReasons> = {
  name: 'Certificat TLS',
  description: 'Négocie une session et juge le certificat, sa chaîne, son nom, son expiration et le protocole.',
  fields: {
    port: { label: 'Port', help: 'Un port qui parle TLS dès le premier octet.' },
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
  },
  metrics: { certificateDays: 'Certificat, jours restants', connect: 'Connexion', handshake: 'Négociation TLS' },
  reasons: {
    ...connectionTexts.fr,
    ...certificateTexts.fr,
    valid: ({ days, protocol }) => `Le certificat est encore bon pour ${daysText('fr', days)} (${protocol}).`,
    weakProtocol: ({ protocol, wanted }) => `Le serveur parle ${protocol} ; ${wanted} ou plus récent est demandé.`,
  },
};

export const tlsTexts = { en, fr };
