import type { calmScreens as en } from '../en/calm-screens.ts';

/** Les mots des écrans des règles, des mises en sourdine et de la disponibilité. */
export const calmScreens: typeof en = {
  availability: {
    title: 'Disponibilité',
    of: 'De',
    kinds: { host: 'Hôtes', service: 'Services', site: 'Sites', check: 'Contrôles' },
    period: 'Période',
    periods: { '24h': '24 h', '7d': '7 j', '30d': '30 j', '90d': '90 j', '365d': '1 an' },
    columns: {
      name: 'Nom',
      on: 'Sur',
      availability: 'Disponible',
      low: 'Au moins',
      high: 'Au plus',
      down: 'En panne',
      unknown: 'Inconnu',
      degraded: 'Dégradé',
      excluded: 'Exclu',
      outages: 'Pannes',
      longest: 'La plus longue',
      basis: 'D’après',
    },
    basis: {
      check: 'ce contrôle',
      ping: 'son ping',
      checks: 'tous ses contrôles',
      hosts: 'les hôtes dont il dépend',
      mean: 'la moyenne de ses hôtes',
      nothing: 'rien de surveillé',
    },
    nothing: 'inconnue',
    help: 'Un intervalle, car une panne commence et finit entre deux résultats. Ce qui est inconnu ne compte dans aucun sens, et ce qui est exclu est listé avec son motif.',
    exclusions: 'Exclu',
    exclusionKinds: { maintenance: 'Travaux convenus', ours: 'Notre propre ligne', paused: 'Suspendu' },
    times: (count) => (count < 2 ? 'une fois' : `${count} fois`),
    up: 'En service',
    counted: 'Compté',
    outages: (count) => (count === 0 ? 'aucune panne' : count === 1 ? 'une panne' : `${count} pannes`),
    whole: 'Toutes les disponibilités',
    empty: {
      title: 'Rien n’est encore surveillé',
      text: 'La disponibilité découle des changements d’état de ce qui est surveillé.',
    },
    cut: 'Il y en a plus que ce qui est montré.',
  },
  silences: {
    title: 'Mises en sourdine',
    views: { open: 'En vigueur', ended: 'Terminées' },
    columns: {
      covers: 'Concerne',
      reason: 'Pourquoi',
      ends: 'Prend fin',
      until: 'Au plus tard',
      soon: 'Finit bientôt',
      held: 'Retenues',
      by: 'Par',
      since: 'Depuis',
      ended: 'Terminée',
    },
    covers: {
      tag: (tag, below) => (below ? `Ce qui porte ${tag}, et ce qui en dépend` : `Ce qui porte ${tag}`),
      check: (name) => `Le contrôle ${name}`,
      kind: (kind) => `Tout le genre ${kind}`,
      pattern: (pattern) => `Nommés ${pattern}`,
      below: (name) => `${name} et ce qui en dépend`,
    },
    ends: {
      moment: 'à son moment',
      cured: 'une fois rétabli',
      ticketClosed: 'avec son billet',
      ticket: (number) => `avec le billet ${number}`,
    },
    unlessWorse: 'sauf aggravation',
    soon: 'bientôt',
    soonChoices: { yes: 'dans l’heure', no: 'plus tard' },
    more: (count) => `et ${count} de plus`,
    changedByName: (name) => `modifiée par ${name}`,
    endedWhy: { moment: 'son moment est venu', cured: 'rétabli', ticketClosed: 'billet clos', person: 'à la main' },
    endedBy: (name) => `par ${name}`,
    end: 'Y mettre fin',
    hour: 'Une heure de plus',
    workday: 'Jusqu’au prochain jour ouvré',
    new: 'Nouvelle mise en sourdine',
    empty: {
      title: 'Rien n’est en sourdine',
      text: 'Une mise en sourdine retient les alertes jusqu’à un moment ou une condition. L’état reste surveillé et montré.',
    },
    newPage: {
      title: 'Nouvelle mise en sourdine',
      editTitle: 'Mise en sourdine',
      over: 'Elle est terminée.',
      now: 'À présent',
      setBy: (name) => `Posée par ${name}`,
      changedBy: (name) => `modifiée par ${name}`,
      holds: (count) =>
        count === 0
          ? 'Elle ne retient rien à présent.'
          : count === 1
            ? 'Elle retient une alerte à présent :'
            : `Elle retient ${count} alertes à présent :`,
      lead: 'Les alertes sont retenues ; les états restent surveillés et montrés, et ce qui est encore en défaut à la fin est signalé.',
      scope: 'Ce qu’elle concerne',
      scopes: {
        target: 'Un hôte, un service ou un site',
        tag: 'Ce qui porte une étiquette',
        check: 'Un contrôle',
        kind: 'Tous les contrôles d’un genre',
        pattern: 'Des contrôles par leur nom',
      },
      target: 'Élément',
      tag: 'Étiquette',
      choose: 'Choisir',
      below: 'Aussi ce qui en dépend',
      check: 'Contrôle',
      kind: 'Genre',
      pattern: 'Nom',
      patternHelp: '* remplace n’importe quoi, par exemple sauvegarde*.',
    },
    form: {
      ends: 'Jusqu’à',
      choices: {
        keep: 'Comme à présent',
        '30m': '30 minutes',
        '1h': '1 heure',
        '4h': '4 heures',
        '1d': '1 jour',
        '7d': '7 jours',
        workday: 'Prochain jour ouvré, 8 h',
        cured: 'Le rétablissement',
        ticketClosed: 'La clôture de son billet',
        moment: 'Un moment …',
      },
      moment: 'Moment',
      unlessWorse: 'Sauf si cela s’aggrave',
      unlessWorseHelp: 'Ce qui est en panne est signalé quand même ; seul ce qui est dégradé est retenu.',
    },
  },
  rules: {
    title: 'Règles',
    crumb: 'Règles',
    lead: 'Des limites sur ce que mesure ce contrôle, et comment un changement est confirmé avant de compter.',
    open: 'Règles et confirmation',
    none: 'Aucune règle : seules comptent les limites de son genre.',
    add: 'Ajouter une règle',
    remove: 'Retirer cette règle',
    metric: 'Mesure',
    operator: 'est',
    operators: {
      above: 'au-dessus de',
      atLeast: 'à partir de',
      below: 'au-dessous de',
      atMost: 'jusqu’à',
      equals: 'égale à',
      differs: 'différente de',
    },
    degraded: 'Dégradé dès',
    down: 'En panne dès',
    margin: 'Marge',
    marginHelp: 'La règle reste enfreinte jusqu’à ce que la valeur soit revenue d’autant.',
    clears: (values) => `De nouveau bon à ${values}.`,
    forSeconds: 'Pendant (s)',
    forHelp: 'Sans interruption, avant que cela ne compte.',
    missing: 'Sans données',
    missingChoices: { ignore: 'rien', unknown: 'inconnu', degraded: 'dégradé', down: 'en panne' },
    note: 'Pourquoi cette limite',
    last: (value) => `maintenant ${value}`,
    sensitivity: 'Confirmation',
    failures: 'Échecs de suite',
    failuresHelp: 'Résultats en défaut avant qu’une panne ne compte.',
    recoveries: 'Bons résultats de suite',
    recoveriesHelp: 'Avant qu’un rétablissement ne compte.',
    recheck: 'Revérifier toutes les (s)',
    recheckHelp: 'Les vérifications rapides qui confirment un changement.',
    flapStart: 'Instable dès (%)',
    flapStartHelp: 'Part de changements parmi les vingt derniers résultats ; 100 : jamais.',
    flapEnd: 'Calme sous (%)',
    flapEndHelp: 'Il n’est alors plus instable.',
    save: 'Enregistrer',
    saved: 'Enregistré ; le prochain résultat est jugé ainsi.',
    rehearse: 'Essayer sur le passé',
    rehearseAgain: 'Essayer de nouveau',
    days: 'Sur',
    dayChoices: { '7': '7 jours', '30': '30 jours', '90': '90 jours', '365': '1 an' },
    result: 'Sur le passé enregistré',
    verdict: (would, was) => `Elle aurait alerté ${would} fois au lieu de ${was}.`,
    same: (count) => `Elle aurait alerté ${count} fois, comme à présent.`,
    tickets: (kept, lost) =>
      kept + lost === 0
        ? 'Aucun incident de ce temps n’a été pris en main.'
        : lost === 0
          ? kept === 1
            ? 'Celle qui est devenue un billet est gardée.'
            : `Les ${kept} qui sont devenues des billets sont gardées.`
          : `${kept} qui sont devenues des billets sont gardées, ${lost} seraient perdues.`,
    later: (duration) => `Elles viennent ${duration} plus tard.`,
    earlier: (duration) => `Elles viennent ${duration} plus tôt.`,
    source: (raw) => `Résultats un à un depuis ${raw}.`,
    rolled: (minutes) =>
      `Avant, seules des tranches de ${minutes === 1 ? 'une minute' : `${minutes} minutes`} sont gardées : leur pire valeur a été prise.`,
    interval: 'Exécuter toutes les (s)',
    intervalHelp: 'S’essaie sur le passé comme le reste.',
    intervalShorter: 'Plus court que ce qui a été mesuré : le passé ne sait rien des moments entre deux mesures.',
    finer: (seconds) =>
      `La mesure avait lieu toutes les ${seconds} s : un intervalle plus court aurait vu plus que ce qui est connu ; les pannes venues et parties entre deux mesures manquent ici, et celles qui y sont auraient pu être dites plus tôt.`,
    cut: 'Le temps a manqué pour essayer tout le passé.',
    chart: 'Alertes par jour',
    chartWas: 'telle quelle',
    chartWould: 'à l’essai',
    chartMost: (most) => `au plus ${most} par jour`,
    chartTable: 'En tableau',
    chartDay: 'Jour',
    firings: 'Quand elle aurait alerté',
    noFirings: 'Elle n’aurait jamais alerté.',
    more: (count) => `et ${count} de plus avant`,
    from: 'Du',
    until: 'Au',
    state: 'État',
    why: 'Pourquoi',
    lost: 'Perdu',
    kept: 'Gardé',
    tryFirst: 'Essayer ne change rien.',
  },
  dependency: {
    title: (dependent, on) => `Faire dépendre ${dependent} de ${on} ?`,
    lead: (on) =>
      `Dès lors, une panne de ${on} explique les pannes de ce qui en dépend : elles sont montrées comme injoignables, et personne n’en est prévenu une à une.`,
    trying: 'Essai sur le passé …',
    days: (days) => `Sur le passé enregistré (${days} ${days < 2 ? 'jour' : 'jours'})`,
    noAlerts: 'Rien n’a été dit de ce qui en dépendrait : il n’y a rien à comparer.',
    noGuards: (on) =>
      `Rien ne surveille ${on}, ni ce dont il dépend lui-même : personne ne verrait sa panne, et la dépendance ne retiendrait rien.`,
    verdict: (held, alerts) => {
      if (alerts < 2)
        return held === 0 ? 'Elle n’aurait pas retenu la seule alerte.' : 'Elle aurait retenu la seule alerte.';
      return held === 0
        ? `Elle n’aurait retenu aucune des ${alerts} alertes.`
        : `Elle aurait retenu ${held} des ${alerts} alertes.`;
    },
    later: (count) =>
      count < 2
        ? 'Une serait venue plus tard, une fois rétabli ce dont elle dépend.'
        : `${count} seraient venues plus tard, une fois rétabli ce dont elles dépendent.`,
    unknown: (count, on) =>
      count < 2
        ? `D’une, personne ne peut rien dire : ${on} n’était pas encore surveillé.`
        : `De ${count}, personne ne peut rien dire : ${on} n’était pas encore surveillé.`,
    noTickets: 'Aucune n’est devenue un billet pris en main.',
    kept: (count) =>
      count < 2
        ? 'Celle qui est devenue un billet est gardée.'
        : `Les ${count} qui sont devenues des billets sont gardées.`,
    joined: (count, on) =>
      count < 2
        ? `Un billet aurait fait partie de l’incident de ${on}.`
        : `${count} billets auraient fait partie de l’incident de ${on}.`,
    lost: (count) =>
      count < 2
        ? 'Un billet n’aurait pas existé : rien d’autre ne l’a dit.'
        : `${count} billets n’auraient pas existé : rien d’autre ne les a dits.`,
    cut: 'Il y avait plus d’alertes que ce qui a été regardé.',
    items: 'Ce qui n’aurait pas été dit',
    columns: { at: 'Quand', check: 'Contrôle', because: 'À cause de', fate: 'Ce qu’elle devient' },
    fates: { held: 'retenue', later: 'dite plus tard', joined: 'dans l’incident d’amont', lost: 'perdue' },
    laterBy: (duration) => `dite ${duration} plus tard`,
    save: 'Enregistrer la dépendance',
  },
  heartbeat: {
    title: 'Adresse à appeler',
    lead: 'Le mot qu’elle contient est le secret : qui le connaît peut appeler.',
    copy: 'Copier',
    copied: 'Copié',
    curl: 'Depuis un script',
    calls: (count) => (count === 0 ? 'jamais appelée' : count === 1 ? 'appelée une fois' : `appelée ${count} fois`),
    last: 'Dernier appel',
    never: 'Pas encore appelée',
    from: (address) => `de ${address}`,
    renew: 'Nouvelle adresse',
    renewTitle: 'Lui donner une nouvelle adresse ?',
    renewText: 'L’ancienne ne répond plus : changez-la partout où elle est appelée.',
    kinds: { ok: 'bien', fail: 'échec', start: 'début' },
  },
  noise: {
    title: 'Bruit',
    lead: 'Ce que chaque contrôle a coûté ces 30 derniers jours : alertes, messages, et ce qui en est sorti.',
    columns: {
      name: 'Contrôle',
      on: 'Sur',
      alerts: 'Alertes',
      messages: 'Messages',
      selfHealed: 'Seules',
      acknowledged: 'Prises',
      actedUpon: 'Utiles',
    },
    chart: 'Les contrôles les plus bruyants, et ce que leurs alertes ont donné',
    parts: {
      actedUpon: 'Suivies d’un acte',
      acknowledged: 'Seulement prises',
      selfHealed: 'Rétablies seules',
      open: 'Encore sans suite',
    },
    alertsAndMessages: (alerts: number, messages: number): string =>
      `${alerts} ${alerts < 2 ? 'alerte' : 'alertes'}, ${messages} ${messages < 2 ? 'message' : 'messages'}`,
    proposals: 'À changer',
    none: 'Rien à proposer : aucun contrôle n’a beaucoup alerté pour rien.',
    looking: 'Essai de changements sur le passé …',
    saving: (was, would) => `${was} alertes auraient été ${would}.`,
    kept: 'Tout ce qui est devenu un billet est gardé.',
    keptNone: 'Aucune n’est devenue un billet pris en main.',
    later: (duration) => `Ce qui reste vient ${duration} plus tard.`,
    apply: 'Appliquer',
    applied: 'Appliqué ; le prochain résultat est jugé ainsi.',
    edits: {
      failures: (from, to) => `Confirmer par ${to} échecs au lieu de ${from}`,
      recheck: (from, to) => `Revérifier toutes les ${to} s au lieu de ${from} s`,
      duration: (metric, seconds) => `Laisser ${metric} franchir sa limite pendant ${seconds} s`,
    },
    empty: {
      title: 'Aucune alerte en 30 jours',
      text: 'Quand des alertes viendront, cette page dira lesquelles n’ont servi à personne.',
    },
  },
};
