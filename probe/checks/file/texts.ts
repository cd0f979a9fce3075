import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { folderTexts, type FolderReasons } from '#probe/folder-facts.ts';
import { numberText } from '#probe/number-text.ts';
import { sshTexts, type SshReasons } from '#probe/ssh-reasons.ts';
import { bytesText, spanText } from '#probe/value-text.ts';
import type { FileSettings } from './settings.ts';

export type FileReasons = ConnectionReasons &
  SshReasons &
  Pick<FolderReasons, 'tooFewFiles' | 'folderEmpty'> & {
    fileWell: { path: string; ageSeconds: number; bytes: number };
    folderWell: { path: string; files: number; bytes: number };
    absent: { path: string };
    absentAsMeant: { path: string };
    present: { path: string };
    refusedPath: { path: string };
    unreadable: { path: string };
    tooManyFiles: { path: string; files: number; limit: number };
    tooOld: { name: string; ageSeconds: number; limitSeconds: number };
    tooYoung: { name: string; ageSeconds: number; limitSeconds: number };
    tooSmall: { path: string; bytes: number; limit: number };
    tooLarge: { path: string; bytes: number; limit: number };
    patternMissing: { path: string; pattern: string };
    patternFound: { path: string; pattern: string };
    changed: { path: string; found: string; expected: string };
    noAnswer: Record<string, never>;
  };

const en: KindTexts<FileSettings, FileReasons> = {
  name: 'File or folder',
  description:
    'Looks at a file or folder of a host over SSH: whether it is there, how old, how large, how many, what it contains, whether it changed.',
  fields: {
    path: { label: 'Path', help: 'Of a file, or of a folder whose files are counted and whose newest is judged.' },
    namePattern: {
      label: 'Names',
      help: 'In a folder only files like this count: *.dump, where * stands for anything. Empty takes all.',
    },
    presence: {
      label: 'It has to be',
      help: 'Some files must not be there: a lock, a marker of failure.',
      options: { present: 'there', absent: 'absent' },
    },
    ageMaxMinutes: {
      label: 'At most old (min)',
      help: 'Down when the file, or the newest of the folder, is older. 0 does not look.',
    },
    ageMinMinutes: { label: 'At least old (min)', help: 'Down when it was changed more recently. 0 does not look.' },
    sizeMin: { label: 'Smallest size (bytes)', help: 'Of the file, or of all in the folder. 0 does not look.' },
    sizeMax: { label: 'Largest size (bytes)', help: 'Of the file, or of all in the folder. 0 does not look.' },
    leastFiles: { label: 'Files at least', help: 'Down when the folder holds fewer. 0 does not look.' },
    mostFiles: {
      label: 'Files at most',
      help: 'Down when the folder holds more, such as a spool that nobody empties. 0 does not look.',
    },
    contentPattern: {
      label: 'Content matches',
      help: 'A regular expression (RE2) on the last 256 KiB of the file. Empty asks for nothing.',
    },
    contentAbsent: {
      label: 'Content does not match',
      help: 'A regular expression that must not be found. Empty forbids nothing.',
    },
    warnChanged: { label: 'Warn of a changed content', help: 'Degraded when the content is not the one seen first.' },
  },
  metrics: { files: 'Files', age: 'Age', size: 'Size' },
  reasons: {
    ...connectionTexts.en,
    ...sshTexts.en,
    tooFewFiles: folderTexts.en.tooFewFiles,
    folderEmpty: folderTexts.en.folderEmpty,
    fileWell: ({ path, ageSeconds, bytes }) =>
      `${path} is ${spanText('en', ageSeconds)} old and has ${bytesText('en', bytes)}.`,
    folderWell: ({ path, files, bytes }) =>
      `${path} holds ${numberText('en', files)} ${files === 1 ? 'file' : 'files'} with ${bytesText('en', bytes)}.`,
    absent: ({ path }) => `${path} is not there.`,
    absentAsMeant: ({ path }) => `${path} is not there, as it should be.`,
    present: ({ path }) => `${path} is there and should not be.`,
    refusedPath: ({ path }) => `The account may not look at ${path}.`,
    unreadable: ({ path }) => `The account may not read ${path}.`,
    tooManyFiles: ({ path, files, limit }) =>
      `${path} holds ${numberText('en', files)} files, more than ${numberText('en', limit)}.`,
    tooOld: ({ name, ageSeconds, limitSeconds }) =>
      `${name} is ${spanText('en', ageSeconds)} old (limit ${spanText('en', limitSeconds)}).`,
    tooYoung: ({ name, ageSeconds, limitSeconds }) =>
      `${name} was changed ${spanText('en', ageSeconds)} ago, less than ${spanText('en', limitSeconds)}.`,
    tooSmall: ({ path, bytes, limit }) => `${path} has ${bytesText('en', bytes)}, less than ${bytesText('en', limit)}.`,
    tooLarge: ({ path, bytes, limit }) => `${path} has ${bytesText('en', bytes)}, more than ${bytesText('en', limit)}.`,
    patternMissing: ({ path, pattern }) => `Nothing in ${path} matches the pattern ${pattern}.`,
    patternFound: ({ path, pattern }) => `${path} matches the pattern ${pattern}.`,
    changed: ({ path, found, expected }) =>
      `The content of ${path} has changed: SHA-256 ${found}… instead of ${expected}….`,
    noAnswer: () => 'The host did not say what is at this path.',
  },
};

