import { durationText } from '../duration.ts';
import { momentText } from '../moment.ts';
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

/** Les mots des états, des genres et autres d’un billet, dans une phrase. */
export const kinds: Readonly<Record<string, string>> = {
  incident: 'incident',
  request: 'demande de service',
  problem: 'problème',
  change: 'changement',
};
export const states: Readonly<Record<string, string>> = {
  open: 'ouvert',
  in_progress: 'en cours',
  waiting: 'en attente',
  solved: 'à confirmer',
  known_error: 'erreur connue',
  approval: 'en attente d’approbation',
  approved: 'approuvé',
  review: 'à revoir',
  resolved: 'résolu',
  cancelled: 'annulé',
};
const waits: Readonly<Record<string, string>> = {
  requester: 'du demandeur',
  supplier: 'd’un fournisseur',
  delivery: 'd’une livraison',
  change: 'd’un changement',
  other: 'd’autre chose',
};
const fields: Readonly<Record<string, string>> = {
  kind: 'Genre',
  impact: 'Incidence',
  urgency: 'Urgence',
  requester: 'Demandeur',
  category: 'Catégorie',
  team: 'Équipe',
  tags: 'Étiquettes',
  due: 'Échéance',
  snooze: 'Reporté au',
  thing: 'Concerne',
  parent: 'Fait partie de',
  workaround: 'Contournement',
};
const scores = ['Pas satisfait', 'Moyennement satisfait', 'Satisfait'];
const goals: Readonly<Record<string, string>> = {
  first: 'Première réponse',
  next: 'Réponse',
  resolution: 'Résolution',
};
const levels: Readonly<Record<string, string>> = { low: 'basse', normal: 'normale', high: 'haute' };
const links: Readonly<Record<string, string>> = {
  related: 'en rapport avec le billet',
  blocks: 'bloque le billet',
  duplicates: 'doublon du billet',
  caused_by: 'causé par le billet',
};
const rearrangements: Readonly<Record<string, string>> = {
  merge: 'fusion',
  split: 'séparation',
  move: 'déplacement',
};

const messages = (count: number): string => (count < 2 ? `${count} message` : `${count} messages`);
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function valueWord(field: string, value: string): string {
  if (field === 'kind') return kinds[value] ?? value;
  if (field === 'impact' || field === 'urgency') return levels[value] ?? value;
  if (field === 'due' || field === 'snooze')
    return momentText(new Date(value), 'fr', new Intl.DateTimeFormat().resolvedOptions().timeZone);
  return value;
}

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
  opened_ticket: (d) => `${capital(kinds[d.kind] ?? d.kind)} : billet ouvert.`,
  moved: (d) =>
    `${capital(states[d.from] ?? d.from)} → ${states[d.to] ?? d.to}${d.waitingFor === null ? '' : ` (${waits[d.waitingFor] ?? d.waitingFor})`}${d.why === '' ? '.' : ` : ${d.why}`}`,
  set: (d) =>
    `${fields[d.field] ?? d.field} : ${d.from === null || d.from === '' ? 'rien' : valueWord(d.field, d.from)} → ${d.to === null || d.to === '' ? 'rien' : valueWord(d.field, d.to)}.`,
  priority_reasoned: (d) =>
    `Priorité passée de ${priorities[d.from] ?? d.from} à ${priorities[d.to] ?? d.to} : ${d.reason}`,
  plan_written: () => 'Le plan du changement a été rédigé.',
  linked: (d) => `${d.on ? 'Lien ajouté' : 'Lien retiré'} : ${links[d.kind] ?? d.kind} n° ${d.number}.`,
  merged_here: (d) => `Le billet n° ${d.number} « ${d.title} » a été fusionné dans celui-ci (${messages(d.count)}).`,
  merged_away: (d) => `Fusionné dans le billet n° ${d.number} « ${d.title} » : la conversation continue là-bas.`,
  messages_to: (d) =>
    d.split
      ? `Le billet n° ${d.number} a été fait de ${messages(d.count)} de celui-ci.`
      : `${capital(messages(d.count))} à destination du billet n° ${d.number}.`,
  messages_from: (d) =>
    d.split
      ? `Fait de ${messages(d.count)} du billet n° ${d.number}.`
      : `${capital(messages(d.count))} en provenance du billet n° ${d.number}.`,
  put_back: (d) =>
    `${capital(rearrangements[d.kind] ?? d.kind)} avec le billet n° ${d.number} : annulation, ${messages(d.count)} de retour à sa place.`,
  mail_bounced: (d) => `Un courriel à ${d.to} n’est pas arrivé : ${d.said}`,
  woke: () => 'De retour dans la liste : le report est arrivé à son terme.',
  rated: (d) => `${scores[d.score - 1] ?? ''}${d.comment === '' ? '.' : ` : ${d.comment}`}`,
  promise_step: (d) => {
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const due = `${goals[d.goal] ?? d.goal} : ${d.over ? 'échéance dépassée depuis le' : 'échéance le'} ${momentText(new Date(d.dueAt), 'fr', zone)}`;
    if (d.act === 'raise') return `${due}. Priorité relevée à ${priorities[d.to] ?? d.to}.`;
    if (d.act === 'assign') return `${due}. Billet confié à ${d.to}.`;
    return d.to === '0'
      ? `${due}. Personne à prévenir.`
      : `${due}. ${d.to === '1' ? '1 personne prévenue' : `${d.to} personnes prévenues`}.`;
  },
};
