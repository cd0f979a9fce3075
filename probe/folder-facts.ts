import type { Metric, ReasonOf } from './check-kind.ts';
import type { Language } from '#contract/words.ts';
import { numberText } from './number-text.ts';
import { spanText } from './value-text.ts';

/** What was seen in a folder of files. */
export interface FolderFacts {
  readonly files: number;
  readonly newest: { readonly name: string; readonly ageSeconds: number } | undefined;
  readonly bytes: number;
  /** True when there were more entries than were read. */
  readonly cut: boolean;
}

/** What a folder can lack. */
export type FolderReasons = {
  tooFewFiles: { folder: string; files: number; least: number };
  filesTooOld: { folder: string; name: string; ageSeconds: number; limitSeconds: number };
  folderEmpty: { folder: string };
};

/** The limits on a folder; 0 sets none. */
export interface FolderLimits {
  readonly folder: string;
  readonly newestMaxMinutes: number;
  readonly leastFiles: number;
}

/** What a folder lacks by its limits. */
export function folderFault(
  { folder, newestMaxMinutes, leastFiles }: FolderLimits,
  { files, newest }: FolderFacts,
): ReasonOf<FolderReasons> | undefined {
  if (files < leastFiles) return { code: 'tooFewFiles', data: { folder, files, least: leastFiles } };
  if (newestMaxMinutes === 0) return undefined;
  if (newest === undefined) return { code: 'folderEmpty', data: { folder } };
  const limitSeconds = newestMaxMinutes * 60;
  const { name, ageSeconds } = newest;
  if (ageSeconds <= limitSeconds) return undefined;
  return { code: 'filesTooOld', data: { folder, name: name.slice(0, 100), ageSeconds, limitSeconds } };
}

/** Number, size and newest age of a folder's files. */
export function folderMetrics({ files, newest, bytes }: FolderFacts): Metric[] {
  return [
    { name: 'files', unit: 'count', value: files },
    { name: 'folderSize', unit: 'bytes', value: bytes },
    ...(newest === undefined ? [] : [{ name: 'newestAge', unit: 'seconds', value: newest.ageSeconds } as const]),
  ];
}

type Texts = { readonly [Code in keyof FolderReasons]: (data: FolderReasons[Code]) => string };

/** The sentences for folders, to be spread into a kind's own. */
export const folderTexts: Readonly<Record<Language, Texts>> = {
  en: {
    tooFewFiles: ({ folder, files, least }) =>
      `${folder} holds ${numberText('en', files)} ${files === 1 ? 'file' : 'files'}, fewer than ${numberText('en', least)}.`,
    filesTooOld: ({ folder, name, ageSeconds, limitSeconds }) =>
      `The newest file of ${folder}, ${name}, is ${spanText('en', ageSeconds)} old (limit ${spanText('en', limitSeconds)}).`,
    folderEmpty: ({ folder }) => `${folder} holds no file.`,
  },
  fr: {
    tooFewFiles: ({ folder, files, least }) =>
      `${folder} contient ${numberText('fr', files)} ${files < 2 ? 'fichier' : 'fichiers'}, moins que ${numberText('fr', least)}.`,
    filesTooOld: ({ folder, name, ageSeconds, limitSeconds }) =>
      `Le fichier le plus récent de ${folder}, ${name}, a ${spanText('fr', ageSeconds)} (limite ${spanText('fr', limitSeconds)}).`,
    folderEmpty: ({ folder }) => `${folder} ne contient aucun fichier.`,
  },
};
