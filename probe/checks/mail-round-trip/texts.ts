import type { KindTexts, ReasonData } from '#probe/check-kind.ts';
import type { ConnectionReasons } from '#probe/connection-reasons.ts';
import { connectionTexts } from '#probe/connection-reasons.ts';
import { tellMailReason } from '#probe/mail-reasons.ts';
import { timeText } from '#probe/number-text.ts';
import type { MailRoundTripSettings } from './settings.ts';

export type MailRoundTripReasons = ConnectionReasons & {
  arrived: { ms: number; hops: number };
  late: { ms: number; limitSeconds: number };
  notArrived: { to: string; seconds: number; said: string };
  takenForJunk: { folder: string };
  notCleaned: { said: string };
  addressMissing: Record<string, never>;
  /** `why` is the code of a mail reason, the rest its data. */
  sendingFails: ReasonData;
  readingFails: ReasonData;
};

const securities = {
  en: { tls: 'TLS from the first byte', starttls: 'STARTTLS', none: 'None' },
  fr: { tls: 'TLS dès le premier octet', starttls: 'STARTTLS', none: 'Aucun' },
};

const en: KindTexts<MailRoundTripSettings, MailRoundTripReasons> = {
  name: 'Mail round trip',
  description: 'Sends a message by SMTP, finds it again by IMAP, measures how long it took and deletes it.',
  fields: {
    from: { label: 'Sender', help: 'The address that the message comes from. Bounces go there.' },
    to: { label: 'Recipient', help: 'The address of the mailbox that is read below; one made for this is best.' },
    smtpPort: { label: 'Sending: port', help: '587 with STARTTLS, 465 with TLS, 25 between servers.' },
    smtpSecurity: {
      label: 'Sending: encryption',
      help: 'How the line to the sending server is protected.',
      options: securities.en,
    },
    smtpServerName: {
      label: 'Sending: server name',
      help: 'The name that its certificate has to be for. Empty takes the address.',
    },
    smtpUser: { label: 'Sending: user', help: 'Signs in as this account. Empty does not sign in.' },
    smtpPassword: { label: 'Sending: password', help: 'The password of that account.' },
    imapServer: { label: 'Reading: server', help: 'Where the mailbox is. Empty is the target itself.' },
    imapPort: { label: 'Reading: port', help: '993 with TLS, 143 with STARTTLS.' },
    imapSecurity: {
      label: 'Reading: encryption',
      help: 'How the line to the mailbox is protected.',
      options: securities.en,
    },
    imapServerName: {
      label: 'Reading: server name',
      help: 'The name that its certificate has to be for. Empty takes the address.',
    },
    imapUser: { label: 'Reading: user', help: 'The account of the mailbox. Empty is the same as for sending.' },
    imapPassword: {
      label: 'Reading: password',
      help: 'The password of that account. Empty is the same as for sending.',
    },
    folder: { label: 'Folder', help: 'Where the message arrives. Empty is INBOX.' },
    junkFolder: {
      label: 'Junk folder',
      help: 'Looked into when the message does not arrive, such as Junk. Empty does not look.',
    },
    verifyCertificate: {
      label: 'Verify chain and name',
      help: 'Down when no known authority vouches for a certificate or when it is for another name. Their dates always count.',
    },
    warnSeconds: { label: 'Warn from (seconds)', help: 'Degraded when the round trip takes longer.' },
    downSeconds: { label: 'Down from (seconds)', help: 'Down when the message has not arrived by then.' },
  },
  metrics: {
    roundTrip: 'Round trip',
    send: 'Sending',
    delivery: 'Delivery',
    hops: 'Stations on the way',
    leftovers: 'Late messages cleaned up',
  },
  reasons: {
    ...connectionTexts.en,
    arrived: ({ ms, hops }) =>
      `The message arrived after ${timeText('en', ms)}, over ${hops} ${hops === 1 ? 'station' : 'stations'}.`,
    late: ({ ms, limitSeconds }) =>
      `The message took ${timeText('en', ms)}, longer than ${timeText('en', limitSeconds * 1_000)}.`,
    notArrived: ({ to, seconds, said }) =>
      `The server took the message for ${to} (“${said}”), but it did not arrive within ${timeText('en', seconds * 1_000)}.`,
    takenForJunk: ({ folder }) => `The message arrived in the folder ${folder}: it was taken for junk.`,
    notCleaned: ({ said }) => `The message arrived but could not be deleted: “${said}”.`,
    addressMissing: () => 'Sender and recipient have to be given first.',
    sendingFails: (data) => `Sending fails. ${tellMailReason('en', data)}`,
    readingFails: (data) => `Reading the mailbox fails. ${tellMailReason('en', data)}`,
  },
};

