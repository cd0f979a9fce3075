import { nowScreens as en } from '#texts/en/now-screens.ts';
import { nowScreens as fr } from '#texts/fr/now-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** The words of the Now screen. */
export function useNowTexts(): typeof en {
  return useTexts({ en, fr });
}
