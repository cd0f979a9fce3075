import type { KindTexts } from '#probe/check-kind.ts';
import { folderTexts, type FolderReasons } from '#probe/folder-facts.ts';
import { numberText, timeText } from '#probe/number-text.ts';
import { sshSessionTexts, type SshSessionReasons } from '#probe/ssh/session-reasons.ts';
import type { SftpSettings } from './settings.ts';

type Refusal = { path: string; message: string };

export type SftpReasons = SshSessionReasons &
  FolderReasons & {
    visited: { folder: string; files: number; ms: number };
    slow: { ms: number; warnMs: number };
    tooLate: { ms: number };
    hungUp: Record<string, never>;
    noSubsystem: Refusal;
    folderRefused: Refusal;
    writeRefused: Refusal;
    readRefused: Refusal;
    removeRefused: Refusal;
    otherContent: { path: string };
  };

const en: KindTexts<SftpSettings, SftpReasons> = {
  name: 'SFTP',
  description:
    'Signs in over SSH, lists a folder, judges number and age of its files, and may write, read and remove a file.',
  fields: {
    port: { label: 'Port', help: 'The port of the SSH server.' },
    user: { label: 'User', help: 'The account to sign in with; one that may do little is best.' },
    password: { label: 'Password', help: 'Not needed with a key.' },
    privateKey: { label: 'Private key', help: 'OpenSSH or PEM form; it is used instead of the password.' },
    passphrase: { label: 'Passphrase of the key', help: 'Empty when the key has none.' },
    hostKeys: {
      label: 'Host keys',
      help: 'The keys agreed on: SHA256:… or the key itself. Empty believes the key that is seen first.',
    },
    folder: { label: 'Folder', help: 'What is listed; a dot is where the account arrives.' },
    roundTrip: { label: 'Write a file', help: 'Writes a small hidden file into the folder, reads it and removes it.' },
    newestMaxMinutes: {
      label: 'Newest file at most (min)',
      help: 'Down when the newest file is older. 0 does not look.',
    },
    leastFiles: { label: 'Files at least', help: 'Down when the folder holds fewer. 0 does not look.' },
    warnMs: { label: 'Warn when slower than (ms)', help: 'Degraded when the whole run takes longer. 0 never warns.' },
  },
  metrics: {
    connect: 'Connection',
    signIn: 'Sign-in',
    roundTrip: 'File there and back',
    total: 'Total time',
    files: 'Files',
    folderSize: 'Size of the files',
    newestAge: 'Age of the newest file',
  },
  reasons: {
    ...sshSessionTexts.en,
    ...folderTexts.en,
    visited: ({ folder, files, ms }) =>
      `${folder} was listed in ${timeText('en', ms)}: ${numberText('en', files)} ${files === 1 ? 'file' : 'files'}.`,
    slow: ({ ms, warnMs }) => `The run took ${timeText('en', ms)}, more than ${timeText('en', warnMs)}.`,
    tooLate: ({ ms }) => `The server signed us in, but did not finish what it was asked within ${timeText('en', ms)}.`,
    hungUp: () => 'The server hung up after signing us in.',
    noSubsystem: ({ message }) => `The server does not offer SFTP to this account: ${message}`,
    folderRefused: ({ path, message }) => `${path} cannot be listed: ${message}`,
    writeRefused: ({ path, message }) => `${path} cannot be written: ${message}`,
    readRefused: ({ path, message }) => `${path} was written but cannot be read: ${message}`,
    removeRefused: ({ path, message }) => `${path} was written but cannot be removed: ${message}`,
    otherContent: ({ path }) => `${path} came back with another content than was written.`,
  },
};

const fr: KindTexts<SftpSettings, SftpReasons> = {
  name: 'SFTP',
  description:
    'S’identifie par SSH, liste un dossier, juge le nombre et l’âge de ses fichiers, et peut y écrire, lire et supprimer un fichier.',
  fields: {
    port: { label: 'Port', help: 'Le port du serveur SSH.' },
    user: { label: 'Compte', help: 'Le compte utilisé ; le mieux est qu’il ait peu de droits.' },
    password: { label: 'Mot de passe', help: 'Inutile avec une clé.' },
    privateKey: { label: 'Clé privée', help: 'Forme OpenSSH ou PEM ; elle remplace le mot de passe.' },
    passphrase: { label: 'Phrase de passe de la clé', help: 'Vide si la clé n’en a pas.' },
    hostKeys: {
      label: 'Clés d’hôte',
      help: 'Les clés convenues : SHA256:… ou la clé même. Vide : la première clé vue fait foi.',
    },
    folder: { label: 'Dossier', help: 'Ce qui est listé ; un point désigne l’endroit où le compte arrive.' },
    roundTrip: {
      label: 'Écrire un fichier',
      help: 'Écrit dans le dossier un petit fichier caché, le relit et le supprime.',
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
  },
  metrics: {
    connect: 'Connexion',
    signIn: 'Identification',
    roundTrip: 'Fichier aller et retour',
    total: 'Temps total',
    files: 'Fichiers',
    folderSize: 'Taille des fichiers',
    newestAge: 'Âge du fichier le plus récent',
  },
  reasons: {
    ...sshSessionTexts.fr,
    ...folderTexts.fr,
    visited: ({ folder, files, ms }) =>
      `${folder} a été listé en ${timeText('fr', ms)} : ${numberText('fr', files)} ${files < 2 ? 'fichier' : 'fichiers'}.`,
    slow: ({ ms, warnMs }) => `Le passage a duré ${timeText('fr', ms)}, plus que ${timeText('fr', warnMs)}.`,
    tooLate: ({ ms }) => `Le serveur nous a admis mais n’a pas fini ce qui lui était demandé en ${timeText('fr', ms)}.`,
    hungUp: () => 'Le serveur a coupé la connexion après nous avoir admis.',
    noSubsystem: ({ message }) => `Le serveur n’offre pas SFTP à ce compte : ${message}`,
    folderRefused: ({ path, message }) => `${path} ne peut pas être listé : ${message}`,
    writeRefused: ({ path, message }) => `${path} ne peut pas être écrit : ${message}`,
    readRefused: ({ path, message }) => `${path} a été écrit mais ne peut pas être lu : ${message}`,
    removeRefused: ({ path, message }) => `${path} a été écrit mais ne peut pas être supprimé : ${message}`,
    otherContent: ({ path }) => `${path} est revenu avec un autre contenu que celui écrit.`,
  },
};

export const sftpTexts = { en, fr };
