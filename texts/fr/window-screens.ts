import type { windowScreens as en } from '../en/window-screens.ts';

/** Les mots des écrans des fenêtres de maintenance. */
export const windowScreens: typeof en = {
  title: 'Fenêtres de maintenance',
  section: 'Fenêtres',
  new: 'Nouvelle fenêtre',
  columns: {
    name: 'Travaux',
    targets: 'Sur',
    next: 'Prochaine',
    duration: 'Durée',
    repeats: 'Répétition',
    by: 'Par',
    state: 'État',
  },
  now: 'En cours',
  over: 'Terminée',
  planned: 'Prévue',
  endNow: 'Y mettre fin',
  repeats: {
    never: 'une fois',
    daily: 'chaque jour',
    weekly: 'chaque semaine',
    monthly: 'chaque mois',
    monthlyByDay: 'chaque mois, même jour de semaine',
  },
  empty: {
    title: 'Aucun travail convenu',
    text: 'Dans une fenêtre de maintenance, les alertes de ce qui est en travaux sont retenues. À la fin, Vigie regarde si tout est comme avant, et dit aussitôt ce qui ne l’est pas.',
  },
  form: {
    title: 'Nouvelle fenêtre de maintenance',
    lead: 'Les alertes de ce qui est en travaux, et de tout ce qui en dépend, sont retenues ; ces minutes ne comptent dans aucune disponibilité.',
    name: 'Ce qui est fait',
    nameHelp: 'C’est montré avec les minutes exclues.',
    targets: 'Sur',
    tags: 'Ou tout ce qui porte une étiquette',
    tagsHelp: 'Ce qui reçoit l’étiquette pendant les travaux est concerné aussi.',
    startsAt: 'Commence',
    duration: 'Dure (minutes)',
    repeats: 'Répétition',
    days: 'Le',
    dayNames: ['lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.', 'dim.'],
    timeZone: 'Fuseau horaire',
    timeZoneHelp: 'L’heure reste la même quand l’heure d’été commence et finit.',
    submit: 'En convenir',
    needed: 'Dites ce qui est fait, et choisissez sur quoi : des éléments ou des étiquettes.',
    editTitle: (name) => `Modifier ${name}`,
    editLead:
      'Ce qui est en cours suit aussitôt : ce qui n’est plus concerné est signalé de nouveau, ce qui l’est désormais est retenu. Chaque changement reste dans l’historique.',
    reason: 'Pourquoi',
    reasonHelp: 'Pour qui le lira plus tard ; peut rester vide.',
    lastDay: 'Dernier jour',
    lastDayHelp: 'Aucune séance ne commence après ; vide pour aucun.',
  },
  one: 'Fenêtre de maintenance',
  edit: 'Modifier',
  turns: 'Séances',
  noTurns: 'Elle n’a pas encore commencé.',
  turn: {
    going: (checks) =>
      checks < 2
        ? `En cours ; les alertes de ${checks === 0 ? 'zéro' : 'un'} contrôle sont retenues.`
        : `En cours ; les alertes de ${checks} contrôles sont retenues.`,
    looking: 'Terminée ; Vigie regarde si tout est comme avant.',
    same: (checks) =>
      checks === 0
        ? 'Terminée ; rien de ce qu’elle touche n’allait bien avant.'
        : checks === 1
          ? 'Terminée ; le contrôle qui allait bien est comme avant.'
          : `Terminée ; les ${checks} contrôles qui allaient bien sont comme avant.`,
    worse: (worse, checks) =>
      worse === 1
        ? `Terminée ; un contrôle sur ${checks} n’était pas comme avant, et a été dit aussitôt.`
        : `Terminée ; ${worse} contrôles sur ${checks} n’étaient pas comme avant, et ont été dits aussitôt.`,
    worseNow: (worse) =>
      worse < 2 ? 'Un contrôle va moins bien qu’avant.' : `${worse} contrôles vont moins bien qu’avant.`,
    verified: 'Vérifié',
    columns: { check: 'Contrôle', before: 'Avant', after: 'À la fin', afterNow: 'Maintenant', now: 'Aujourd’hui' },
    gone: 'retiré',
  },
  history: 'Historique',
  what: { created: 'en a convenu', changed: 'l’a modifiée', ended: 'y a mis fin' },
  fields: {
    name: 'Travaux',
    reason: 'Pourquoi',
    targets: 'Sur',
    tags: 'Étiquettes',
    startsAt: 'Commence',
    durationMinutes: 'Durée',
    repeats: 'Répétition',
    days: 'Jours',
    timeZone: 'Fuseau horaire',
    lastAt: 'Dernier jour',
  },
  fieldChange: (field, before, after) => `${field} : ${before} → ${after}`,
  nothing: 'rien',
};
