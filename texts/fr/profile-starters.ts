import type { profileStarters as english } from '../en/profile-starters.ts';

export const profileStarters: typeof english = {
  linux: { name: 'Serveur Linux', summary: 'Joignable, ses ressources par SSH, sa clé d’hôte, son horloge.' },
  windows: { name: 'Serveur Windows', summary: 'Joignable, ses ressources par windows_exporter.' },
  web: { name: 'Site web', summary: 'La page répond, son certificat est bon.' },
  mail: {
    name: 'Serveur de courriel',
    summary: 'SMTP, dépôt et IMAP répondent avec de bons certificats, la file est courte.',
  },
  switch: { name: 'Commutateur ou routeur', summary: 'Joignable, ses ports et leur trafic par SNMP.' },
  printer: { name: 'Imprimante', summary: 'Joignable, consommables et pannes par SNMP.' },
  ups: { name: 'Onduleur', summary: 'Batterie, charge et autonomie par SNMP.' },
  postgresql: { name: 'PostgreSQL', summary: 'Connexions, réplication, verrous, taille et dernière sauvegarde.' },
  mysql: { name: 'MariaDB ou MySQL', summary: 'Connexions, réplication, requêtes lentes et taille.' },
  checks: {
    ping: 'Ping',
    resources: 'Ressources',
    hostKey: 'Clé d’hôte SSH',
    clock: 'Horloge',
    page: 'Page',
    certificate: 'Certificat',
    smtp: 'SMTP',
    submission: 'Dépôt',
    imap: 'IMAP',
    queue: 'File du courriel',
    ports: 'Ports et trafic',
    device: 'Appareil',
    database: 'Base de données',
  },
};
