import type { Language } from '#contract/words.ts';
import { deskScreens as deskEn } from '#texts/en/desk-screens.ts';
import { logbookScreens as logbookEn } from '#texts/en/logbook-screens.ts';
import { nowScreens as nowEn } from '#texts/en/now-screens.ts';
import { peopleScreens as peopleEn } from '#texts/en/people-screens.ts';
import { reportWords as reportEn } from '#texts/en/report-words.ts';
import { reportsScreens as reportsEn } from '#texts/en/reports-screens.ts';
import { reports as pdfEn } from '#texts/en/reports.ts';
import { shell as shellEn } from '#texts/en/shell.ts';
import { ui as uiEn } from '#texts/en/ui.ts';
import { upkeepScreens as upkeepEn } from '#texts/en/upkeep-screens.ts';
import { watchScreens as watchEn } from '#texts/en/watch-screens.ts';
import { deskScreens as deskFr } from '#texts/fr/desk-screens.ts';
import { logbookScreens as logbookFr } from '#texts/fr/logbook-screens.ts';
import { nowScreens as nowFr } from '#texts/fr/now-screens.ts';
import { peopleScreens as peopleFr } from '#texts/fr/people-screens.ts';
import { reportWords as reportFr } from '#texts/fr/report-words.ts';
import { reportsScreens as reportsFr } from '#texts/fr/reports-screens.ts';
import { reports as pdfFr } from '#texts/fr/reports.ts';
import { shell as shellFr } from '#texts/fr/shell.ts';
import { ui as uiFr } from '#texts/fr/ui.ts';
import { upkeepScreens as upkeepFr } from '#texts/fr/upkeep-screens.ts';
import { watchScreens as watchFr } from '#texts/fr/watch-screens.ts';

const en = {
  desk: deskEn,
  logbook: logbookEn,
  now: nowEn,
  people: peopleEn,
  report: reportEn,
  reports: reportsEn,
  pdf: pdfEn,
  shell: shellEn,
  ui: uiEn,
  upkeep: upkeepEn,
  watch: watchEn,
  /** What the people of the walk type themselves. */
  typed: {
    runbook: 'Restart nginx',
    summary: 'For a web server that no longer answers.',
    symptoms: 'nginx\nconnection refused',
    command: 'Restart the service',
    check: 'Does the site answer again?',
    cause: 'nginx had been stopped by hand — and nobody had written it down.',
    service: 'Online shop',
  },
};

export type WalkWords = typeof en;

const fr: WalkWords = {
  desk: deskFr,
  logbook: logbookFr,
  now: nowFr,
  people: peopleFr,
  report: reportFr,
  reports: reportsFr,
  pdf: pdfFr,
  shell: shellFr,
  ui: uiFr,
  upkeep: upkeepFr,
  watch: watchFr,
  typed: {
    runbook: 'Redémarrer nginx',
    summary: 'Pour un serveur web qui ne répond plus.',
    symptoms: 'nginx\nconnexion refusée',
    command: 'Redémarrer le service',
    check: 'Le site répond-il de nouveau ?',
    cause: 'nginx avait été arrêté à la main — et personne ne l’avait noté.',
    service: 'Boutique en ligne',
  },
};

/** The product's own words, by which the walk finds its way: a button is called as its reader calls it. */
export const walkWords: Readonly<Record<Language, WalkWords>> = { en, fr };
