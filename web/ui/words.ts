import { createContext, use } from 'react';
import type { PhaseName } from './phase.ts';
import type { StateName } from './state.ts';

/**
 * Every word this folder may put on a screen. The shell fills it from the catalogues, so `web/ui` knows no catalogue
 * and a language switch is one new value of the context.
 */
export interface UiWords {
  states: Record<StateName, string>;
  phases: Record<PhaseName, string>;
  actions: {
    save: string;
    cancel: string;
    close: string;
    edit: string;
    undo: string;
    retry: string;
    replace: string;
  };
  list: {
    count: (shown: string, total: string) => string;
    filter: string;
    filterHint: string;
    clearFilter: string;
    columns: string;
    export: string;
    exportCsv: string;
    exportJson: string;
    sortBy: (column: string) => string;
    selectRow: (name: string) => string;
    selectAll: string;
    selected: (count: number) => string;
    clearSelection: string;
    nothingMatches: string;
    orderChanged: string;
    applyOrder: string;
    views: string;
    noValue: string;
    yes: string;
    no: string;
    keys: { title: string; next: string; previous: string; open: string; select: string; edit: string };
  };
  form: {
    problems: (count: number) => string;
    required: string;
    tooShort: (min: number) => string;
    tooLong: (max: number) => string;
    tooSmall: (min: number) => string;
    tooBig: (max: number) => string;
    notNumber: string;
    notInteger: string;
    notChoice: string;
    notUri: string;
    notEmail: string;
    notPattern: string;
    notJson: string;
    tooFew: (min: number) => string;
    tooMany: (max: number) => string;
    duplicate: string;
    secretKept: string;
    draftRestored: string;
    draftDiscard: string;
    listHint: string;
    pairsHint: string;
    notPair: (line: number) => string;
    notSet: string;
    moreSettings: string;
  };
  chart: {
    showTable: string;
    hideTable: string;
    time: string;
    noData: string;
    marks: string;
    /** Of a line: what it adds to the name of its measurement. */
    least: string;
    most: string;
    percentile: string;
    before: string;
    savePicture: string;
    wholePeriod: string;
    /** Said to those who use keys. */
    zoomKeys: string;
  };
  failure: {
    title: string;
    sentence: string;
    reference: (reference: string) => string;
  };
  output: {
    follow: string;
    cut: (lines: number) => string;
    empty: string;
    label: string;
  };
  story: { empty: string };
  facts: { title: string; saved: string };
  palette: { placeholder: string; nothing: string };
  byteUnits: readonly string[];
}

/** What the components need to speak: words, the locale of numbers and times, and the time zone. */
export interface UiSurroundings {
  words: UiWords;
  /** BCP 47, for `Intl`. */
  locale: string;
  /** IANA name, such as `Europe/Paris`. */
  timeZone: string;
}

export const UiContext = createContext<UiSurroundings | null>(null);

/** The words and the locale in force. Throws when no shell surrounds the component: that is a mistake in the code. */
export function useUi(): UiSurroundings {
  const surroundings = use(UiContext);
  if (surroundings === null) throw new Error('web/ui is used outside UiContext');
  return surroundings;
}
