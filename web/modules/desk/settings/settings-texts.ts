import { deskSettingsScreens as en } from '#texts/en/desk-settings-screens.ts';
import { deskSettingsScreens as fr } from '#texts/fr/desk-settings-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** Words of the screens for canned answers and categories, in the language in force. */
export function useSettingsTexts(): typeof en {
  return useTexts({ en, fr });
}
