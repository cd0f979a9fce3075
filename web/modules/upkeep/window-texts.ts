import { calmScreens as en } from '#texts/en/calm-screens.ts';
import { calmScreens as fr } from '#texts/fr/calm-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** The words of maintenance windows. */
export function useWindowTexts(): (typeof en)['windows'] {
  return useTexts({ en, fr }).windows;
}
