import { createContext, use, useEffect, useMemo, type ReactNode } from 'react';
import type { Language } from '#contract/words.ts';
import { ui as uiEn } from '#texts/en/ui.ts';
import { ui as uiFr } from '#texts/fr/ui.ts';
import { readKept, useKept, writeKept } from '../ui/kept.ts';
import { UiContext } from '../ui/words.ts';

/** Kept in this browser, so that the sign-in page already speaks the reader's language. */
const keptName = 'language';

function usualLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('fr') ? 'fr' : 'en';
}

function asLanguage(value: string | undefined): Language {
  return value === 'fr' || value === 'en' ? value : usualLanguage();
}

/** The language in force, outside components: the client sends it with each request. */
export function currentLanguage(): Language {
  return asLanguage(readKept(keptName));
}

/** Sets the language of this browser; screens follow at once. */
export function chooseLanguage(language: Language): void {
  writeKept(keptName, language);
}

/** Takes a person's own language unless this browser has one already. */
export function adoptLanguage(language: Language): void {
  if (readKept(keptName) === undefined) chooseLanguage(language);
}

/** Locales of numbers and times: 24-hour clock and day before month in both languages. */
export const locales: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR' };

const LanguageContext = createContext<Language>('en');

/** The language in force. */
export function useLanguage(): Language {
  return use(LanguageContext);
}

/** The catalogue of the language in force, out of the two of a module. */
export function useTexts<Catalogue>(catalogues: Readonly<Record<Language, Catalogue>>): Catalogue {
  return catalogues[use(LanguageContext)];
}

const uiWords = { en: uiEn, fr: uiFr };
const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();

/** Gives the language to the screens, and their words and locale to the parts of web/ui. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [kept] = useKept(keptName, usualLanguage());
  const language = asLanguage(kept);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const surroundings = useMemo(
    () => ({
      words: uiWords[language],
      locale: locales[language],
      timeZone,
    }),
    [language],
  );
  return (
    <LanguageContext value={language}>
      <UiContext value={surroundings}>{children}</UiContext>
    </LanguageContext>
  );
}
