import type { Host } from '#contract/estate.ts';
import { sites, type SiteKey } from './sites.ts';

export interface InventedHost {
  readonly name: string;
  readonly site: SiteKey;
  readonly address: string;
  readonly kind: Host['kind'];
  readonly system: string;
  readonly note: string;
  /** What it needs to work, by name. */
  readonly needs: readonly string[];
  /** The unit that matters most on it; such a host is reached over SSH. */
  readonly unit: string | null;
}

type Line = readonly [
  name: string,
  last: number,
  kind: Host['kind'],
  system: string,
  needs: readonly string[],
  unit?: string | undefined,
  note?: string,
];

const debian = 'Debian 12';

const lines: Readonly<Record<SiteKey, readonly Line[]>> = {
  lyon: [
    [
      'lyo-rt-01',
      1,
      'router',
      'RouterOS 7',
      [],
      undefined,
      'Sortie vers Rhône Télécom. Mot de passe de secours au coffre.',
    ],
    ['lyo-fw-01', 2, 'firewall', 'OPNsense 25', ['lyo-rt-01']],
    ['lyo-sw-01', 3, 'switch', 'Cœur de réseau, 48 ports', []],
    ['lyo-sw-02', 4, 'switch', 'Étage 1, 24 ports PoE', ['lyo-sw-01']],
    ['lyo-sw-03', 5, 'switch', 'Étage 2, 24 ports PoE', ['lyo-sw-01']],
    [
      'lyo-san-01',
      9,
      'storage',
      'Baie 24 disques, double contrôleur',
      ['lyo-sw-01'],
      undefined,
      'Pièces : Northshore Systems, contrat NS-7719.',
    ],
    ['lyo-hv-01', 10, 'server', 'Proxmox VE 8', ['lyo-sw-01', 'lyo-san-01'], 'pve-cluster.service'],
    ['lyo-hv-02', 11, 'server', 'Proxmox VE 8', ['lyo-sw-01', 'lyo-san-01'], 'pve-cluster.service'],
    ['web-01', 20, 'virtual', debian, ['lyo-hv-01'], 'nginx.service'],
    ['web-02', 21, 'virtual', debian, ['lyo-hv-02'], 'nginx.service'],
    ['db-01', 30, 'virtual', debian, ['lyo-hv-01'], 'postgresql.service', 'Primaire de la boutique et de l’intranet.'],
    ['db-02', 31, 'virtual', debian, ['lyo-hv-02'], 'postgresql.service', 'Base de l’ERP.'],
    [
      'erp-01',
      32,
      'virtual',
      debian,
      ['lyo-hv-02'],
      'solveo-erp.service',
      'Ne pas redémarrer pendant la clôture mensuelle (du 1 au 3).',
    ],
    ['mx-01', 40, 'virtual', debian, ['lyo-hv-01'], 'postfix.service'],
    ['ns-01', 50, 'virtual', debian, ['lyo-hv-01'], 'named.service'],
    ['ldap-01', 51, 'virtual', debian, ['lyo-hv-02'], 'slapd.service'],
    ['files-01', 60, 'virtual', debian, ['lyo-hv-02', 'lyo-san-01'], 'smbd.service'],
    [
      'bkp-01',
      61,
      'server',
      debian,
      ['lyo-sw-01'],
      'restic-rest-server.service',
      'Dans l’armoire de l’étage 2, loin de la salle serveurs.',
    ],
    ['git-01', 62, 'virtual', debian, ['lyo-hv-01'], 'forgejo.service'],
    ['lyo-prn-01', 80, 'printer', 'Copieur de l’accueil', ['lyo-sw-02']],
    ['lyo-prn-02', 81, 'printer', 'Traceur du bureau d’études', ['lyo-sw-03']],
    [
      'lyo-ups-01',
      90,
      'other',
      'Onduleur 6 kVA',
      ['lyo-sw-01'],
      undefined,
      'Batteries changées en mai ; autonomie mesurée 22 min.',
    ],
  ],
  montreal: [
    ['mtl-rt-01', 1, 'router', 'RouterOS 7', []],
    ['mtl-fw-01', 2, 'firewall', 'OPNsense 25', ['mtl-rt-01']],
    ['mtl-sw-01', 3, 'switch', 'Core, 48 ports', []],
    ['mtl-sw-02', 4, 'switch', 'Workshop, 24 ports PoE', ['mtl-sw-01']],
    [
      'mtl-wan-01',
      8,
      'router',
      'Liaison Montréal–Québec',
      ['mtl-rt-01'],
      undefined,
      'Entretenu par Laurentides Réseaux : +1 514 555-0142, contrat LR-2201-Q.',
    ],
    ['mtl-nas-01', 9, 'storage', 'TrueNAS 24', ['mtl-sw-01']],
    ['mtl-hv-01', 10, 'server', 'Proxmox VE 8', ['mtl-sw-01'], 'pve-cluster.service'],
    ['app-01', 20, 'virtual', debian, ['mtl-hv-01'], 'crm.service'],
    [
      'app-02',
      21,
      'virtual',
      debian,
      ['mtl-hv-01'],
      'paie.service',
      'Données de paie : accès restreint, demander à Nadia.',
    ],
    ['db-03', 30, 'virtual', debian, ['mtl-hv-01'], 'postgresql.service'],
    ['mx-02', 40, 'virtual', debian, ['mtl-hv-01'], 'postfix.service'],
    ['ns-02', 50, 'virtual', debian, ['mtl-hv-01'], 'named.service'],
    ['voip-01', 55, 'virtual', debian, ['mtl-hv-01'], 'asterisk.service'],
    ['mtl-prn-01', 80, 'printer', 'Front office printer', ['mtl-sw-02']],
  ],
  quebec: [
    ['qc-sw-01', 3, 'switch', '24 ports PoE', []],
    [
      'qc-mes-01',
      10,
      'server',
      debian,
      ['qc-sw-01'],
      'mes.service',
      'Pilote les bancs d’étalonnage. Arrêt seulement avec l’accord de l’atelier.',
    ],
    ['qc-files-01', 11, 'server', debian, ['qc-sw-01'], 'smbd.service'],
    ['qc-prn-01', 80, 'printer', 'Imprimante d’étiquettes', ['qc-sw-01']],
    ['qc-cam-01', 85, 'other', 'Enregistreur de caméras', ['qc-sw-01']],
    ['qc-pc-07', 107, 'workstation', 'Poste du banc n° 3', ['qc-sw-01']],
  ],
};

/** The road to Québec: when it is cut, nothing there can be reached. */
export const linkToQuebec = 'mtl-wan-01';

export const hosts: readonly InventedHost[] = sites.flatMap(({ key, network }) =>
  lines[key].map(([name, last, kind, system, needs, unit, note]) => ({
    name,
    site: key,
    address: `${network}${last}`,
    kind,
    system,
    note: note ?? '',
    needs,
    unit: unit ?? null,
  })),
);
