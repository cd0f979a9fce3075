import { peopleScreens as en } from '#texts/en/people-screens.ts';
import { peopleScreens as fr } from '#texts/fr/people-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** The team's words in the language in force. */
export function usePeopleTexts(): typeof en {
  return useTexts({ en, fr });
}
