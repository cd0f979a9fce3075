import { deskMineScreens as en } from '#texts/en/desk-mine-screens.ts';
import { deskMineScreens as fr } from '#texts/fr/desk-mine-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** Words of what is one's own, in the language in force. */
export function useMineTexts(): typeof en {
  return useTexts({ en, fr });
}
