import type { Host } from '#contract/estate.ts';
import { estateScreens as en } from '#texts/en/estate-screens.ts';
import { estateScreens as fr } from '#texts/fr/estate-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** The words for kinds of host, as the estate has them. */
export function useEquipment(): Readonly<Record<Host['kind'], string>> {
  return useTexts({ en, fr }).hostKinds;
}
