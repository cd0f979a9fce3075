import type { reportsScreens as english } from '../en/reports-screens.ts';

/** Mots des écrans des rapports. Le rapport lui-même parle sa propre langue, quelle que soit celle du lecteur. */
export const reportsScreens: typeof english = {
  title: 'Rapports de résolution',
  columns: { title: 'Incident', number: 'Numéro', resolved: 'Résolu', outage: 'Interruption' },
  number: (number: number): string => `nº ${number}`,
  empty: {
    title: 'Aucun rapport',
    text: 'Quand quelqu’un confirme qu’un incident est résolu, son rapport est prêt : résumé, chronologie, cause, remède et preuve, en français et en anglais.',
    action: 'Aller aux incidents',
  },
  report: 'Rapport',
  reportOf: (number: number): string => `Rapport nº ${number}`,
  incident: 'Incident',
  language: 'Langue du rapport',
  languages: { en: 'English', fr: 'Français' },
  otherLanguage: 'L’autre langue',
  print: 'Imprimer',
  pdf: 'PDF',
  pdfIn: { en: 'PDF en anglais', fr: 'PDF en français' },
  tabs: { resolutions: 'Incidents', availability: 'Disponibilité' },
  availability: {
    title: 'Rapport de disponibilité',
    period: 'Période',
    periods: {
      last_month: 'Le mois dernier',
      this_month: 'Ce mois-ci',
      last_week: 'La semaine dernière',
      this_week: 'Cette semaine',
      last_quarter: 'Le trimestre dernier',
      last_year: 'L’an dernier',
      this_year: 'Cette année',
    },
    things: 'De',
    kinds: { service: 'Services', host: 'Hôtes', site: 'Sites' },
    csv: 'CSV',
  },
  keysTitle: 'Rapport',
};
