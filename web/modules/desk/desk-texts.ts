import { deskScreens as en } from '#texts/en/desk-screens.ts';
import { deskScreens as fr } from '#texts/fr/desk-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** The desk's words in the language in force. */
export function useDeskTexts(): typeof en {
  return useTexts({ en, fr });
}
