import { calmScreens as en } from '#texts/en/calm-screens.ts';
import { calmScreens as fr } from '#texts/fr/calm-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** The words of rules, silences and availability. */
export function useCalmTexts(): typeof en {
  return useTexts({ en, fr });
}
