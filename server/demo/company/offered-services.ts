import type { Service } from '#contract/estate.ts';
import type { CrewKey } from './people.ts';

/** How a service is looked at: a page, a port, a name. */
export type Look =
  | { readonly kind: 'http'; readonly path: string; readonly baseMs: number }
  | { readonly kind: 'tls'; readonly port: number }
  | { readonly kind: 'tcp'; readonly port: number }
  | { readonly kind: 'dns'; readonly name: string };

export interface InventedService {
  readonly name: string;
  readonly summary: string;
  readonly importance: Service['importance'];
  readonly owner: CrewKey;
  /** How many of the staff use it, and from which place in the list on. */
  readonly users: readonly [from: number, count: number];
  /** What it needs, by name; the first host is where it runs. */
  readonly needs: readonly string[];
  /** The host name under which it is asked for. */
  readonly hostName: string;
  readonly looks: readonly Look[];
}

const page = (baseMs: number, path = '/'): Look => ({ kind: 'http', path, baseMs });
const port = (number: number): Look => ({ kind: 'tcp', port: number });
const certificate = (number = 443): Look => ({ kind: 'tls', port: number });

type Line = readonly [
  name: string,
  summary: string,
  importance: Service['importance'],
  owner: CrewKey,
  users: readonly [number, number],
  needs: readonly string[],
  hostName: string,
  looks: readonly Look[],
];

const lines: readonly Line[] = [
  [
    'Annuaire',
    'Comptes et groupes des trois sites',
    'critical',
    'nadia',
    [0, 50],
    ['ldap-01'],
    'ldap',
    [port(636), certificate(636)],
  ],
  [
    'DNS interne',
    'Noms de la maison, premier serveur',
    'critical',
    'karim',
    [0, 50],
    ['ns-01'],
    'ns1',
    [{ kind: 'dns', name: 'intranet.montfleury.example' }],
  ],
  [
    'DNS Montréal',
    'Second name server',
    'high',
    'david',
    [20, 30],
    ['ns-02'],
    'ns2',
    [{ kind: 'dns', name: 'crm.montfleury.example' }],
  ],
  ['Base de la boutique', 'PostgreSQL, primaire', 'high', 'karim', [0, 0], ['db-01'], 'db-01', [port(5432)]],
  ['Base de l’ERP', 'PostgreSQL', 'critical', 'karim', [0, 0], ['db-02'], 'db-02', [port(5432)]],
  ['CRM database', 'PostgreSQL in Montréal', 'high', 'david', [0, 0], ['db-03'], 'db-03', [port(5432)]],
  [
    'ERP',
    'Achats, stocks, comptabilité',
    'critical',
    'amelie',
    [0, 34],
    ['erp-01', 'Base de l’ERP', 'Annuaire'],
    'erp',
    [page(210, '/connexion'), certificate()],
  ],
  [
    'Boutique en ligne',
    'Vente d’instruments et de pièces',
    'critical',
    'sophie',
    [2, 8],
    ['web-02', 'Base de la boutique'],
    'boutique',
    [page(120), certificate()],
  ],
  [
    'Site public',
    'Présentation de la maison, en français et en anglais',
    'normal',
    'sophie',
    [4, 6],
    ['web-02'],
    'www',
    [page(65), certificate()],
  ],
  [
    'Intranet',
    'Actualités, annuaire, modèles, demandes de congé',
    'high',
    'amelie',
    [0, 48],
    ['web-01', 'Base de la boutique', 'Annuaire'],
    'intranet',
    [page(95, '/accueil'), certificate()],
  ],
  [
    'Messagerie',
    'Boîtes aux lettres et envoi',
    'critical',
    'marc',
    [0, 50],
    ['mx-01', 'Annuaire', 'DNS interne'],
    'mail',
    [port(993), port(25), certificate(993)],
  ],
  [
    'Relais de courrier Montréal',
    'Outgoing mail of the workshops',
    'high',
    'jessica',
    [20, 30],
    ['mx-02'],
    'relay',
    [port(25)],
  ],
  ['Fichiers Lyon', 'Partages des services', 'high', 'marc', [0, 28], ['files-01', 'Annuaire'], 'files', [port(445)]],
  [
    'Files Montréal',
    'Workshop shares',
    'high',
    'jessica',
    [22, 26],
    ['mtl-nas-01'],
    'nas',
    [port(445), page(60, '/ui')],
  ],
  [
    'Fichiers Québec',
    'Partage de l’usine pilote',
    'normal',
    'david',
    [30, 12],
    ['qc-files-01'],
    'qc-files',
    [port(445)],
  ],
  [
    'Suivi d’atelier',
    'Bancs d’étalonnage de Québec',
    'high',
    'david',
    [28, 14],
    ['qc-mes-01'],
    'mes',
    [page(80, '/etat')],
  ],
  [
    'CRM',
    'Customers, quotes, service calls',
    'high',
    'jessica',
    [18, 24],
    ['app-01', 'CRM database'],
    'crm',
    [page(150, '/login'), certificate()],
  ],
  [
    'Paie',
    'Bulletins et absences',
    'high',
    'nadia',
    [8, 4],
    ['app-02', 'CRM database'],
    'paie',
    [page(130, '/connexion')],
  ],
  ['Téléphonie', 'Postes SIP des trois sites', 'high', 'jessica', [0, 50], ['voip-01'], 'voip', [port(5060)]],
  ['Accès distant', 'VPN pour le télétravail', 'high', 'karim', [0, 40], ['lyo-fw-01'], 'vpn', [port(443)]],
  ['Sauvegardes', 'Copies de nuit de tous les serveurs', 'high', 'marc', [0, 0], ['bkp-01'], 'backup', [port(8000)]],
  [
    'Forge Git',
    'Code et firmware des instruments',
    'normal',
    'david',
    [14, 12],
    ['git-01', 'Annuaire'],
    'git',
    [page(75, '/explore'), port(22)],
  ],
  ['Impression Lyon', 'Copieurs et traceur', 'low', 'marc', [0, 20], ['lyo-prn-01'], 'print', []],
];

export const services: readonly InventedService[] = lines.map(
  ([name, summary, importance, owner, users, needs, hostName, looks]) => ({
    name,
    summary,
    importance,
    owner,
    users,
    needs,
    hostName,
    looks,
  }),
);
