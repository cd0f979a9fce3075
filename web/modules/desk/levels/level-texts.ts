import { deskLevelScreens as en } from '#texts/en/desk-level-screens.ts';
import { deskLevelScreens as fr } from '#texts/fr/desk-level-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** Words of the service levels in the language in force. */
export function useLevelTexts(): typeof en {
  return useTexts({ en, fr });
}
