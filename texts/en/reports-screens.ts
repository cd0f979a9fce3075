/** Words of the reports' screens. The report itself speaks its own language, whatever the reader's. */
export const reportsScreens = {
  title: 'Resolution reports',
  columns: { title: 'Incident', number: 'Number', resolved: 'Resolved', outage: 'Outage' },
  number: (number: number): string => `#${number}`,
  empty: {
    title: 'No report yet',
    text: 'When somebody agrees that an incident is resolved, its report is made: summary, timeline, cause, remedy and proof, in French and in English.',
    action: 'Go to the incidents',
  },
  report: 'Report',
  reportOf: (number: number): string => `Report #${number}`,
  incident: 'Incident',
  language: 'Language of the report',
  languages: { en: 'English', fr: 'Français' },
  otherLanguage: 'Other language',
  print: 'Print',
  pdf: 'PDF',
  pdfIn: { en: 'PDF in English', fr: 'PDF in French' },
  keysTitle: 'Report',
};
