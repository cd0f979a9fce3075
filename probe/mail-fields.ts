import type { Language } from '#contract/words.ts';
import type { FieldText } from './check-kind.ts';

type MailField = 'security' | 'serverName' | 'verifyCertificate' | 'warnDays' | 'user' | 'password' | 'warnMs';

/** Words for the settings that all mail kinds have, to be spread into a kind's own. */
export const mailFields: Readonly<Record<Language, Readonly<Record<MailField, FieldText>>>> = {
  en: {
    security: {
      label: 'Encryption',
      help: 'From the first byte, after STARTTLS, or none. With STARTTLS the check fails when the server no longer offers it.',
      options: { tls: 'TLS from the first byte', starttls: 'STARTTLS', none: 'None' },
    },
    serverName: { label: 'Server name', help: 'The name that the certificate has to be for. Empty takes the address.' },
    verifyCertificate: {
      label: 'Verify chain and name',
      help: 'Down when no known authority vouches for the certificate or when it is for another name. Its dates always count.',
    },
    warnDays: {
      label: 'Warn before expiry (days)',
      help: 'Degraded when the certificate has fewer days left. 0 never warns.',
    },
    user: { label: 'User', help: 'Signs in as this account. Empty does not sign in.' },
    password: {
      label: 'Password',
      help: 'The password of that account; it is sent only after the certificate was judged.',
    },
    warnMs: { label: 'Warn when slower than (ms)', help: 'Degraded when the whole run takes longer. 0 never warns.' },
  },
  fr: {
    security: {
      label: 'Chiffrement',
      help: 'Dès le premier octet, après STARTTLS, ou aucun. Avec STARTTLS, le contrôle échoue si le serveur ne le propose plus.',
      options: { tls: 'TLS dès le premier octet', starttls: 'STARTTLS', none: 'Aucun' },
    },
    serverName: {
      label: 'Nom du serveur',
      help: 'Le nom pour lequel le certificat doit être établi. Vide : l’adresse.',
    },
    verifyCertificate: {
      label: 'Vérifier la chaîne et le nom',
      help: 'En panne si aucune autorité connue ne garantit le certificat ou s’il est établi pour un autre nom. Ses dates comptent toujours.',
    },
    warnDays: {
      label: 'Avertir avant l’expiration (jours)',
      help: 'Dégradé quand il reste moins de jours au certificat. 0 n’avertit jamais.',
    },
    user: { label: 'Utilisateur', help: 'Ouvre une session avec ce compte. Vide : sans session.' },
    password: {
      label: 'Mot de passe',
      help: 'Le mot de passe de ce compte ; il n’est envoyé qu’une fois le certificat jugé.',
    },
    warnMs: {
      label: 'Avertir au-delà de (ms)',
      help: 'Dégradé quand le passage entier dure plus longtemps. 0 n’avertit jamais.',
    },
  },
};

type MailMetric = 'connect' | 'banner' | 'tls' | 'certificateDays' | 'auth' | 'total';

/** Names of the measurements that all mail kinds have. */
export const mailMetrics: Readonly<Record<Language, Readonly<Record<MailMetric, string>>>> = {
  en: {
    connect: 'Connection',
    banner: 'Greeting',
    tls: 'TLS handshake',
    certificateDays: 'Certificate, days left',
    auth: 'Sign-in',
    total: 'Total time',
  },
  fr: {
    connect: 'Connexion',
    banner: 'Accueil',
    tls: 'Négociation TLS',
    certificateDays: 'Certificat, jours restants',
    auth: 'Ouverture de session',
    total: 'Temps total',
  },
};
