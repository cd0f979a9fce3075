import type * as en from '../en/upkeep-run.ts';

/** Why a run stands as it does, in French. */
export const runNotes: typeof en.runNotes = {
  waits_approval: () => 'Attend l’approbation d’une autre personne.',
  target_changed: () =>
    'Le chemin vers l’hôte a changé après l’approbation (adresse, compte ou clés). Il faut l’approuver de nouveau.',
  waits_host: (d) => `Attend l’hôte : l’exécution « ${d['runbook'] ?? ''} » y travaille.`,
  waits_turn: () => 'Attend son tour sur l’hôte.',
  waits_sign_off: (d) => `Attend que quelqu’un valide « ${d['title'] ?? ''} ».`,
  waits_time: (d) => `Attend : « ${d['title'] ?? ''} ».`,
  waits_checks: () => 'Attend les contrôles.',
  trying_again: (d) =>
    `L’hôte est injoignable (${d['why'] ?? ''}). Ce qui y tourne continue ; Vigie essaie de nouveau.`,
  stopping: () => 'Arrêt en cours sur l’hôte.',
  needs_review: () => 'Exécutée en urgence ; une autre personne doit encore l’examiner.',
};

/** Why a step ended as it did, in French. */
export const stepNotes: typeof en.stepNotes = {
  exit: (d) => `Terminée avec le code ${d['code'] ?? ''}.`,
  timeout: (d) => `N’était pas terminée après ${d['seconds'] ?? ''} secondes et a été arrêtée.`,
  not_reached: (d) => `L’hôte était injoignable (${d['why'] ?? ''}). Rien n’a été exécuté.`,
  no_credential: () => 'L’identifiant n’est plus dans le coffre. Rien n’a été exécuté.',
  no_room: () => 'Le disque de l’hôte est plein. Rien n’a été exécuté.',
  nowhere_to_write: () =>
    'Sur l’hôte, ni le dossier personnel ni /var/tmp ne sont accessibles en écriture. Rien n’a été exécuté.',
  no_setsid: () => 'L’hôte n’a ni setsid ni perl, dont l’un est nécessaire. Rien n’a été exécuté.',
  no_shell: (d) => `Ce qui répond n’est pas un shell POSIX : ${d['said'] ?? ''}`,
  lost_rebooted: () =>
    'L’hôte a redémarré au milieu. Personne ne peut dire jusqu’où l’étape est allée ; vérifiez, puis décidez.',
  lost_killed: () =>
    'L’étape a été tuée sur l’hôte par autre chose. Personne ne peut dire jusqu’où elle est allée ; vérifiez, puis décidez.',
  lost_unbegun: () => 'L’étape a été perdue avant l’exécution de sa première ligne.',
  lost_removed: () =>
    'L’hôte ne connaît plus l’étape : ses fichiers ont disparu. Personne ne peut dire jusqu’où elle est allée ; vérifiez, puis décidez.',
  lost_unreachable: (d) =>
    `L’hôte est resté injoignable (${d['why'] ?? ''}). L’étape y tourne peut-être encore ; vérifiez, puis décidez.`,
  survivors: (d) => `Arrêtée, mais ${d['count'] ?? ''} de ses processus n’ont pas pu être terminés.`,
  stopped: () => 'Arrêtée.',
  not_done: (d) => `Signalée comme non faite. ${d['note'] ?? ''}`.trim(),
  done: (d) => String(d['note'] ?? ''),
  checks_failing: (d) => `Encore en échec à la fin du délai : ${d['names'] ?? ''}.`,
  checks_silent: () => 'Les contrôles n’ont pas répondu à temps.',
  checks_none: () => 'Il n’y a aucun contrôle à lancer : rien n’est prouvé.',
};

/** Why a host cannot be signed in to, in French. */
export const sshFailures: typeof en.sshFailures = {
  unresolved: 'son nom ne mène à aucune adresse',
  refused: 'rien n’écoute sur le port',
  unreachable: 'aucune route n’y mène',
  timeout: 'pas de réponse à temps',
  protocol: 'ce qui répond ne parle pas SSH',
  'host-key-unknown': 'sa clé n’est pas épinglée',
  'host-key-changed': 'il présente une autre clé que celle épinglée',
  credential: 'notre clé privée est illisible',
  auth: 'il n’accepte pas l’identifiant',
  channel: 'il accepte l’identifiant mais n’exécute aucune commande',
  closed: 'il a fermé la connexion',
  aborted: 'la tentative a été abandonnée',
};

/** What a trial of signing in says, in French. */
export const accessTrial: typeof en.accessTrial = {
  good: (seconds) => `Connexion et commande réussies en ${seconds} s.`,
  bad: (why) => `Connexion impossible : ${why}.`,
  noCommand: (code) => `Connexion réussie, mais la commande « true » s’est terminée avec le code ${code}.`,
};
