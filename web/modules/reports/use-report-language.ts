import { useSearchParams } from 'react-router';
import type { Language } from '#contract/words.ts';
import { useLanguage } from '#web/shell/language.tsx';

/** The language of a report: the reader's own, unless the address says another. */
export function useReportLanguage(): { language: Language; choose: (language: Language) => void } {
  const own = useLanguage();
  const [params, setParams] = useSearchParams();
  const asked = params.get('language');
  const language = asked === 'en' || asked === 'fr' ? asked : own;
  return {
    language,
    choose: (next) =>
      setParams(
        (before) => {
          before.set('language', next);
          return before;
        },
        { replace: true, preventScrollReset: true },
      ),
  };
}
