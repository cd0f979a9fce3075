import { watchScreens as en } from '#texts/en/watch-screens.ts';
import { watchScreens as fr } from '#texts/fr/watch-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** The words of the Watch screens. */
export function useWatchTexts(): typeof en {
  return useTexts({ en, fr });
}
