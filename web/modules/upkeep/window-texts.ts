import { windowScreens as en } from '#texts/en/window-screens.ts';
import { windowScreens as fr } from '#texts/fr/window-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** The words of maintenance windows. */
export function useWindowTexts(): typeof en {
  return useTexts({ en, fr });
}
