import type { Language } from '#contract/words.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { useAddress } from '#web/shell/use-address.ts';

/** The language of a report: the reader's own, unless the address says another. */
export function useReportLanguage(): { language: Language; choose: (language: Language) => void } {
  const own = useLanguage();
  const [params, say] = useAddress();
  const asked = params.get('language');
  const language = asked === 'en' || asked === 'fr' ? asked : own;
  return {
    language,
    choose: (next) => say('language', next),
  };
}
