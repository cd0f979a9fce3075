import type { Language } from '#contract/words.ts';
import { deskLevelScreens as levelsEn } from '#texts/en/desk-level-screens.ts';
import { deskMineScreens as mineEn } from '#texts/en/desk-mine-screens.ts';
import { deskScreens as deskEn } from '#texts/en/desk-screens.ts';
import { deskTicketScreens as ticketsEn } from '#texts/en/desk-ticket-screens.ts';
import { deskWorkScreens as workEn } from '#texts/en/desk-work-screens.ts';
import { shell as shellEn } from '#texts/en/shell.ts';
import { ui as uiEn } from '#texts/en/ui.ts';
import { deskLevelScreens as levelsFr } from '#texts/fr/desk-level-screens.ts';
import { deskMineScreens as mineFr } from '#texts/fr/desk-mine-screens.ts';
import { deskScreens as deskFr } from '#texts/fr/desk-screens.ts';
import { deskTicketScreens as ticketsFr } from '#texts/fr/desk-ticket-screens.ts';
import { deskWorkScreens as workFr } from '#texts/fr/desk-work-screens.ts';
import { shell as shellFr } from '#texts/fr/shell.ts';
import { ui as uiFr } from '#texts/fr/ui.ts';

const en = {
  desk: deskEn,
  levels: levelsEn,
  mine: mineEn,
  shell: shellEn,
  tickets: ticketsEn,
  ui: uiEn,
  work: workEn,
};
export type DeskWords = typeof en;
const fr: DeskWords = {
  desk: deskFr,
  levels: levelsFr,
  mine: mineFr,
  shell: shellFr,
  tickets: ticketsFr,
  ui: uiFr,
  work: workFr,
};

/** The product's own words, by which the tests of the desk find their way. */
export const deskWords: Readonly<Record<Language, DeskWords>> = { en, fr };
