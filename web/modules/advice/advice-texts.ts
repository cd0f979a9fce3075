import { adviceScreens as en } from '#texts/en/advice-screens.ts';
import { adviceScreens as fr } from '#texts/fr/advice-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** Advice's words in the language in force. */
export function useAdviceTexts(): typeof en {
  return useTexts({ en, fr });
}
