import type { Runbook } from '#contract/upkeep.ts';

/** What people wrote about how to put things right. */
export type RunbookKey =
  | 'restartUnit'
  | 'restartWeb'
  | 'makeRoom'
  | 'renewCertificate'
  | 'restartDatabase'
  | 'updateHost';

type Fields = Pick<Runbook, 'name' | 'summary' | 'safe' | 'symptoms' | 'parameters' | 'steps'>;

const unit: Fields['parameters'][number] = {
  name: 'unit',
  label: 'Unité systemd',
  kind: 'text',
  choices: [],
  required: true,
  default: null,
};

const look = {
  kind: 'check',
  title: 'Les contrôles sont-ils redevenus verts ?',
  timeoutSeconds: 60,
  onFailure: 'stop',
} as const;

const command = (title: string, text: string, options: { sudo?: boolean; timeoutSeconds?: number } = {}) =>
  ({
    kind: 'command',
    title,
    command: text,
    sudo: options.sudo ?? true,
    timeoutSeconds: options.timeoutSeconds ?? 120,
    onFailure: 'stop',
  }) as const;

export const runbooks: Readonly<Record<RunbookKey, Fields>> = {
  restartUnit: {
    name: 'Redémarrer une unité systemd',
    summary: 'Pour un service arrêté ou en échec. Relève d’abord le journal, pour comprendre ensuite.',
    safe: false,
    symptoms: ['systemd', 'failed', 'en échec', 'is not running', 'unité'],
    parameters: [unit],
    steps: [
      command('Relever le journal', 'journalctl -u "$unit" -n 20 --no-pager'),
      command('Redémarrer', 'systemctl reset-failed "$unit"\nsystemctl restart "$unit"\nsystemctl is-active "$unit"'),
      look,
    ],
  },
  restartWeb: {
    name: 'Redémarrer nginx et l’application',
    summary: 'Quand une page répond 502, ou ne répond plus. Coupe les visiteurs moins de cinq secondes.',
    safe: true,
    symptoms: ['http', '502', 'bad gateway', 'nginx', 'page'],
    parameters: [],
    steps: [
      command('Vérifier la configuration', 'nginx -t'),
      command('Redémarrer', 'systemctl restart php8.2-fpm nginx\nsystemctl is-active nginx'),
      look,
    ],
  },
  makeRoom: {
    name: 'Make room on a full disk',
    summary: 'Empties package caches and old journals; never touches data. Look for what grows afterwards.',
    safe: true,
    symptoms: ['disk', 'disque', 'df', 'full', 'value is', 'valeur', 'above'],
    parameters: [],
    steps: [
      command('What takes the room', 'df -h /\ndu -xh --max-depth=2 /var | sort -h | tail -n 8', { sudo: true }),
      command('Empty caches and old journals', 'apt-get clean\njournalctl --vacuum-time=14d\ndf -h /', {
        timeoutSeconds: 300,
      }),
      look,
    ],
  },
  renewCertificate: {
    name: 'Renouveler un certificat',
    summary: 'Demande un nouveau certificat à Certia et recharge le serveur, sans coupure.',
    safe: false,
    symptoms: ['certificat', 'certificate', 'tls', 'expire'],
    parameters: [],
    steps: [
      command('Demander le certificat', 'certbot renew --force-renewal --no-random-sleep-on-renew', {
        timeoutSeconds: 300,
      }),
      command('Recharger', 'systemctl reload nginx'),
      {
        kind: 'manual',
        title: 'Vérifier dans un navigateur',
        instruction: 'Ouvrir la page et lire la date du certificat.',
        onFailure: 'stop',
      },
      look,
    ],
  },
  restartDatabase: {
    name: 'Redémarrer PostgreSQL',
    summary: 'Après un arrêt brutal. Prévenir Karim si la relecture des journaux dure plus de cinq minutes.',
    safe: false,
    symptoms: ['5432', 'postgresql', 'refused', 'refuse', 'database', 'base'],
    parameters: [],
    steps: [
      command('Relever la mémoire et le journal', 'free -m\njournalctl -u postgresql -n 15 --no-pager'),
      command('Redémarrer', 'systemctl restart postgresql\npg_isready'),
      { kind: 'wait', title: 'Laisser les applications se reconnecter', seconds: 10, onFailure: 'stop' },
      look,
    ],
  },
  updateHost: {
    name: 'Apply security updates',
    summary: 'Monthly round, one host after the other, outside office hours.',
    safe: false,
    symptoms: ['update', 'mise à jour', 'security'],
    parameters: [],
    steps: [
      command('Update', 'apt-get update -q\napt-get -y upgrade', { timeoutSeconds: 1_800 }),
      command('Is a restart needed', 'test ! -f /var/run/reboot-required || cat /var/run/reboot-required', {
        sudo: false,
      }),
      look,
    ],
  },
};
