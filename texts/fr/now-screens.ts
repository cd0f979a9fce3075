import type { nowScreens as english } from '../en/now-screens.ts';

/** Mots de l’écran Maintenant. */
export const nowScreens: typeof english = {
  title: 'Maintenant',
  wants: (count: number): string => (count === 1 ? 'une chose à prendre en main' : `${count} choses à prendre en main`),
  kinds: {
    incident: 'Incident',
    request: 'Demande',
    problem: 'Problème',
    change: 'Changement',
    confirm: 'À confirmer',
    approval: 'Approbation',
    manual: 'À faire à la main',
    review: 'Urgence à revoir',
    unknown: 'Veille',
  },
  incident: (number: number): string => `#${number}`,
  checksFailing: (count: number): string => (count === 1 ? 'un contrôle en échec' : `${count} contrôles en échec`),
  takenBy: (name: string): string => `pris par ${name}`,
  nobody: 'personne ne l’a pris',
  solved: 'tous les contrôles en échec sont rétablis',
  approval: (runbook: string, host: string): string => `Exécuter « ${runbook} » sur ${host}`,
  proposedBy: (name: string): string => `proposé par ${name}`,
  manual: (runbook: string, host: string): string => `« ${runbook} » sur ${host} vous attend`,
  review: (runbook: string, host: string): string => `« ${runbook} » a été exécutée sur ${host} en urgence`,
  declaredBy: (name: string, reason: string): string => `déclarée par ${name} : ${reason}`,
  unknown: (count: number): string =>
    count === 1
      ? 'Un contrôle ne donne pas de résultat fiable'
      : `${count} contrôles ne donnent pas de résultat fiable`,
  unknownWhy: 'jamais exécuté, ou impossible à exécuter là où il est',
  steps: {
    take: 'Prendre',
    open: 'Ouvrir',
    confirm: 'Confirmer',
    approve: 'Lire et décider',
    sign: 'Poursuivre',
    review: 'Revoir',
    look: 'Voir',
  },
  taken: (number: number): string => `L’incident #${number} est à vous ; les rappels cessent.`,
  well: {
    title: 'Tout va bien',
    text: 'Rien n’attend une main.',
    machine: 'Voir cette machine',
  },
  firstSteps: {
    title: 'Premiers pas',
    putAway: 'Ranger',
    taken: 'fait',
    steps: {
      watch: {
        title: 'Surveillez ce dont votre entreprise dépend',
        why: 'Tapez une adresse ou tout un réseau : Vigie regarde ce qui y répond et propose les contrôles.',
      },
      notices: {
        title: 'Soyez averti quand quelque chose tombe',
        why: 'Un canal vers votre courriel, votre téléphone ou votre messagerie ; un message d’essai montre qu’il arrive.',
      },
      team: {
        title: 'Invitez vos collègues',
        why: 'Ils prennent les incidents, approuvent les remèdes et partagent l’astreinte.',
      },
      mail: {
        title: 'Recevez les demandes par courriel',
        why: 'Reliez la boîte à laquelle vos utilisateurs écrivent : chaque courriel devient un billet, chaque réponse retrouve le sien.',
      },
    },
  },
  blind: {
    title: 'Vigie ne voit rien',
    text: 'Aucun résultat depuis une minute. Après un démarrage, les premiers demandent quelques secondes ; si rien ne vient, consultez le journal du serveur.',
  },
  proof: {
    title: 'D’où on le sait',
    checks: (count: number, total: number): string =>
      `${count.toLocaleString('fr')} ${count < 2 ? 'contrôle' : 'contrôles'} en service sur ${total.toLocaleString('fr')}`,
    last: 'dernier résultat',
    rate: (count: number): string =>
      `${count.toLocaleString('fr')} ${count < 2 ? 'résultat' : 'résultats'} dans la dernière minute`,
    late: (ms: string): string => `les contrôles partent avec au plus ${ms} de retard`,
    nothing: 'Aucun résultat depuis une minute : la veille elle-même ne tourne pas.',
  },
  states: 'Contrôles par état',
  keys: { title: 'Maintenant', next: 'Suivant', previous: 'Précédent', open: 'Ouvrir', step: 'Faire l’étape suivante' },
  forRequesters:
    'La connexion est faite. Il n’y a encore rien ici pour les demandeurs ; s’il vous en faut plus, demandez un autre rôle à un administrateur.',
};
