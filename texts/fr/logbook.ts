import type { NamedThing } from '#contract/words.ts';
import { durationText } from '../duration.ts';
import type * as en from '../en/logbook.ts';

const states: Readonly<Record<string, string>> = {
  up: 'en service',
  degraded: 'dégradé',
  down: 'en panne',
  unreachable: 'injoignable',
  unknown: 'inconnu',
};
const runStates: Readonly<Record<string, string>> = {
  succeeded: 'a réussi',
  failed: 'a échoué',
  stopped: 'a été arrêtée',
  lost: 'est perdue (on ignore comment elle s’est terminée)',
};
const things: Readonly<Record<NamedThing['kind'], string>> = { site: 'Site', host: 'Hôte', service: 'Service' };
const fields: Readonly<Record<string, string>> = {
  name: 'nom',
  address: 'adresse',
  kind: 'type',
  system: 'système',
  siteId: 'site',
  site: 'site',
  note: 'note',
  place: 'lieu',
  summary: 'résumé',
  importance: 'importance',
  ownerId: 'responsable',
  owner: 'responsable',
  users: 'utilisateurs',
};

/** Ce que dit chaque sorte d'entrée. */
export const entries: typeof en.entries = {
  note: (d) => d.text,
  incident_opened: (d) =>
    `Incident ouvert${d.silenced ? ' (en sourdine)' : ''} : ${d.title.fr}${d.title.fr.includes(d.summary.fr) ? '' : `\n${d.summary.fr}`}`,
  incident_acknowledged: (d) => `Incident pris en charge : ${d.title.fr}`,
  incident_solved: (d) =>
    `Tous les contrôles en échec sont de nouveau en service après ${durationText(d.outageSeconds, 'fr')} ; une personne doit encore donner son accord : ${d.title.fr}`,
  incident_reopened: (d) =>
    `L’incident reprend : ${d.title.fr}${d.title.fr.includes(d.summary.fr) ? '' : `\n${d.summary.fr}`}`,
  incident_resolved: (d) =>
    `Incident résolu${d.outageSeconds === null ? '' : ` après une panne de ${durationText(d.outageSeconds, 'fr')}`} : ${d.title.fr}\nCause : ${d.cause}\nRemède : ${d.remedy}`,
  incident_comment: (d) => d.text,
  run_proposed: (d) =>
    `Exécution de « ${d.runbook} » sur ${d.host} proposée${d.safe ? ' (sans risque, ne demande pas d’approbation)' : ''}.`,
  run_approved: (d) => `Exécution de « ${d.runbook} » sur ${d.host} approuvée.`,
  run_refused: (d) => `Exécution de « ${d.runbook} » sur ${d.host} refusée : ${d.reason}`,
  run_emergency: (d) =>
    `Urgence déclarée : « ${d.runbook} » s’exécute sur ${d.host} sans approbation. Motif : ${d.reason}`,
  run_reviewed: (d) =>
    `Exécution d’urgence de « ${d.runbook} » sur ${d.host} revue${d.note === '' ? '.' : ` : ${d.note}`}`,
  run_started: (d) => `« ${d.runbook} » a démarré sur ${d.host}.`,
  run_reattached: (d) =>
    `Vigie a retrouvé « ${d.runbook} » sur ${d.host} et a repris la lecture à l’octet ${d.atByte.toLocaleString('fr')} ; rien n’a été exécuté deux fois.`,
  run_ended: (d) =>
    `L’exécution de « ${d.runbook} » sur ${d.host} ${runStates[d.state] ?? d.state} après ${durationText(d.seconds, 'fr')}.`,
  step_failed: (d) =>
    `L’étape « ${d.title} » de « ${d.runbook} » sur ${d.host} ${runStates[d.state] ?? d.state}${d.exitCode === null ? '' : ` (code de sortie ${d.exitCode})`}.`,
  access_changed: (d) => `La façon dont Vigie se connecte à ${d.host} a été modifiée.`,
  state_changed: (d) => `${d.check} sur ${d.target} : ${states[d.from] ?? d.from} → ${states[d.to] ?? d.to}`,
  check_unsteady: (d) =>
    `${d.check} sur ${d.target} change sans cesse d’état ; les changements suivants ne sont pas écrits ici pendant une heure.`,
  window_verified: (d) => {
    const over = `Les travaux convenus « ${d.name} » sont terminés`;
    if (d.checks === 0) return `${over} ; ils ne touchaient aucun contrôle.`;
    if (d.worseCount === 0)
      return d.checks === 1
        ? `${over} ; leur contrôle est comme avant.`
        : `${over} ; leurs ${d.checks} contrôles sont comme avant.`;
    const more = d.worseCount > d.worse.length ? ` et ${d.worseCount - d.worse.length} de plus` : '';
    return `${over} ; ${d.worseCount} contrôle${d.worseCount > 1 ? 's' : ''} sur ${d.checks} ne ${d.worseCount > 1 ? 'sont' : 'est'} pas comme avant : ${d.worse.join(', ')}${more}.`;
  },
  thing_added: (d) => `${things[d.thing.kind]} ${d.thing.name} ajouté.`,
  thing_changed: (d) =>
    `${things[d.thing.kind]} ${d.thing.name} modifié${d.what.length === 0 ? '.' : ` : ${d.what.map((field) => fields[field] ?? field).join(', ')}.`}`,
  thing_removed: (d) => `${things[d.thing.kind]} ${d.thing.name} supprimé.`,
  dependency_added: (d) => `${d.dependent} dépend désormais de ${d.on}.`,
  dependency_removed: (d) => `${d.dependent} ne dépend plus de ${d.on}.`,
  person_added: (d) => `${d.name} a rejoint l’équipe.`,
};

export const reasons: typeof en.reasons = {
  sameCauseAndKind: (thing, kinds) => `Même cause (${thing}) et même type de contrôle (${kinds}).`,
  sameCause: (thing) => `Même cause : ${thing}.`,
  sameKind: (kinds) => `Même type de contrôle (${kinds}).`,
  sameWords: (words) => `Mots en commun : ${words}.`,
  worked: (worked, of) =>
    worked === of
      ? of === 1
        ? 'Elle a fonctionné la seule fois où elle a servi.'
        : `Elle a fonctionné les ${of} fois où elle a servi.`
      : `Elle a fonctionné ${worked} fois sur ${of}.`,
  passage: (text) => `On y lit : « ${text} ».`,
  neverUsed: 'Elle n’a pas encore servi.',
};
