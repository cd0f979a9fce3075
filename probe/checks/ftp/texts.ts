import { certificateTexts, type CertificateReasons } from '#probe/certificate-reasons.ts';
import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { folderTexts, type FolderReasons } from '#probe/folder-facts.ts';
import { numberText, timeText } from '#probe/number-text.ts';
import type { FtpSettings } from './settings.ts';

type Refusal = { path: string; message: string };

export type FtpReasons = ConnectionReasons &
  CertificateReasons &
  FolderReasons & {
    visited: { folder: string; files: number; ms: number };
    slow: { ms: number; warnMs: number };
    tooLate: { ms: number; step: string };
    noGreeting: { ms: number };
    notFtp: { message: string };
    greetingRefused: { message: string };
    noTls: { message: string };
    signInRefused: { user: string; message: string };
    noDataConnection: { message: string };
    passiveElsewhere: { address: string };
    endless: Record<string, never>;
    noAges: { folder: string };
    hungUp: Record<string, never>;
    folderRefused: Refusal;
    writeRefused: Refusal;
    readRefused: Refusal;
    removeRefused: Refusal;
    otherContent: { path: string };
  };

const stepWords: Readonly<Record<'en' | 'fr', Readonly<Record<string, string>>>> = {
  en: { security: 'TLS', signIn: 'signing in', list: 'listing', write: 'writing', read: 'reading', remove: 'removing' },
  fr: {
    security: 'TLS',
    signIn: 'identification',
    list: 'liste',
    write: 'écriture',
    read: 'lecture',
    remove: 'suppression',
  },
};
const steps = {
  en: (step: string): string => stepWords.en[step] ?? step,
  fr: (step: string): string => stepWords.fr[step] ?? step,
};

const en: KindTexts<FtpSettings, FtpReasons> = {
  name: 'FTP',
  description:
    'Signs in over FTP, plain or within TLS, lists a folder, judges number and age of its files, and may write, read and remove a file.',
  fields: {
    port: { label: 'Port', help: '0 is the usual one: 21, or 990 with implicit TLS.' },
    security: {
      label: 'Security',
      help: 'FTPS begins in clear and changes to TLS (explicit), or is TLS from the start (implicit).',
      options: { none: 'none', explicit: 'TLS, explicit', implicit: 'TLS, implicit' },
    },
    user: { label: 'User', help: 'The account to sign in with; anonymous where nobody is asked.' },
    password: { label: 'Password', help: 'Without TLS it travels in clear.' },
    hostName: {
      label: 'Host name',
      help: 'The name the certificate is for, when it differs from the address. Empty takes the address.',
    },
    verifyCertificate: {
      label: 'Verify the certificate',
      help: 'Down when no known authority vouches for it or when it is for another name.',
    },
    folder: { label: 'Folder', help: 'What is listed; a dot is where the account arrives.' },
    roundTrip: { label: 'Write a file', help: 'Writes a small file into the folder, reads it and removes it.' },
    newestMaxMinutes: {
      label: 'Newest file at most (min)',
      help: 'Down when the newest file is older. 0 does not look.',
    },
    leastFiles: { label: 'Files at least', help: 'Down when the folder holds fewer. 0 does not look.' },
    warnMs: { label: 'Warn when slower than (ms)', help: 'Degraded when the whole run takes longer. 0 never warns.' },
    warnDays: {
      label: 'Warn before expiry (days)',
      help: 'Degraded when the certificate has fewer days left. 0 never warns.',
    },
  },
  metrics: {
    certificateDays: 'Certificate, days left',
    connect: 'Connection',
    signIn: 'Sign-in',
    roundTrip: 'File there and back',
    total: 'Total time',
    files: 'Files',
    folderSize: 'Size of the files',
    newestAge: 'Age of the newest file',
  },
  reasons: {
    ...connectionTexts.en,
    ...certificateTexts.en,
    ...folderTexts.en,
    visited: ({ folder, files, ms }) =>
      `${folder} was listed in ${timeText('en', ms)}: ${numberText('en', files)} ${files === 1 ? 'file' : 'files'}.`,
    slow: ({ ms, warnMs }) => `The run took ${timeText('en', ms)}, more than ${timeText('en', warnMs)}.`,
    tooLate: ({ ms, step }) => `The server did not finish in ${timeText('en', ms)}; it hung at: ${steps.en(step)}.`,
    hungUp: () => 'The server hung up.',
    noGreeting: ({ ms }) => `The connection opened, but no FTP server greeted within ${timeText('en', ms)}.`,
    notFtp: ({ message }) => `What answers is not an FTP server: ${message}`,
    greetingRefused: ({ message }) => `The server does not serve us: ${message}`,
    noTls: ({ message }) => `The server does not offer TLS: ${message}`,
    signInRefused: ({ user, message }) => `The server does not accept the credential of ${user}: ${message}`,
    noDataConnection: ({ message }) => `The server announces a data connection that cannot be opened: ${message}`,
    passiveElsewhere: ({ address }) =>
      `The server announces ${address} for its data, not its own address: clients cannot follow it there.`,
    endless: () => 'The server sends without end.',
    noAges: ({ folder }) => `The server does not say when the files of ${folder} were changed.`,
    folderRefused: ({ path, message }) => `${path} cannot be listed: ${message}`,
    writeRefused: ({ path, message }) => `${path} cannot be written: ${message}`,
    readRefused: ({ path, message }) => `${path} was written but cannot be read: ${message}`,
    removeRefused: ({ path, message }) => `${path} was written but cannot be removed: ${message}`,
    otherContent: ({ path }) => `${path} came back with another content than was written.`,
  },
};

