import { notifyScreens as en } from '#texts/en/notify-screens.ts';
import { notifyScreens as fr } from '#texts/fr/notify-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** The notices' words in the language in force. */
export function useNotifyTexts(): typeof en {
  return useTexts({ en, fr });
}
