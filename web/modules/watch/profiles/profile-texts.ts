import { profileScreens as en } from '#texts/en/profile-screens.ts';
import { profileScreens as fr } from '#texts/fr/profile-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** The words of the screens of profiles and of changing many checks. */
export function useProfileTexts(): typeof en {
  return useTexts({ en, fr });
}
