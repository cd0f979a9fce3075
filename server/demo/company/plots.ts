import type { InBoth } from '#contract/words.ts';
import type { Failing } from '../invent-result.ts';
import type { RunbookKey } from './runbooks.ts';

/** A kind of mishap that the company knows: what fails, how long, what people say, and what helps. */
export interface Plot {
  readonly key: string;
  /** The name of the solution that grows out of it. */
  readonly title: InBoth;
  /** How often in six months. */
  readonly times: number;
  /** Which checks it can hit: a thing's name and the kind of check. */
  readonly hits: readonly (readonly [thing: string, kind: string])[];
  readonly failing: Failing;
  readonly minutes: readonly [least: number, most: number];
  /** What is run, if a run helps. */
  readonly runbook: RunbookKey | null;
  readonly comments: readonly InBoth[];
  readonly cause: InBoth;
  readonly remedy: InBoth;
}

export const plots: readonly Plot[] = [
  {
    key: 'workers',
    title: { fr: 'Page en 502 : processus PHP épuisés', en: 'Page answers 502: PHP workers used up' },
    times: 10,
    hits: [
      ['Intranet', 'http'],
      ['Boutique en ligne', 'http'],
      ['Site public', 'http'],
    ],
    failing: 'down',
    minutes: [6, 24],
    runbook: 'restartWeb',
    comments: [
      {
        fr: 'Le journal de php-fpm dit « server reached pm.max_children ».',
        en: 'php-fpm log says “server reached pm.max_children”.',
      },
      {
        fr: 'Julien confirme : page blanche à l’accueil depuis dix minutes.',
        en: 'Emily confirms: blank page since ten minutes ago.',
      },
    ],
    cause: {
      fr: 'Tous les processus PHP occupés par un export lancé depuis la page d’administration.',
      en: 'All PHP workers were held by an export started from the admin page.',
    },
    remedy: {
      fr: 'php-fpm et nginx redémarrés ; l’export passe désormais la nuit.',
      en: 'php-fpm and nginx restarted; the export now runs at night.',
    },
  },
  {
    key: 'unit',
    title: { fr: 'Unité systemd arrêtée après une mise à jour', en: 'systemd unit died after an update' },
    times: 12,
    hits: [
      ['mx-01', 'systemd-unit'],
      ['mx-02', 'systemd-unit'],
      ['git-01', 'systemd-unit'],
      ['app-01', 'systemd-unit'],
      ['voip-01', 'systemd-unit'],
      ['qc-mes-01', 'systemd-unit'],
    ],
    failing: 'down',
    minutes: [8, 35],
    runbook: 'restartUnit',
    comments: [
      {
        fr: 'Arrêt juste après la mise à jour de nuit, configuration inchangée.',
        en: 'It died right after the nightly update; the configuration did not change.',
      },
      { fr: 'Je préviens les utilisateurs du service.', en: 'I am telling the people who use it.' },
    ],
    cause: {
      fr: 'Le service s’est arrêté faute de mémoire après une mise à jour de bibliothèque.',
      en: 'The service ran out of memory after a library update.',
    },
    remedy: {
      fr: 'Unité redémarrée ; limite de mémoire portée à 1 Gio.',
      en: 'Unit restarted; its memory limit is now 1 GiB.',
    },
  },
  {
    key: 'disk',
    title: { fr: 'Disque rempli par les journaux', en: 'Disk filled by logs' },
    times: 9,
    hits: [
      ['files-01', 'ssh-command'],
      ['db-01', 'ssh-command'],
      ['web-02', 'ssh-command'],
      ['bkp-01', 'ssh-command'],
      ['app-02', 'ssh-command'],
    ],
    failing: 'degraded',
    minutes: [40, 190],
    runbook: 'makeRoom',
    comments: [
      { fr: '/var/log a pris 11 Go en une nuit.', en: '/var/log grew by 11 GB in one night.' },
      {
        fr: 'Je regarde ce qui écrit autant avant de purger.',
        en: 'Looking at what writes so much before emptying anything.',
      },
    ],
    cause: {
      fr: 'Journal de débogage resté actif après l’intervention de la semaine dernière.',
      en: 'Debug logging was left on after last week’s work.',
    },
    remedy: {
      fr: 'Caches et vieux journaux vidés, niveau de journal remis à « warn ».',
      en: 'Caches and old journals emptied, log level back to “warn”.',
    },
  },
  {
    key: 'certificate',
    title: { fr: 'Certificat non renouvelé', en: 'Certificate was not renewed' },
    times: 4,
    hits: [
      ['CRM', 'tls'],
      ['ERP', 'tls'],
      ['Messagerie', 'tls'],
      ['Boutique en ligne', 'tls'],
    ],
    failing: 'degraded',
    minutes: [180, 1_500],
    runbook: 'renewCertificate',
    comments: [
      {
        fr: 'Le renouvellement automatique a échoué : compte Certia expiré.',
        en: 'Automatic renewal failed: the Certia account had expired.',
      },
    ],
    cause: {
      fr: 'Renouvellement automatique en panne depuis le changement de compte chez Certia.',
      en: 'Automatic renewal was broken since the Certia account changed.',
    },
    remedy: {
      fr: 'Certificat renouvelé à la main, tâche automatique réparée.',
      en: 'Certificate renewed by hand, the automatic job mended.',
    },
  },
  {
    key: 'database',
    title: { fr: 'PostgreSQL tué faute de mémoire', en: 'PostgreSQL killed for lack of memory' },
    times: 4,
    hits: [
      ['Base de la boutique', 'tcp'],
      ['Base de l’ERP', 'tcp'],
      ['CRM database', 'tcp'],
    ],
    failing: 'down',
    minutes: [7, 28],
    runbook: 'restartDatabase',
    comments: [
      {
        fr: 'Le noyau a tué postgres : mémoire épuisée par la requête du rapport mensuel.',
        en: 'The kernel killed postgres: the monthly report’s query ate all memory.',
      },
      { fr: 'Comptabilité prévenue, elle attend notre signal.', en: 'Accounting knows and waits for our word.' },
    ],
    cause: {
      fr: 'Mémoire épuisée par une requête sans limite ; PostgreSQL tué par le noyau.',
      en: 'An unbounded query used up all memory; the kernel killed PostgreSQL.',
    },
    remedy: {
      fr: 'PostgreSQL redémarré, work_mem réduit, requête corrigée avec Solveo.',
      en: 'PostgreSQL restarted, work_mem lowered, the query mended together with Solveo.',
    },
  },
  {
    key: 'names',
    title: { fr: 'named bloqué par une zone mal formée', en: 'named hangs on a malformed zone' },
    times: 3,
    hits: [
      ['DNS interne', 'dns'],
      ['DNS Montréal', 'dns'],
    ],
    failing: 'down',
    minutes: [5, 15],
    runbook: 'restartUnit',
    comments: [
      {
        fr: 'named ne répond plus, le second serveur tient.',
        en: 'named does not answer; the other server carries on.',
      },
    ],
    cause: {
      fr: 'named bloqué après le rechargement d’une zone mal formée.',
      en: 'named hung after reloading a malformed zone.',
    },
    remedy: {
      fr: 'Zone corrigée, named redémarré, contrôle de zone ajouté avant rechargement.',
      en: 'Zone mended, named restarted, zones are now checked before a reload.',
    },
  },
  {
    key: 'link',
    title: { fr: 'Liaison Montréal–Québec coupée', en: 'Link between Montréal and Québec is cut' },
    times: 4,
    hits: [['mtl-wan-01', 'icmp']],
    failing: 'down',
    minutes: [18, 140],
    runbook: null,
    comments: [
      {
        fr: 'Appel à Laurentides Réseaux, dossier ouvert, technicien en route.',
        en: 'Called Laurentides Réseaux; they opened a case and sent somebody.',
      },
      { fr: 'Québec travaille en local, les bancs continuent.', en: 'Québec works locally, the benches go on.' },
    ],
    cause: {
      fr: 'Coupure chez Laurentides Réseaux (travaux de voirie à Trois-Rivières).',
      en: 'Outage at Laurentides Réseaux (roadworks in Trois-Rivières).',
    },
    remedy: {
      fr: 'Rétabli par le fournisseur ; liaison 4G de secours à l’étude.',
      en: 'Restored by the supplier; a 4G standby is being looked into.',
    },
  },
  {
    key: 'loss',
    title: { fr: 'Sortie saturée par les sauvegardes', en: 'Uplink saturated by backups' },
    times: 4,
    hits: [
      ['lyo-rt-01', 'icmp'],
      ['mtl-rt-01', 'icmp'],
    ],
    failing: 'degraded',
    minutes: [12, 60],
    runbook: null,
    comments: [
      {
        fr: 'Pertes vers l’extérieur seulement ; le réseau interne est sain.',
        en: 'Loss towards the outside only; the inside is fine.',
      },
    ],
    cause: {
      fr: 'Saturation de la sortie pendant la synchronisation des sauvegardes.',
      en: 'The uplink was saturated while backups were copied.',
    },
    remedy: {
      fr: 'Débit des copies limité pendant les heures ouvrées.',
      en: 'The copies’ rate is limited in office hours.',
    },
  },
  {
    key: 'printer',
    title: { fr: 'Imprimante éteinte après un bourrage', en: 'Printer off after a paper jam' },
    times: 6,
    hits: [
      ['lyo-prn-01', 'icmp'],
      ['lyo-prn-02', 'icmp'],
      ['mtl-prn-01', 'icmp'],
      ['qc-prn-01', 'icmp'],
    ],
    failing: 'down',
    minutes: [20, 240],
    runbook: null,
    comments: [
      {
        fr: 'Bourrage papier, puis arrêt par quelqu’un de pressé.',
        en: 'A paper jam, then somebody in a hurry switched it off.',
      },
    ],
    cause: { fr: 'Imprimante éteinte après un bourrage.', en: 'Printer switched off after a paper jam.' },
    remedy: {
      fr: 'Bac nettoyé, imprimante rallumée ; mode d’emploi affiché au-dessus.',
      en: 'Tray cleaned, printer on again; a short guide now hangs above it.',
    },
  },
  {
    key: 'power',
    title: { fr: 'Machine virtuelle figée après migration', en: 'Virtual machine hangs after a migration' },
    times: 2,
    hits: [
      ['app-01', 'icmp'],
      ['git-01', 'icmp'],
    ],
    failing: 'gone',
    minutes: [14, 45],
    runbook: null,
    comments: [
      {
        fr: 'La machine virtuelle est figée, console noire sur l’hyperviseur.',
        en: 'The virtual machine hangs; black console on the hypervisor.',
      },
    ],
    cause: {
      fr: 'Machine virtuelle figée après une migration à chaud.',
      en: 'The virtual machine hung after a live migration.',
    },
    remedy: {
      fr: 'Arrêt forcé puis démarrage depuis l’hyperviseur ; migration à chaud désactivée pour elle.',
      en: 'Forced off and started from the hypervisor; live migration is off for it.',
    },
  },
];
