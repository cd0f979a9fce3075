import { mailScreens as en } from '#texts/en/mail-screens.ts';
import { mailScreens as fr } from '#texts/fr/mail-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** Words of the mail's screens, in the language in force. */
export function useMailTexts(): typeof en {
  return useTexts({ en, fr });
}
