import { deskSatisfaction as en } from '#texts/en/desk-satisfaction.ts';
import { deskSatisfaction as fr } from '#texts/fr/desk-satisfaction.ts';
import { useTexts } from '#web/shell/language.tsx';

/** Words of satisfaction and service quality, in the language in force. */
export function useSatisfactionTexts(): typeof en {
  return useTexts({ en, fr });
}
