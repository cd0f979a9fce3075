import { deskTicketScreens as en } from '#texts/en/desk-ticket-screens.ts';
import { deskTicketScreens as fr } from '#texts/fr/desk-ticket-screens.ts';
import { useTexts } from '#web/shell/language.tsx';

/** Words of the screens for tickets of every kind, in the language in force. */
export function useTicketTexts(): typeof en {
  return useTexts({ en, fr });
}
