import { logbookScreens as en } from '#texts/en/logbook-screens.ts';
import { logbookScreens as fr } from '#texts/fr/logbook-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** The logbook's words in the language in force. */
export function useLogbookTexts(): typeof en {
  return useTexts({ en, fr });
}
