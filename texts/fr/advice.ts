import type { advice as en } from '../en/advice.ts';

export const advice: typeof en = {
  forecast: {
    date: (what, day, low, high) => `${what} : plein le ${day}, très probablement entre le ${low} et le ${high}.`,
    dateOpen: (what, day, low) =>
      `${what} : plein le ${day}, pas avant le ${low} ; il se peut aussi que cela prenne plus de six mois.`,
    full: (what, value) => `${what} : plein maintenant, à ${value}.`,
    notGrowing: (what, value) => `Pas de date : ${what} est à ${value} et n’augmente pas.`,
    beyond: (what, value, perDay) =>
      `Pas de date d’ici six mois : ${what} est à ${value} et augmente de ${perDay} par jour.`,
    cleared: (what, value, { grows, size, every }) =>
      `Pas de date : ${what} est à ${value} ; cela augmente de ${grows} par jour, et environ ${size} en sont libérés tous les ${every}.`,
    tooShort: (what) => `Pas encore de date : ${what} est mesuré depuis moins d’un jour.`,
    unreadable: (what) => `Pas de date : rien n’a été mesuré de ${what} ces derniers temps.`,
  },
  csv: [
    'Série',
    'Contrôle',
    'Sur',
    'Valeur',
    'Unité',
    'Plein à',
    'Plein le',
    'Pas avant',
    'Pas après',
    'Pourquoi',
    'Phrase',
  ],
  logs: {
    isNew: (clock: string, lines: number): string =>
      `Jamais vu avant ${clock} ; ${lines < 2 ? 'une ligne' : `${lines} lignes`} depuis.`,
    isMore: (lines: number, most: number): string =>
      `${lines < 2 ? 'Une ligne' : `${lines} lignes`}, jamais plus de ${most} auparavant en autant de temps.`,
  },
  policies: {
    all: 'Tous les contrôles',
    usual: 'Comme d’habitude',
  },
  modes: { off: 'non jugé', mark: 'marqué', alert: 'alerte' },
};
