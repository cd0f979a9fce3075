import type { analyseFiles as english } from '../en/analyse-files.ts';

export const analyseFiles: typeof english = {
  tooLarge: (file) => `${file} est trop grand pour être lu en une fois. Il faut le diviser.`,
  capacity: {
    about: 'prévoir, d’après un fichier CSV de mesures, quand quelque chose sera plein',
    csv: 'le fichier : un en-tête, une date, une valeur',
    capacity: 'la valeur à laquelle c’est plein, dans l’unité du fichier',
    horizon: 'combien de jours regarder en avant',
    notNumber: (typed) => `« ${typed} » n’est pas un nombre supérieur à 0.`,
    oneColumn: 'Le fichier a plus d’une colonne de valeurs. Il faut en laisser une seule.',
    explain: 'au lieu de l’objet, dire en phrases quand ce sera plein, ou pourquoi il n’y a pas de date',
    sentences: {
      tooShort: 'Pas de date : il y a trop peu de valeurs, il en faut au moins une douzaine.',
      date: (day, low, high) => `Ce sera plein vers le ${day}, très probablement entre le ${low} et le ${high}.`,
      dateOpen: (day, low) =>
        `Ce sera plein vers le ${day}, pas avant le ${low} ; cela peut aussi durer plus longtemps que ce qui a été regardé.`,
      none: (horizon) => `Pas de date : il est peu probable que ce soit plein d’ici ${horizon}.`,
      hardly: (horizon, low) =>
        `Pas de date : le plus probable est que ce ne soit pas plein d’ici ${horizon}, mais cela se peut dès le ${low}.`,
      level: 'Cela n’augmente pas.',
      grows: (perDay) => `Cela augmente de ${perDay} par jour.`,
      shrinks: (perDay) => `Cela diminue de ${perDay} par jour.`,
      season: (period) => `Cela monte et descend tous les ${period} ; il en est tenu compte.`,
      falls: (times, every, size) =>
        `Cela chute d’environ ${size} à peu près tous les ${every} (vu ${times} ×) ; il est prévu que cela continue.`,
      rises: (times, every, size) =>
        `Cela bondit d’environ ${size} à peu près tous les ${every} (vu ${times} ×) ; il est prévu que cela continue.`,
      once: (times) =>
        times === 1
          ? 'Un changement de niveau soudain n’est venu qu’une fois et n’est pas pris pour une croissance.'
          : `${times} changements de niveau soudains ne sont venus qu’une fois et ne sont pas pris pour une croissance.`,
    },
  },
  solutions: {
    about: 'trouver les fiches qui répondent à des questions : écrit question, fiche et note, la meilleure d’abord',
    corpus: 'ce qui est connu : un objet JSON par ligne avec id, title, text et, s’il y en a, tags et date ; .gz admis',
    questions:
      'les questions : un objet JSON par ligne avec id, text, et before si seules des fiches plus anciennes peuvent répondre',
    top: 'combien de fiches par question',
    badTop: (typed, most) => `« ${typed} » n’est pas un nombre entier de 1 à ${most}.`,
    unreadable: (file) => `${file} ne peut pas être décompressé : il est abîmé ou trop grand.`,
    badLine: (file, line) =>
      `${file}, ligne ${line} : ce n’est pas un objet JSON avec les champs qu’il faut. Voir --help.`,
  },
  logs: {
    about: 'ranger les lignes d’un journal par modèle : écrit le groupe et le modèle de chaque ligne',
    file: 'le journal, un message par ligne, avec ou sans date et hôte devant',
  },
  syslog: {
    about: 'décomposer des messages tels que syslog les envoie : écrit un objet JSON pour chacun',
    file: 'les messages ; avec --strict un seul message, octet pour octet',
    strict: 'RFC 5424 seulement : refuser ce qu’elle n’admet pas',
    refused: (part, at) => `Ce n’est pas du RFC 5424 : ${part}, à l’octet ${at + 1}.`,
    parts: {
      priority: 'la priorité manque ou dépasse 191',
      version: 'la version n’est pas un nombre de 1 à 999',
      timestamp: 'l’heure n’est ni une date qui existe ni -',
      hostname: 'le nom d’hôte est vide, trop long ou a d’autres lettres que l’ASCII',
      appName: 'le nom de l’application est vide, trop long ou a d’autres lettres que l’ASCII',
      procId: 'le processus est vide, trop long ou a d’autres lettres que l’ASCII',
      msgId: 'la sorte de message est vide, trop longue ou a d’autres lettres que l’ASCII',
      structuredData: 'les données structurées ne sont pas écrites comme il faut',
      duplicateElement: 'un élément des données structurées vient deux fois',
      message: 'le message se dit en UTF-8 et ne l’est pas',
      length: 'le message est trop long',
    },
  },
  metrics: {
    about: 'vérifier une page de métriques d’après sa norme : écrit un objet JSON par métrique',
    file: 'la page',
    format: 'la norme',
    refused: (reason, line) => `Ce n’est pas de l’OpenMetrics, ligne ${line} : ${reason}.`,
    reasons: {
      encoding: 'la page n’est pas en UTF-8',
      size: 'la page ou une ligne est trop grande',
      blankLine: 'une ligne est vide',
      badComment: 'une ligne qui commence par # n’est ni HELP, ni TYPE, ni UNIT, ni la fin',
      badName: 'le nom d’une métrique commence par un chiffre ou a des lettres qui ne sont pas admises',
      badType: 'il n’y a pas de tel type de métrique',
      badUnit: 'le nom de la métrique ne finit pas par son unité, ou son type n’a pas d’unité',
      repeatedMetadata: 'le type, l’unité ou l’aide sont donnés deux fois',
      lateMetadata: 'le type, l’unité ou l’aide viennent après les mesures',
      clashingName: 'deux métriques portent le même nom',
      badLabels: 'les étiquettes ne sont pas écrites comme il faut, ou l’une vient deux fois',
      badValue: 'la valeur n’est pas un nombre',
      badTimestamp: 'l’heure n’est pas un nombre',
      badExemplar: 'l’exemple n’est pas écrit comme il faut, ou est trop long',
      misplacedExemplar: 'seuls les paliers et les totaux de compteurs peuvent avoir un exemple',
      badLine: 'les parties de la ligne ne sont pas séparées par une seule espace',
      badTypeLabel: 'l’étiquette que veut le type (le, quantile, l’état) manque ou n’est pas écrite comme il faut',
      valueNotAllowed: 'ce type de métrique n’a pas de telle valeur',
      interleaved: 'les mesures d’un groupe ne se suivent pas',
      mixedTimestamps: 'certaines mesures d’un groupe ont une heure, d’autres non',
      timeBackwards: 'les heures reculent dans un groupe',
      badHistogram: 'les paliers, le compte et la somme ne font pas un histogramme',
      noEnd: 'la page ne finit pas par # EOF',
      textAfterEnd: 'quelque chose suit # EOF',
    },
  },
};
