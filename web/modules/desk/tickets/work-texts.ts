import { deskWorkScreens as en } from '#texts/en/desk-work-screens.ts';
import { deskWorkScreens as fr } from '#texts/fr/desk-work-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** Words for work on a ticket, in the language in force. */
export function useWorkTexts(): typeof en {
  return useTexts({ en, fr });
}