const fr: KindTexts<FileSettings, FileReasons> = {
  name: 'Fichier ou dossier',
  description:
    'Regarde par SSH un fichier ou un dossier d’un hôte : présence, âge, taille, nombre, contenu, changement.',
  fields: {
    path: {
      label: 'Chemin',
      help: 'D’un fichier, ou d’un dossier dont les fichiers sont comptés et le plus récent jugé.',
    },
    namePattern: {
      label: 'Noms',
      help: 'Dans un dossier, seuls comptent les fichiers de cette forme : *.dump, où * remplace tout. Vide : tous.',
    },
    presence: {
      label: 'Il doit être',
      help: 'Certains fichiers ne doivent pas exister : un verrou, une marque d’échec.',
      options: { present: 'présent', absent: 'absent' },
    },
    ageMaxMinutes: {
      label: 'Âge maximal (min)',
      help: 'En panne si le fichier, ou le plus récent du dossier, est plus vieux. 0 ne regarde pas.',
    },
    ageMinMinutes: {
      label: 'Âge minimal (min)',
      help: 'En panne s’il a été modifié plus récemment. 0 ne regarde pas.',
    },
    sizeMin: { label: 'Taille minimale (octets)', help: 'Du fichier, ou de tous ceux du dossier. 0 ne regarde pas.' },
    sizeMax: { label: 'Taille maximale (octets)', help: 'Du fichier, ou de tous ceux du dossier. 0 ne regarde pas.' },
    leastFiles: { label: 'Fichiers au moins', help: 'En panne si le dossier en contient moins. 0 ne regarde pas.' },
    mostFiles: {
      label: 'Fichiers au plus',
      help: 'En panne si le dossier en contient plus, comme une file que personne ne vide. 0 ne regarde pas.',
    },
    contentPattern: {
      label: 'Le contenu correspond à',
      help: 'Expression régulière (RE2) sur les 256 derniers Kio du fichier. Vide : rien n’est demandé.',
    },
    contentAbsent: {
      label: 'Le contenu ne correspond pas à',
      help: 'Expression régulière qui ne doit pas s’y trouver. Vide : rien n’est interdit.',
    },
    warnChanged: {
      label: 'Avertir d’un contenu changé',
      help: 'Dégradé quand le contenu n’est pas celui vu en premier.',
    },
  },
  metrics: { files: 'Fichiers', age: 'Âge', size: 'Taille' },
  reasons: {
    ...connectionTexts.fr,
    ...sshTexts.fr,
    tooFewFiles: folderTexts.fr.tooFewFiles,
    folderEmpty: folderTexts.fr.folderEmpty,
    fileWell: ({ path, ageSeconds, bytes }) =>
      `${path} a ${spanText('fr', ageSeconds)} et compte ${bytesText('fr', bytes)}.`,
    folderWell: ({ path, files, bytes }) =>
      `${path} contient ${numberText('fr', files)} ${files < 2 ? 'fichier' : 'fichiers'} de ${bytesText('fr', bytes)} en tout.`,
    absent: ({ path }) => `${path} n’existe pas.`,
    absentAsMeant: ({ path }) => `${path} n’existe pas, comme il se doit.`,
    present: ({ path }) => `${path} existe et ne le devrait pas.`,
    refusedPath: ({ path }) => `Le compte n’a pas le droit de regarder ${path}.`,
    unreadable: ({ path }) => `Le compte n’a pas le droit de lire ${path}.`,
    tooManyFiles: ({ path, files, limit }) =>
      `${path} contient ${numberText('fr', files)} fichiers, plus que ${numberText('fr', limit)}.`,
    tooOld: ({ name, ageSeconds, limitSeconds }) =>
      `${name} a ${spanText('fr', ageSeconds)} (limite ${spanText('fr', limitSeconds)}).`,
    tooYoung: ({ name, ageSeconds, limitSeconds }) =>
      `${name} a été modifié il y a ${spanText('fr', ageSeconds)}, moins que ${spanText('fr', limitSeconds)}.`,
    tooSmall: ({ path, bytes, limit }) =>
      `${path} compte ${bytesText('fr', bytes)}, moins que ${bytesText('fr', limit)}.`,
    tooLarge: ({ path, bytes, limit }) =>
      `${path} compte ${bytesText('fr', bytes)}, plus que ${bytesText('fr', limit)}.`,
    patternMissing: ({ path, pattern }) => `Rien dans ${path} ne correspond au motif ${pattern}.`,
    patternFound: ({ path, pattern }) => `${path} correspond au motif ${pattern}.`,
    changed: ({ path, found, expected }) =>
      `Le contenu de ${path} a changé : SHA-256 ${found}… au lieu de ${expected}….`,
    noAnswer: () => 'L’hôte n’a pas dit ce qui se trouve à ce chemin.',
  },
};

export const fileTexts = { en, fr };
