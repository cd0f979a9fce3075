import type * as en from '../en/anomalies.ts';

/** Ce qui est dit de mesures étranges. */
export const anomalies: typeof en.anomalies = {
  sentences: {
    level: (expected, seen, since) =>
      `Le niveau est d’environ ${seen} depuis le ${since} ; il était d’environ ${expected}.`,
    trend: (expected, seen, since) =>
      `La valeur s’éloigne de son niveau habituel, ${expected}, depuis le ${since} ; elle est à ${seen}.`,
    spike: (expected, seen, since) => `La valeur est de ${seen} au lieu d’environ ${expected}, depuis le ${since}.`,
    spread: (expected, seen, since) =>
      `Depuis le ${since}, les valeurs changent d’environ ${seen} à chaque fois ; d’habitude, d’environ ${expected}.`,
    season: (expected, seen, since) =>
      `La valeur est de ${seen}, ce qui est inhabituel à cette heure : environ ${expected} attendu, depuis le ${since}.`,
    pattern: (expected, seen, since) =>
      `Les valeurs suivent un cours jamais vu : ${seen} au lieu d’environ ${expected}, depuis le ${since}.`,
    silence: (expected, seen, since) =>
      `Aucune valeur pendant ${seen} depuis le ${since} ; d’habitude, il en vient une toutes les ${expected}.`,
    stuck: (_expected, seen, since) => `La valeur reste à ${seen} depuis le ${since}, alors qu’elle varie d’habitude.`,
    channel: (name, expected, seen, since) =>
      `L’état est inhabituel depuis le ${since}, surtout ${name} : environ ${seen}, d’habitude environ ${expected}.`,
  },
  command: {
    group: 'calculer sur des fichiers de mesures, sans serveur',
    about: 'noter combien chaque ligne d’un fichier CSV est étrange, d’après les précédentes : dès 0,5, c’est à dire',
    csv: 'le fichier : un en-tête, une date, une ou plusieurs colonnes de valeurs',
    explain: 'au lieu des notes, dire en une phrase ce qui est étrange et depuis quand',
    noColumns: (file) =>
      `${file} n’a pas de colonne de valeurs. La première ligne nomme les colonnes, la première d’entre elles est la date.`,
    badTime: (file, line, typed) =>
      `${file}, ligne ${line} : « ${typed} » n’est pas une date. Écrire par exemple 2026-11-22 14:05:00, ou des secondes depuis 1970.`,
    tooManyColumns: (most) => `Colonnes de valeurs : ${most} au plus. Il faut diviser le fichier.`,
  },
};
