import { durationText } from '../duration.ts';
import type * as en from '../en/notify.ts';

const priorities: Readonly<Record<string, string>> = {
  low: 'basse',
  normal: 'normale',
  high: 'haute',
  critical: 'critique',
};
const moment = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeStyle: 'long' });

const goals = { first: 'la première réponse', next: 'une réponse', resolution: 'la résolution' };

/** Ce que dit l’objet de chaque sorte d’avis. */
export const subjects: typeof en.subjects = {
  opened: (d) => `[Vigie #${d.number}] ${d.title}`,
  reminder: (d) => `[Vigie #${d.number}] Rappel : ${d.title}`,
  solved: (d) => `[Vigie #${d.number}] Rétabli : ${d.title}`,
  resolved: (d) => `[Vigie #${d.number}] Résolu : ${d.title}`,
  acknowledged: (d) => `[Vigie #${d.number}] Pris en charge : ${d.title}`,
  unrouted: (d) => `[Vigie #${d.number}] ${d.title}`,
  joined: (d) => `[Vigie #${d.number}] ${d.title}`,
  cover: {
    asked: (d) => `[Vigie] ${d.askedBy} vous demande de prendre l’astreinte « ${d.rota} »`,
    accepted: (d) => `[Vigie] ${d.person} prend l’astreinte « ${d.rota} » pour un temps`,
    refused: (d) => `[Vigie] ${d.person} ne prend pas l’astreinte « ${d.rota} »`,
    withdrawn: (d) => `[Vigie] Le remplacement sur « ${d.rota} » est annulé`,
  },
  digest: (d) =>
    d.incidents === 1
      ? `[Vigie] 1 incident a changé en ${durationText(d.seconds, 'fr')}`
      : `[Vigie] ${d.incidents} incidents en ${durationText(d.seconds, 'fr')}`,
  approval: (d) => `[Vigie] À approuver : « ${d.runbook} » sur ${d.host}`,
  decided: (d) => `[Vigie] Décidé : « ${d.runbook} » sur ${d.host}`,
  promise: (d) =>
    `[Vigie n° ${d.ticket}] ${d.over ? 'Délai promis dépassé' : 'Délai promis bientôt écoulé'} : ${d.name}`,
  mention: (d) => `[Vigie n° ${d.ticket}] ${d.by} vous mentionne`,
  signIn: '[Vigie] Votre lien de connexion',
  test: (d) => `[Vigie] Essai du canal « ${d.channel} »`,
};

export const lines: typeof en.lines = {
  opened: (d) => `L’incident ${d.number} est ouvert, de priorité ${priorities[d.priority] ?? d.priority}.`,
  since: (at) => `En échec depuis le ${moment.format(at)}.`,
  cause: (name) => `Cause : ${name}.`,
  reminder: (d) =>
    `L’incident ${d.number} dure depuis ${durationText(d.seconds, 'fr')} et personne ne l’a pris en charge.`,
  acknowledged: (d) => `${d.by} a pris en charge l’incident ${d.number}.`,
  digest:
    'Tant d’avis sont venus à la fois que Vigie les annonce en un seul message. Chacun figure au registre. Vigie a envoyé ce message d’elle-même ; les réponses ne sont pas lues.',
  digestMore: (count) => `Et ${count} de plus, dans Vigie.`,
  acknowledge: 'Prenez-le en charge, et les rappels cessent :',
  solved: (d) =>
    `Incident ${d.number} : tous les contrôles en échec sont rétablis. Il reste à une personne à confirmer qu’il est résolu.`,
  goodSince: (at) => `Rétabli depuis le ${moment.format(at)}.`,
  outage: (seconds) => `Panne mesurée : ${durationText(seconds, 'fr')}.`,
  resolved: (d) =>
    d.by === '' ? `L’incident ${d.number} est résolu.` : `L’incident ${d.number} a été résolu par ${d.by}.`,
  causeText: (cause) => `Cause : ${cause}`,
  remedyText: (remedy) => `Remède : ${remedy}`,
  open: 'L’ouvrir :',
  approval: (d) => `${d.by} propose d’exécuter « ${d.runbook} » sur ${d.host}. Il faut l’accord d’une autre personne.`,
  decided: (d) => `« ${d.runbook} » sur ${d.host} n’attend plus d’approbation.`,
  approve: 'Lisez et décidez :',
  cover: {
    asked: (d) =>
      `${d.askedBy} vous demande de prendre l’astreinte « ${d.rota} » du ${d.span.from} au ${d.span.until}. Cela compte dès que vous acceptez.`,
    accepted: (d) => `${d.person} prend l’astreinte « ${d.rota} » du ${d.span.from} au ${d.span.until}.`,
    refused: (d) =>
      `${d.person} ne prend pas l’astreinte « ${d.rota} » du ${d.span.from} au ${d.span.until} ; la personne prévue la garde.`,
    withdrawn: (d) =>
      `${d.by} a annulé le remplacement par ${d.person} sur « ${d.rota} » du ${d.span.from} au ${d.span.until} ; la personne prévue reprend l’astreinte.`,
  },
  coverNote: (note) => `Note : ${note}`,
  openRota: 'Voir l’astreinte et répondre :',
  test: (d) => `Ceci est un essai. Les avis du canal « ${d.channel} » arrivent ici.`,
  promise: (d) =>
    `Billet n° ${d.ticket} : ${goals[d.goal]} ${d.over ? 'était attendue' : 'est attendue'} le ${moment.format(d.at)}.`,
  mention: (d) => `${d.by} vous mentionne dans le billet n° ${d.ticket}.`,
  signIn: 'Quelqu’un, sans doute vous, a demandé un lien de connexion. Il sert une seule fois, pendant vingt minutes.',
  signInOpen: 'Ouvrir la session :',
  signInNot: 'Si ce n’était pas vous, ne faites rien : sans ce lien, personne n’entre.',
  footer: 'Vigie a envoyé ce message d’elle-même ; les réponses ne sont pas lues.',
};

