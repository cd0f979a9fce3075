import type { Language } from '#contract/words.ts';
import type { FieldText } from './check-kind.ts';

type SharedField = 'port' | 'user' | 'password' | 'tls' | 'verifyCertificate' | 'warnDays' | 'maxAnswerMs' | 'beyondIs';

/** Words for the settings that kinds with a signed-in conversation have in common; a kind takes those that it has. */
export const sessionFields: Readonly<Record<Language, Readonly<Record<SharedField, FieldText>>>> = {
  en: {
    port: { label: 'Port', help: 'The TCP port that the server listens on.' },
    user: { label: 'User', help: 'Who signs in. The manual of this check says which rights are enough.' },
    password: { label: 'Password', help: 'Kept in the vault; nobody is shown it again.' },
    tls: {
      label: 'TLS',
      help: 'How the connection is protected.',
      options: {
        off: 'Never',
        ifOffered: 'When the server offers it',
        required: 'Always',
        direct: 'From the first byte',
        startTls: 'By StartTLS',
      },
    },
    verifyCertificate: {
      label: 'Verify the certificate',
      help: 'Down when no known authority vouches for the certificate or when it is for another name. An expired one is always down.',
    },
    warnDays: {
      label: 'Warn before the certificate ends (days)',
      help: 'Degraded when fewer days are left. 0 never warns.',
    },
    maxAnswerMs: {
      label: 'Warn when slower than (ms)',
      help: 'Degraded when the whole run takes longer. 0 never warns.',
    },
    beyondIs: {
      label: 'A value beyond a limit means',
      help: 'What the check says when a measured value is beyond one of the limits below.',
      options: { degraded: 'Degraded', down: 'Down' },
    },
  },
  fr: {
    port: { label: 'Port', help: 'Le port TCP sur lequel le serveur écoute.' },
    user: { label: 'Utilisateur', help: 'Qui s’identifie. Le manuel de ce contrôle dit quels droits suffisent.' },
    password: { label: 'Mot de passe', help: 'Gardé dans le coffre ; il n’est plus montré à personne.' },
    tls: {
      label: 'TLS',
      help: 'Comment la connexion est protégée.',
      options: {
        off: 'Jamais',
        ifOffered: 'Quand le serveur le propose',
        required: 'Toujours',
        direct: 'Dès le premier octet',
        startTls: 'Par StartTLS',
      },
    },
    verifyCertificate: {
      label: 'Vérifier le certificat',
      help: 'En panne si aucune autorité connue ne garantit le certificat ou s’il est établi pour un autre nom. Expiré, il est toujours une panne.',
    },
    warnDays: {
      label: 'Avertir avant la fin du certificat (jours)',
      help: 'Dégradé quand il reste moins de jours. 0 n’avertit jamais.',
    },
    maxAnswerMs: {
      label: 'Avertir au-delà de (ms)',
      help: 'Dégradé quand le passage entier dure plus longtemps. 0 n’avertit jamais.',
    },
    beyondIs: {
      label: 'Une valeur hors limite signifie',
      help: 'Ce que dit le contrôle quand une valeur mesurée dépasse l’une des limites ci-dessous.',
      options: { degraded: 'Dégradé', down: 'En panne' },
    },
  },
};
