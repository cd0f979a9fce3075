import type { ReactNode } from 'react';
import type { Language } from '#contract/words.ts';
import { useReportsTexts } from './reports-texts.ts';

const languages: readonly Language[] = ['en', 'fr'];

/** A file comes by a link that the browser follows itself, so that a large one need not pass through memory. */
export function download(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

/** Above a report: its language, and what can be done with it. */
export function ReportTools({
  language,
  onLanguage,
  children,
  actions,
}: {
  language: Language;
  onLanguage: (language: Language) => void;
  children: ReactNode;
  actions: ReactNode;
}) {
  const texts = useReportsTexts();
  return (
    <header className="v-page-head v-report-tools">
      <nav className="v-tabs" aria-label={texts.language}>
        {languages.map((each) => (
          <button
            key={each}
            type="button"
            lang={each}
            className="v-tab"
            aria-pressed={each === language}
            onClick={() => onLanguage(each)}
          >
            {texts.languages[each]}
          </button>
        ))}
      </nav>
      {children}
      <div className="v-page-actions">{actions}</div>
    </header>
  );
}
