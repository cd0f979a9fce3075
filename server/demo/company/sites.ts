/*
 * The invented company: Montfleury makes measuring instruments in Lyon, Montréal and Québec. Its addresses are those that
 * are reserved for documentation (RFC 5737, RFC 2606): they belong to nobody, and no check can reach anybody by them.
 */

export const companyDomain = 'montfleury.example';

export type SiteKey = 'lyon' | 'montreal' | 'quebec';

export interface InventedSite {
  readonly key: SiteKey;
  readonly name: string;
  readonly place: string;
  readonly note: string;
  /** What every address of the site begins with. */
  readonly network: string;
  /** Hours that its clocks are ahead of UTC, near enough for the rhythm of its days. */
  readonly hoursAhead: number;
  /** How long a packet takes from Lyon, where this Vigie is said to stand, and back. */
  readonly distanceMs: number;
}

export const sites: readonly InventedSite[] = [
  {
    key: 'lyon',
    name: 'Lyon',
    place: '14 quai Rambaud, 69002 Lyon, France',
    note: 'Siège. Salle serveurs au sous-sol, badge obligatoire ; le double des clés est à l’accueil.',
    network: '192.0.2.',
    hoursAhead: 1,
    distanceMs: 0.4,
  },
  {
    key: 'montreal',
    name: 'Montréal',
    place: '1200, rue Saint-Patrick, Montréal (Québec), Canada',
    note: 'Atelier et bureaux d’Amérique du Nord. Server room on the second floor; ask Jessica for the key.',
    network: '198.51.100.',
    hoursAhead: -5,
    distanceMs: 86,
  },
  {
    key: 'quebec',
    name: 'Québec',
    place: '455, rue du Parvis, Québec (Québec), Canada',
    note: 'Usine pilote, 14 personnes. Une seule liaison, par Montréal.',
    network: '203.0.113.',
    hoursAhead: -5,
    distanceMs: 95,
  },
];

export interface InventedSupplier {
  readonly name: string;
  readonly phone: string;
  readonly mail: string;
  readonly contract: string;
}

// Telephone numbers are from the ranges that are kept for fiction: 01 99 00 (France), 555-01 (Canada).
export const suppliers: readonly InventedSupplier[] = [
  {
    name: 'Rhône Télécom',
    phone: '+33 1 99 00 12 40',
    mail: 'support@rhonetelecom.example',
    contract: 'Fibre dédiée Lyon, GTR 4 h, n° RT-48213, jusqu’au 31 mars 2028',
  },
  {
    name: 'Laurentides Réseaux',
    phone: '+1 514 555-0142',
    mail: 'noc@laurentides-reseaux.example',
    contract: 'Liaison Montréal–Québec, GTR 8 h ouvrées, n° LR-2201-Q',
  },
  {
    name: 'Bureautique Bellecour',
    phone: '+33 1 99 00 31 07',
    mail: 'sav@bellecour.example',
    contract: 'Copieurs de Lyon : entretien et consommables, forfait à la page',
  },
  {
    name: 'Northshore Systems',
    phone: '+1 438 555-0119',
    mail: 'service@northshore.example',
    contract: 'Hypervisors and storage: next business day parts, contract NS-7719',
  },
  {
    name: 'Solveo ERP',
    phone: '+33 1 99 00 77 52',
    mail: 'assistance@solveo.example',
    contract: 'Maintenance applicative de l’ERP, astreinte en clôture mensuelle',
  },
  {
    name: 'Certia',
    phone: '+33 1 99 00 45 18',
    mail: 'contact@certia.example',
    contract: 'Certificats TLS, compte 60418, renouvellement à 90 jours',
  },
  {
    name: 'Boréal Téléphonie',
    phone: '+1 418 555-0176',
    mail: 'soutien@boreal-tel.example',
    contract: 'Lignes SIP des trois sites, soutien 24 h sur 24',
  },
];
