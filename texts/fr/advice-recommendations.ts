import type { RecommendationTexts } from '../en/advice-recommendations.ts';

export const recommendationTexts: RecommendationTexts = {
  measured: (before, after) => `${before} la semaine d’avant, ${after} depuis.`,
  evidence: {
    used: 'Utilisé maintenant',
    day: 'Plein ou fini le',
    notBefore: 'Pas avant',
    notAfter: 'Pas après',
    perDay: 'Évolution par jour',
    folders: 'Dossiers qui grossissent',
    regained: 'Ont grossi, en une quinzaine, de',
    memory: 'Mémoire aux heures chargées',
    swap: 'Mémoire d’échange utilisée',
    busiest: 'Aux heures chargées (95e centile des heures)',
    mean: 'En moyenne',
    stolen: 'Pris par d’autres aux heures chargées',
    most: 'Valeur la plus haute',
    hours: 'Heures mesurées',
    table: 'Table',
    rows: 'Lignes lues sans index',
    interval: 'Intervalle',
    runs: 'Exécutions par jour',
    saved: 'Seraient épargnées',
    was: 'Alertes en trente jours',
    wouldBe: 'Avec le changement',
    left: 'Restant',
    offset: 'Écart',
    count: 'Incidents en trente jours',
    outage: 'En panne, en tout',
    last: 'Le dernier',
  },
  kinds: {
    diskFilling: {
      name: 'Disque qui se remplit',
      title: (d) =>
        d('inDays') === ''
          ? `${d('what')} sur ${d('on')} : plein le ${d('day')}`
          : `${d('what')} sur ${d('on')} : plein dans ${d('inDays')} ${Number(d('inDays')) < 2 ? 'jour' : 'jours'} (de ${d('lowDays')} à ${d('highDays')})`,
      finding: (d) =>
        `${d('used')} sont utilisés, et cela augmente de ${d('perDay')} par jour : plein le ${d('day')}, très probablement entre le ${d('notBefore')} et le ${d('notAfter')}.${
          d('folders') === ''
            ? ''
            : ` ${d('folders').includes(', ') ? 'Ces dossiers grossissent' : 'Ce dossier grossit'} : ${d('folders')}.`
        }`,
      gain: (d) =>
        `${d('regained') === '' ? '' : `Gain attendu : ${d('regained')}, ce dont ces dossiers ont grossi en une quinzaine. `}Pas de panne par disque plein ; chaque jour de croissance nettoyé donne un jour (${d('perDay')}).`,
      remedy: () =>
        'Nettoyer ce qui grossit : faire tourner et compresser les journaux, retirer vieilles archives et vieux paquets ; ou agrandir le volume. Liez une procédure qui le fait.',
    },
    memoryPressure: {
      name: 'Mémoire trop courte',
      title: (d) => `${d('on')} manque de mémoire`,
      finding: (d) =>
        `La mémoire est utilisée à ${d('memory')} aux heures chargées, et ${d('swap')} de la mémoire d’échange le sont aussi.`,
      gain: () =>
        'Le travail n’attend plus la mémoire d’échange : les réponses viennent plus vite, et rien n’est arrêté faute de mémoire.',
      remedy: () =>
        'Voir quel processus tient la mémoire, le limiter ou le redémarrer, ou en donner davantage à la machine.',
    },
    cpuSaturation: {
      name: 'Processeurs occupés',
      title: (d) => `Les processeurs de ${d('on')} sont le goulot`,
      finding: (d) => `Aux heures chargées ils sont utilisés à ${d('busiest')}, en moyenne à ${d('mean')}.`,
      gain: () => 'Des réponses plus courtes aux heures chargées.',
      remedy: () =>
        'Déplacer des travaux vers les heures calmes, trouver le processus qui consomme le plus, ou donner plus de processeurs à la machine.',
    },
    cpuSteal: {
      name: 'Processeurs pris',
      title: (d) => `${d('on')} n’obtient pas les processeurs promis`,
      finding: (d) =>
        `La machine du dessous donne ${d('stolen')} de son temps à d’autres aux heures chargées, ${d('mean')} en moyenne.`,
      gain: () => 'Des réponses régulières, quoi que fassent les voisins.',
      remedy: () =>
        'Déplacer la machine virtuelle vers un hôte qui a de la place, ou convenir de processeurs réservés avec le fournisseur.',
    },
    oversized: {
      name: 'Machine trop grande',
      title: (d) => `${d('on')} se contenterait de la moitié`,
      finding: (d) =>
        `En une semaine entière les processeurs ont été utilisés à ${d('busiest')} et la mémoire à ${d('memory')}, heures chargées comprises.`,
      gain: () => 'La moitié de ses processeurs et de sa mémoire pour d’autres, ou pour la prochaine facture.',
      remedy: () =>
        'Lui en donner la moitié aux prochains travaux convenus, et revenir à cette page une semaine plus tard.',
    },
    poolNearLimit: {
      name: 'Connexions presque épuisées',
      title: (d) => `Les connexions de ${d('on')} sont presque épuisées`,
      finding: (d) => `Jusqu’à ${d('most')} des connexions permises ont été utilisées, ${d('mean')} en moyenne.`,
      gain: () => 'Pas de connexion refusée à la minute la plus chargée.',
      remedy: () =>
        'Mettre une réserve de connexions devant, fermer les sessions inactives, ou relever la limite avec sa mémoire.',
    },
    missingIndex: {
      name: 'Table lue en entier',
      title: (d) => `${d('table')} sur ${d('on')} est lue en entier, encore et encore`,
      finding: (d) => `${d('rows')} lignes par seconde sont lues dans ${d('table')} sans index, jusqu’à ${d('most')}.`,
      gain: () =>
        'Des requêtes qui lisent quelques lignes au lieu de toutes : moins de disque, moins de processeur, des réponses plus courtes.',
      remedy: (d) =>
        `Trouver les requêtes sur ${d('table')} avec pg_stat_statements ou auto_explain, et ajouter l’index que veulent leurs conditions (CREATE INDEX CONCURRENTLY).`,
    },
    slowStatement: {
      name: 'Requêtes lentes',
      title: (d) => `Les requêtes sur ${d('on')} prennent du temps`,
      finding: (d) => `Une requête prend ${d('busiest')} aux heures chargées, ${d('mean')} en moyenne.`,
      gain: () => 'Des réponses plus courtes pour tout ce qui repose sur cette base.',
      remedy: () =>
        'Regarder les requêtes qui prennent le plus de temps en tout (le contrôle peut les montrer), et les expliquer une à une.',
    },
    slowNameLookup: {
      name: 'Noms trouvés lentement',
      title: (d) => `Les noms sont trouvés lentement : ${d('check')} sur ${d('on')}`,
      finding: (d) => `${d('what')} : ${d('busiest')} aux heures chargées, ${d('mean')} en moyenne.`,
      gain: () => 'Tout ce qui commence par un nom commence plus tôt.',
      remedy: () =>
        'Interroger un résolveur plus proche, lui donner un plus grand cache, ou chercher dans sa liste un serveur qui ne répond pas.',
    },
    slowHandshake: {
      name: 'Négociation TLS lente',
      title: (d) => `TLS met du temps à commencer : ${d('check')} sur ${d('on')}`,
      finding: (d) => `${d('what')} : ${d('busiest')} aux heures chargées, ${d('mean')} en moyenne.`,
      gain: () => 'Chaque nouvelle connexion est là plus tôt.',
      remedy: () =>
        'Préférer un certificat ECDSA, permettre la reprise des sessions, raccourcir la chaîne, ou rapprocher la fin de TLS.',
    },
    checkTooOften: {
      name: 'Contrôle trop fréquent',
      title: (d) => `${d('check')} sur ${d('on')} pourrait s’exécuter moins souvent`,
      finding: (d) =>
        `Il s’exécute toutes les ${d('interval')}, ${d('runs')} fois par jour, et son état n’a pas changé depuis trente jours.`,
      gain: (d) => `${d('saved')} exécutions par jour épargnées, ici et sur sa cible.`,
      remedy: () =>
        'Le laisser s’exécuter une fois par minute ; une panne est confirmée par des contrôles rapprochés tout de même.',
    },
    checkTooNoisy: {
      name: 'Contrôle trop bruyant',
      title: (d) => `${d('check')} sur ${d('on')} alerte plus qu’il ne faut`,
      finding: (d) =>
        `Il a levé ${d('was')} alertes en trente jours ; avec un changement essayé sur ce passé, il en resterait ${d('wouldBe')} et aucune qui comptait ne serait perdue.`,
      gain: (d) => `${d('saved')} alertes par mois épargnées.`,
      remedy: () => 'Appliquer le changement que propose la page du bruit.',
    },
    certificateEnding: {
      name: 'Certificat qui expire',
      title: (d) => `Le certificat vu par ${d('check')} sur ${d('on')} expire le ${d('day')}`,
      finding: (d) => `Il reste ${d('left')}, et il n’a pas été renouvelé ces deux dernières semaines.`,
      gain: () => 'Pas de connexion refusée ce jour-là.',
      remedy: () => 'Le renouveler, et voir pourquoi il ne l’a pas été de lui-même.',
    },
    timeDrift: {
      name: 'Horloge décalée',
      title: (d) => `L’horloge de ${d('on')} est décalée de ${d('offset')}`,
      finding: (d) => `Elle est décalée de ${d('offset')} et bouge de ${d('perDay')} par jour.`,
      gain: () => 'Signatures, billets et journaux de plusieurs machines s’accordent à nouveau.',
      remedy: () =>
        'Voir si son service de temps tourne et atteint ses serveurs ; sur une machine virtuelle, laisser un seul de l’hôte et de l’invité régler l’horloge.',
    },
    recurrentIncident: {
      name: 'Incident récurrent',
      title: (d) => `${d('on')} tombe en panne encore et encore`,
      finding: (d) =>
        `${d('count')} incidents en trente jours, ${d('outage')} de panne en tout ; le dernier était ${d('last')}.`,
      gain: () => 'La cause trouvée une fois, au lieu du symptôme réparé à chaque fois.',
      remedy: () =>
        'Acceptez cette recommandation pour ouvrir un problème ; cherchez ce que les incidents ont en commun.',
    },
  },
};
