import { estateScreens as en } from '#texts/en/estate-screens.ts';
import { estateScreens as fr } from '#texts/fr/estate-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** The words of the Estate screens. */
export function useEstateTexts(): typeof en {
  return useTexts({ en, fr });
}
