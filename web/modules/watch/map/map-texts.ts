import { mapScreens as en } from '#texts/en/map-screens.ts';
import { mapScreens as fr } from '#texts/fr/map-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** The words of the map of dependencies. */
export function useMapTexts(): typeof en {
  return useTexts({ en, fr });
}
