import { useMutation } from '@tanstack/react-query';
import { api } from './api.ts';
import { chooseLanguage, useLanguage } from './language.tsx';
import { queryClient } from './query-client.ts';

/** Switches between French and English at once; the server is told, and what it says in words is fetched again. */
export function useSwitchLanguage(): () => void {
  const language = useLanguage();
  const tell = useMutation(
    api.people.me.change.mutationOptions({ onSettled: () => void queryClient.invalidateQueries() }),
  );
  return () => {
    const next = language === 'fr' ? 'en' : 'fr';
    chooseLanguage(next);
    tell.mutate({ language: next });
  };
}