export const reasons: typeof en.reasons = {
  silenced: 'Retenu : l’incident est en sourdine.',
  maintenance: 'Retenu : des travaux convenus sont en cours.',
  dependency: 'Retenu : injoignable à cause de ce que signale déjà cet incident.',
  own_line_now: 'Retenu : notre propre ligne est en panne, on n’en sait donc rien ; c’est la ligne qui est annoncée.',
  behind: 'Retenu : ce dont cela dépend est en panne ; c’est de cela qu’on avertit.',
  own_line:
    'Retenu : on ne sait rien de ces contrôles tant que notre propre ligne est en panne ; cet incident le signale.',
  storm: 'En attente : tant d’avis viennent à la fois que le prochain message les annoncera ensemble.',
  no_channel: 'Non envoyé : cette personne n’a aucun canal.',
  acknowledged: 'Retenu : quelqu’un a pris l’incident en charge, ou il est terminé.',
  decided: 'Retenu : l’exécution a été décidée entre-temps.',
  below_threshold: 'Retenu : la priorité de l’incident est sous celle que demande ce canal.',
  switched_off: 'Retenu : le canal est désactivé.',
  removed: 'Retenu : le canal a été supprimé.',
  quiet_hours: 'Retenu jusqu’à la fin des heures de silence de la personne.',
  overtaken: 'Retenu : un avis plus récent dit où en est l’incident.',
  no_route: 'Retenu : aucun canal ni aucune route ne mène à quelqu’un pour cet incident.',
  not_installed: 'Le programme apprise n’est pas installé sur la machine de Vigie (Debian : apt install apprise).',
  demonstration: 'Retenu : c’est la démonstration, rien n’en sort.',
  no_mail_server: 'Aucun serveur de courriel n’est réglé. Un administrateur peut le faire.',
  forbidden_address:
    'L’adresse est locale au lien ou celle du service de métadonnées d’un hébergeur ; les canaux n’y vont jamais. Un canal personnel n’atteint que des adresses publiques.',
  redirected: 'Le serveur a répondu par une redirection, que les canaux ne suivent pas. Donnez l’adresse définitive.',
  timed_out: 'Pas de réponse à temps.',
  unreachable: 'Le serveur est injoignable.',
  gave_up: 'Abandonné après un jour de tentatives.',
};

export const answerWith: typeof en.answerWith = (reason, detail) => (detail === '' ? reason : `${reason} (${detail})`);

export const csvTitles: typeof en.csvTitles = [
  'heure',
  'etat',
  'objet_de_l_avis',
  'canal',
  'genre',
  'titre',
  'reponse',
  'parce_que',
  'essais',
  'envoye',
  'incident_id',
  'id',
];

export const ways: typeof en.ways = {
  everything: () => 'averti de tout',
  route: (d) => (d.tag === '' ? `route « ${d.name} »` : `route « ${d.name} » par l’étiquette ${d.tag}`),
  policy: (d) => `politique « ${d.name} », étape ${d.step}`,
  rota: (d) => `astreinte « ${d.name} »`,
  team: (d) => `équipe « ${d.name} »`,
  person: (d) => d.name,
};

export const missing: typeof en.missing = {
  nobody_on_call: (name) => `Personne n’est d’astreinte en ce moment au tour « ${name} ».`,
  no_channel: (name) => `${name} n’a aucun canal.`,
  empty_team: (name) => `L’équipe « ${name} » n’a aucun membre.`,
  gone: (name) => `Quelque chose que désigne « ${name} » n’existe plus.`,
};