const fr: KindTexts<MailRoundTripSettings, MailRoundTripReasons> = {
  name: 'Aller-retour de courriel',
  description: 'Envoie un message en SMTP, le retrouve en IMAP, mesure le temps mis et le supprime.',
  fields: {
    from: { label: 'Expéditeur', help: 'L’adresse d’où vient le message. Les avis d’échec y reviennent.' },
    to: { label: 'Destinataire', help: 'L’adresse de la boîte lue plus bas ; mieux vaut une boîte faite pour cela.' },
    smtpPort: { label: 'Envoi : port', help: '587 avec STARTTLS, 465 avec TLS, 25 entre serveurs.' },
    smtpSecurity: {
      label: 'Envoi : chiffrement',
      help: 'Comment la ligne vers le serveur d’envoi est protégée.',
      options: securities.fr,
    },
    smtpServerName: {
      label: 'Envoi : nom du serveur',
      help: 'Le nom pour lequel son certificat doit être établi. Vide : l’adresse.',
    },
    smtpUser: { label: 'Envoi : utilisateur', help: 'Ouvre une session avec ce compte. Vide : sans session.' },
    smtpPassword: { label: 'Envoi : mot de passe', help: 'Le mot de passe de ce compte.' },
    imapServer: { label: 'Lecture : serveur', help: 'Où se trouve la boîte. Vide : la cible elle-même.' },
    imapPort: { label: 'Lecture : port', help: '993 avec TLS, 143 avec STARTTLS.' },
    imapSecurity: {
      label: 'Lecture : chiffrement',
      help: 'Comment la ligne vers la boîte est protégée.',
      options: securities.fr,
    },
    imapServerName: {
      label: 'Lecture : nom du serveur',
      help: 'Le nom pour lequel son certificat doit être établi. Vide : l’adresse.',
    },
    imapUser: { label: 'Lecture : utilisateur', help: 'Le compte de la boîte. Vide : le même que pour l’envoi.' },
    imapPassword: {
      label: 'Lecture : mot de passe',
      help: 'Le mot de passe de ce compte. Vide : le même que pour l’envoi.',
    },
    folder: { label: 'Dossier', help: 'Où le message arrive. Vide : INBOX.' },
    junkFolder: {
      label: 'Dossier des indésirables',
      help: 'Regardé quand le message n’arrive pas, par exemple Junk. Vide : sans regarder.',
    },
    verifyCertificate: {
      label: 'Vérifier la chaîne et le nom',
      help: 'En panne si aucune autorité connue ne garantit un certificat ou s’il est établi pour un autre nom. Leurs dates comptent toujours.',
    },
    warnSeconds: { label: 'Avertir à partir de (secondes)', help: 'Dégradé quand l’aller-retour prend plus de temps.' },
    downSeconds: {
      label: 'En panne à partir de (secondes)',
      help: 'En panne quand le message n’est pas arrivé d’ici là.',
    },
  },
  metrics: {
    roundTrip: 'Aller-retour',
    send: 'Envoi',
    delivery: 'Remise',
    hops: 'Étapes en chemin',
    leftovers: 'Messages tardifs supprimés',
  },
  reasons: {
    ...connectionTexts.fr,
    arrived: ({ ms, hops }) =>
      `Le message est arrivé en ${timeText('fr', ms)}, par ${hops} ${hops < 2 ? 'étape' : 'étapes'}.`,
    late: ({ ms, limitSeconds }) =>
      `Le message a mis ${timeText('fr', ms)}, plus de ${timeText('fr', limitSeconds * 1_000)}.`,
    notArrived: ({ to, seconds, said }) =>
      `Le serveur a accepté le message pour ${to} (« ${said} »), mais il n’est pas arrivé en ${timeText('fr', seconds * 1_000)}.`,
    takenForJunk: ({ folder }) => `Le message est arrivé dans le dossier ${folder} : il a été pris pour indésirable.`,
    notCleaned: ({ said }) => `Le message est arrivé mais n’a pas pu être supprimé : « ${said} ».`,
    addressMissing: () => 'Il faut d’abord indiquer l’expéditeur et le destinataire.',
    sendingFails: (data) => `L’envoi échoue. ${tellMailReason('fr', data)}`,
    readingFails: (data) => `La lecture de la boîte échoue. ${tellMailReason('fr', data)}`,
  },
};

export const mailRoundTripTexts = { en, fr };