const fr: KindTexts<FtpSettings, FtpReasons> = {
  name: 'FTP',
  description:
    'S’identifie en FTP, en clair ou sous TLS, liste un dossier, juge le nombre et l’âge de ses fichiers, et peut y écrire, lire et supprimer un fichier.',
  fields: {
    port: { label: 'Port', help: '0 est le port habituel : 21, ou 990 avec TLS implicite.' },
    security: {
      label: 'Sécurité',
      help: 'FTPS commence en clair et passe à TLS (explicite), ou est sous TLS dès le début (implicite).',
      options: { none: 'aucune', explicit: 'TLS explicite', implicit: 'TLS implicite' },
    },
    user: { label: 'Compte', help: 'Le compte utilisé ; anonymous là où personne n’est demandé.' },
    password: { label: 'Mot de passe', help: 'Sans TLS il voyage en clair.' },
    hostName: { label: 'Nom d’hôte', help: 'Le nom du certificat, s’il diffère de l’adresse. Vide : l’adresse.' },
    verifyCertificate: {
      label: 'Vérifier le certificat',
      help: 'En panne si aucune autorité connue ne le garantit ou s’il est établi pour un autre nom.',
    },
    folder: { label: 'Dossier', help: 'Ce qui est listé ; un point désigne l’endroit où le compte arrive.' },
    roundTrip: {
      label: 'Écrire un fichier',
      help: 'Écrit dans le dossier un petit fichier, le relit et le supprime.',
    },
    newestMaxMinutes: {
      label: 'Fichier le plus récent, au plus (min)',
      help: 'En panne si le fichier le plus récent est plus vieux. 0 ne regarde pas.',
    },
    leastFiles: { label: 'Fichiers au moins', help: 'En panne si le dossier en contient moins. 0 ne regarde pas.' },
    warnMs: {
      label: 'Avertir au-delà de (ms)',
      help: 'Dégradé quand le passage entier dure plus longtemps. 0 n’avertit jamais.',
    },
    warnDays: {
      label: 'Avertir avant l’expiration (jours)',
      help: 'Dégradé quand il reste moins de jours au certificat. 0 n’avertit jamais.',
    },
  },
  metrics: {
    certificateDays: 'Certificat, jours restants',
    connect: 'Connexion',
    signIn: 'Identification',
    roundTrip: 'Fichier aller et retour',
    total: 'Temps total',
    files: 'Fichiers',
    folderSize: 'Taille des fichiers',
    newestAge: 'Âge du fichier le plus récent',
  },
  reasons: {
    ...connectionTexts.fr,
    ...certificateTexts.fr,
    ...folderTexts.fr,
    visited: ({ folder, files, ms }) =>
      `${folder} a été listé en ${timeText('fr', ms)} : ${numberText('fr', files)} ${files < 2 ? 'fichier' : 'fichiers'}.`,
    slow: ({ ms, warnMs }) => `Le passage a duré ${timeText('fr', ms)}, plus que ${timeText('fr', warnMs)}.`,
    tooLate: ({ ms, step }) => `Le serveur n’a pas fini en ${timeText('fr', ms)} ; arrêté à : ${steps.fr(step)}.`,
    hungUp: () => 'Le serveur a coupé la connexion.',
    noGreeting: ({ ms }) => `La connexion s’est ouverte, mais aucun serveur FTP n’a salué en ${timeText('fr', ms)}.`,
    notFtp: ({ message }) => `Ce qui répond n’est pas un serveur FTP : ${message}`,
    greetingRefused: ({ message }) => `Le serveur ne nous sert pas : ${message}`,
    noTls: ({ message }) => `Le serveur ne propose pas TLS : ${message}`,
    signInRefused: ({ user, message }) => `Le serveur n’accepte pas les identifiants de ${user} : ${message}`,
    noDataConnection: ({ message }) => `Le serveur annonce une connexion de données impossible à ouvrir : ${message}`,
    passiveElsewhere: ({ address }) =>
      `Le serveur annonce ${address} pour ses données, et non sa propre adresse : les clients ne peuvent pas l’y suivre.`,
    endless: () => 'Le serveur envoie sans fin.',
    noAges: ({ folder }) => `Le serveur ne dit pas quand les fichiers de ${folder} ont été modifiés.`,
    folderRefused: ({ path, message }) => `${path} ne peut pas être listé : ${message}`,
    writeRefused: ({ path, message }) => `${path} ne peut pas être écrit : ${message}`,
    readRefused: ({ path, message }) => `${path} a été écrit mais ne peut pas être lu : ${message}`,
    removeRefused: ({ path, message }) => `${path} a été écrit mais ne peut pas être supprimé : ${message}`,
    otherContent: ({ path }) => `${path} est revenu avec un autre contenu que celui écrit.`,
  },
};

export const ftpTexts = { en, fr };
