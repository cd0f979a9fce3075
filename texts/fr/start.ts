import type { Role } from '#contract/permission.ts';
import type * as en from '../en/start.ts';

const roles: Readonly<Record<Role, string>> = {
  administrator: 'administrateur',
  operator: 'opérateur',
  auditor: 'auditeur',
  requester: 'demandeur',
};

/** Ce que `vigie start` dit au terminal. */
export const start: typeof en.start = {
  stage: { create: 'Création de la base', stop_orphan: 'Reprise après un arrêt brutal', start: 'Démarrage de la base' },
  step: (name) => `Mise à jour de la base : ${name}`,
  ready: (url, seconds) => `Vigie est prête après ${seconds} s : ${url}`,
  welcome: (link) => `Créez le premier administrateur avec ce lien (il ne sert qu’une fois) :\n\n    ${link}\n`,
  inventing: {
    company: 'Invention d’une entreprise : personnes, sites, hôtes, services',
    past: 'Invention de six mois de son passé',
    measurements: 'Invention des mesures',
  },
  demonstration: (accounts, password) =>
    `Ceci est la démonstration : tout y est inventé, et rien ne sort de cette machine.\nConnectez-vous avec le mot de passe ${password} en tant que :\n\n${accounts.map(({ mail, role }) => `    ${mail}  (${roles[role]})`).join('\n')}\n`,
  stopHint: 'Ctrl-C pour arrêter.',
  stopping: 'Arrêt en cours…',
  stopped: 'Arrêtée.',
  failed: (what) => `Vigie n’a pas pu démarrer. ${what}`,
  noDatabase: (why) =>
    `La base est injoignable : ${why}. Vérifiez VIGIE_DATABASE_URL, le serveur, son utilisateur et son mot de passe.`,
  databaseLost:
    'La base intégrée s’est arrêtée d’elle-même. Son journal est dans le dossier de données, sous postgresql/log. Relancez : rien de ce qui était confirmé n’est perdu.',
  unknownFault: (why) => `Ceci n’était pas prévu : ${why}. Relancez avec VIGIE_LOG=debug et signalez ce qui s’affiche.`,
};
