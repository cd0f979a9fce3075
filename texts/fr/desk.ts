import { durationText } from '../duration.ts';
import type * as en from '../en/desk.ts';

const ends: Readonly<Record<string, string>> = {
  succeeded: 'a réussi',
  failed: 'a échoué',
  stopped: 'a été arrêtée',
  lost: 's’est perdue : on ne sait pas comment elle a fini',
};
const priorities: Readonly<Record<string, string>> = {
  low: 'basse',
  normal: 'normale',
  high: 'haute',
  critical: 'critique',
};

const checks = (count: number): string => (count === 1 ? '1 contrôle relancé' : `${count} contrôles relancés`);

export const incidentTitle: typeof en.incidentTitle = (cause, summary) =>
  summary === '' ? `${cause} en échec` : `${cause} : ${summary}`;

/** Ce que dit chaque événement du récit d’un billet. */
export const story: typeof en.story = {
  opened_by_alert: (d) =>
    `Incident ouvert${d.silenced ? ' (en sourdine)' : ''} : le contrôle « ${d.check} » de ${d.target} échoue. ${d.summary.fr}`.trimEnd(),
  opened_by_hand: (d) => (d.description === '' ? 'Incident ouvert à la main.' : d.description),
  alert_added: (d) => `Même cause : le contrôle « ${d.check} » de ${d.target} échoue aussi. ${d.summary.fr}`.trimEnd(),
  alert_worsened: (d) => `Cela s’est aggravé : le contrôle « ${d.check} » de ${d.target}. ${d.summary.fr}`.trimEnd(),
  cause_found: (d) =>
    `${d.target} est injoignable à cause de ${d.cause} : cet incident est désormais celui de ${d.cause}.`,
  joined_to: (d) => `Clos : cela vient de ${d.cause} et se traite dans l’incident ${d.number}.`,
  alert_cleared: (d) =>
    d.removed
      ? `Le contrôle « ${d.check} » de ${d.target} a été supprimé ; il ne compte plus.`
      : `Le contrôle « ${d.check} » de ${d.target} est rétabli.`,
  acknowledged: () => 'Pris en charge ; les rappels cessent.',
  assigned: (d) => (d.to === null ? 'Remis dans la file.' : `Confié à ${d.to}.`),
  comment: (d) => d.text,
  run_proposed: (d) =>
    `Exécution de « ${d.runbook} » sur ${d.host} proposée${d.safe ? ' (sans risque, sans approbation)' : ''}.`,
  run_approved: (d) => `Exécution de « ${d.runbook} » sur ${d.host} approuvée.`,
  run_refused: (d) => `Exécution de « ${d.runbook} » sur ${d.host} refusée : ${d.reason}`,
  run_emergency: (d) =>
    `Urgence déclarée : « ${d.runbook} » s’exécute sur ${d.host} sans approbation. Motif : ${d.reason}`,
  run_reviewed: (d) =>
    `Exécution urgente de « ${d.runbook} » sur ${d.host} revue${d.note === '' ? '.' : ` : ${d.note}`}`,
  run_started: (d) => `Exécution de « ${d.runbook} » sur ${d.host} commencée.`,
  run_reattached: (d) =>
    `Vigie est revenue après une interruption et a repris l’exécution de « ${d.runbook} » sur ${d.host} là où elle en était.`,
  run_ended: (d) =>
    `L’exécution de « ${d.runbook} » sur ${d.host} ${ends[d.state] ?? d.state} après ${durationText(d.seconds, 'fr')}.`,
  proof_green: (d) => `Preuve : ${checks(d.count)}, ${d.count === 1 ? 'en ordre' : 'tous en ordre'}.`,
  proof_failing: (d) =>
    [
      `Preuve : ${checks(d.count)} ; pas encore en ordre :`,
      ...d.failing.map(({ check, summary }) => `« ${check} »${summary.fr === '' ? '' : ` : ${summary.fr}`}`),
    ].join('\n'),
  proof_nothing: () => 'Preuve : cet incident n’a aucun contrôle à relancer.',
  solved: (d) =>
    `Tous les contrôles en échec sont rétablis ; panne mesurée : ${durationText(d.outageSeconds, 'fr')}. Proposé comme résolu.`,
  reopened: (d) => `Nouvel échec : le contrôle « ${d.check} » de ${d.target}. ${d.summary.fr}`.trimEnd(),
  resolved: (d) =>
    `Résolu${d.outageSeconds === null ? '' : ` (panne de ${durationText(d.outageSeconds, 'fr')})`}.\nCause : ${d.cause}\nRemède : ${d.remedy}`,
  cause_written: (d) =>
    [d.cause === null ? [] : `Cause : ${d.cause}`, d.remedy === null ? [] : `Remède : ${d.remedy}`].flat().join('\n'),
  title_changed: (d) => `Titre changé en « ${d.to} ».`,
  priority_changed: (d) => `Priorité passée de ${priorities[d.from] ?? d.from} à ${priorities[d.to] ?? d.to}.`,
};
