import { reportWords as wordsEn } from '#texts/en/report-words.ts';
import { reportsScreens as en } from '#texts/en/reports-screens.ts';
import { reportWords as wordsFr } from '#texts/fr/report-words.ts';
import { reportsScreens as fr } from '#texts/fr/reports-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** The reports' screens in the reader's language. */
export function useReportsTexts(): typeof en {
  return useTexts({ en, fr });
}

/** The words of a report in its own language. */
export const reportWordsIn = { en: wordsEn, fr: wordsFr };
export type ReportWords = typeof wordsEn;
