import { upkeepScreens as en } from '#texts/en/upkeep-screens.ts';
import { upkeepScreens as fr } from '#texts/fr/upkeep-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

export type UpkeepTexts = typeof en;

/** Upkeep's words in the language in force. */
export function useUpkeepTexts(): UpkeepTexts {
  return useTexts({ en, fr });
}
