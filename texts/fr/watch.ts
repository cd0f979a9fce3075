import type { proposalReasons as english } from '../en/watch.ts';

/** Pourquoi un contrôle est proposé pour une adresse. */
export const proposalReasons: typeof english = {
  icmp: () => 'Répond au ping.',
  tcp: (port) => `Le port ${port} est ouvert.`,
  ssh: (banner) => `Un serveur SSH répond : ${banner}`,
  http: (status) => `Une page répond par ${status}.`,
  redirect: (status, location) => `Répond ${status} et mène à ${location}`,
  tls: (days) =>
    days < 0
      ? 'Un certificat est présenté ; il a expiré.'
      : `Un certificat est présenté, encore bon pour ${days} ${days < 2 ? 'jour' : 'jours'}.`,
  untrusted: 'Un certificat est présenté, qu’aucune autorité connue ne garantit.',
  dns: () => 'Répond aux questions DNS.',
  local: () => 'C’est la machine où tourne Vigie.',
};
