import { durationText } from '../duration.ts';
import type * as en from '../en/notify.ts';

const priorities: Readonly<Record<string, string>> = {
  low: 'basse',
  normal: 'normale',
  high: 'haute',
  critical: 'critique',
};
const moment = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeStyle: 'long' });

/** Ce que dit l’objet de chaque sorte d’avis. */
export const subjects: typeof en.subjects = {
  opened: (d) => `[Vigie #${d.number}] ${d.title}`,
  reminder: (d) => `[Vigie #${d.number}] Rappel : ${d.title}`,
  solved: (d) => `[Vigie #${d.number}] Rétabli : ${d.title}`,
  resolved: (d) => `[Vigie #${d.number}] Résolu : ${d.title}`,
  approval: (d) => `[Vigie] À approuver : « ${d.runbook} » sur ${d.host}`,
  test: (d) => `[Vigie] Essai du canal « ${d.channel} »`,
};

export const lines: typeof en.lines = {
  opened: (d) => `L’incident ${d.number} est ouvert, de priorité ${priorities[d.priority] ?? d.priority}.`,
  since: (at) => `En échec depuis le ${moment.format(at)}.`,
  cause: (name) => `Cause : ${name}.`,
  reminder: (d) =>
    `L’incident ${d.number} dure depuis ${durationText(d.seconds, 'fr')} et personne ne l’a pris en charge.`,
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
  approve: 'Lisez et décidez :',
  test: (d) => `Ceci est un essai. Les avis du canal « ${d.channel} » arrivent ici.`,
  footer: 'Vigie a envoyé ce message d’elle-même ; les réponses ne sont pas lues.',
};

export const reasons: typeof en.reasons = {
  silenced: 'Retenu : l’incident est en sourdine.',
  acknowledged: 'Retenu : quelqu’un a pris l’incident en charge, ou il est terminé.',
  decided: 'Retenu : l’exécution a été décidée entre-temps.',
  below_threshold: 'Retenu : la priorité de l’incident est sous celle que demande ce canal.',
  switched_off: 'Retenu : le canal est désactivé.',
  removed: 'Retenu : le canal a été supprimé.',
  demonstration: 'Retenu : c’est la démonstration, rien n’en sort.',
  no_mail_server: 'Aucun serveur de courriel n’est réglé. Un administrateur peut le faire.',
  forbidden_address:
    'L’adresse est locale au lien ou celle du service de métadonnées d’un hébergeur ; les webhooks n’y vont jamais.',
  redirected: 'Le serveur a répondu par une redirection, que les webhooks ne suivent pas. Donnez l’adresse définitive.',
  timed_out: 'Pas de réponse à temps.',
  unreachable: 'Le serveur est injoignable.',
  gave_up: 'Abandonné après un jour de tentatives.',
};

export const answerWith: typeof en.answerWith = (reason, detail) => (detail === '' ? reason : `${reason} (${detail})`);
