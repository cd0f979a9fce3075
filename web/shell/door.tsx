import type { ReactNode } from 'react';
import { chooseLanguage, useLanguage } from './language.tsx';
import { useShellTexts } from './shell-texts.ts';
import './door.css';

/** The page in front of the house: sign-in, first visit, invitation. */
export function Door({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const texts = useShellTexts();
  const language = useLanguage();
  return (
    <main className="v-door">
      <title>{`${title} – ${texts.product}`}</title>
      <div className="v-door-card">
        <div className="v-door-brand">
          <img src="/icon.svg" alt="" width={34} height={34} />
          <span>{texts.product}</span>
          <button
            type="button"
            className="v-top-language"
            lang={language === 'fr' ? 'en' : 'fr'}
            aria-label={texts.language.switchLabel}
            onClick={() => chooseLanguage(language === 'fr' ? 'en' : 'fr')}
          >
            {texts.language.switchTo}
          </button>
        </div>
        <h1 className="v-title">{title}</h1>
        {lead !== undefined && <p className="v-door-lead">{lead}</p>}
        {children}
      </div>
    </main>
  );
}
