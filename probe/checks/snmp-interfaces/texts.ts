import type { KindTexts } from '#probe/check-kind.ts';
import { limitTexts, type LimitReasons } from '#probe/limit-reasons.ts';
import { snmpFields } from '#probe/snmp/snmp-fields.ts';
import { snmpTexts, type SnmpReasons } from '#probe/snmp/snmp-reasons.ts';
import type { SnmpInterfacesSettings } from './settings.ts';

export type SnmpInterfacesReasons = SnmpReasons &
  LimitReasons & {
    interfaces: { up: number; count: number };
    interfacesDown: { count: number; names: string };
    noInterfaces: { all: number };
  };

const enMetrics = {
  up: 'Interfaces up',
  in: 'Received',
  out: 'Sent',
  use: 'Line in use',
  errors: 'Errors',
  discards: 'Discards',
};
const frMetrics = {
  up: 'Interfaces actives',
  in: 'Reçu',
  out: 'Émis',
  use: 'Ligne occupée',
  errors: 'Erreurs',
  discards: 'Rejets',
};

const en: KindTexts<SnmpInterfacesSettings, SnmpInterfacesReasons> = {
  name: 'SNMP interfaces',
  description: 'State, traffic, errors and discards of the interfaces of a switch, a router or a machine.',
  fields: {
    ...snmpFields.en,
    include: {
      label: 'Interfaces',
      help: 'Names or descriptions (aliases), separated by commas; * and ? stand for any characters.',
    },
    exclude: { label: 'But not', help: 'The same, for interfaces that are left out.' },
    physicalOnly: {
      label: 'Only physical interfaces',
      help: 'Leaves out loopbacks, VLANs and tunnels; keeps Ethernet, Wi-Fi, optics and bundles.',
    },
    mustBeUp: {
      label: 'Must be up',
      help: 'Which interfaces make the check down when they are. “Remembered” stays until the choice of interfaces changes.',
      options: {
        remembered: 'those that were up at first sight',
        pattern: 'those of the pattern',
        none: 'none',
      },
    },
    mustBeUpPattern: { label: 'Pattern for those', help: 'Names or descriptions, separated by commas, with * and ?.' },
    warnUsePercent: {
      label: 'Warn from this use (%)',
      help: 'Degraded when either direction fills more of the line. 0 never warns.',
    },
    warnErrorsPerSecond: { label: 'Warn from errors per second', help: 'Both directions together. 0 never warns.' },
    warnDiscardsPerSecond: {
      label: 'Warn from discards per second',
      help: 'Packets dropped for want of room, both directions together. 0 never warns.',
    },
  },
  metrics: enMetrics,
  reasons: {
    ...snmpTexts.en,
    ...limitTexts('en', enMetrics),
    interfaces: ({ up, count }) => `${up} of ${count} interfaces are up, and all that have to be.`,
    interfacesDown: ({ count, names }) =>
      count === 1 ? `The interface ${names} is down.` : `${count} interfaces are down: ${names}.`,
    noInterfaces: ({ all }) =>
      all === 0 ? 'The agent tells of no interfaces.' : `None of the agent’s ${all} interfaces fits the choice.`,
  },
};

const fr: KindTexts<SnmpInterfacesSettings, SnmpInterfacesReasons> = {
  name: 'Interfaces SNMP',
  description: 'État, trafic, erreurs et rejets des interfaces d’un commutateur, d’un routeur ou d’une machine.',
  fields: {
    ...snmpFields.fr,
    include: {
      label: 'Interfaces',
      help: 'Noms ou descriptions (alias), séparés par des virgules ; * et ? remplacent des caractères quelconques.',
    },
    exclude: { label: 'Mais pas', help: 'De même, pour les interfaces laissées de côté.' },
    physicalOnly: {
      label: 'Interfaces physiques seulement',
      help: 'Laisse de côté boucles locales, VLAN et tunnels ; garde Ethernet, Wi-Fi, optique et agrégats.',
    },
    mustBeUp: {
      label: 'Doivent être actives',
      help: 'Quelles interfaces mettent le contrôle en panne quand elles le sont. « Retenues » vaut jusqu’à ce que le choix d’interfaces change.',
      options: {
        remembered: 'retenues : celles qui étaient actives au premier regard',
        pattern: 'celles du motif',
        none: 'aucune',
      },
    },
    mustBeUpPattern: {
      label: 'Motif pour celles-ci',
      help: 'Noms ou descriptions, séparés par des virgules, avec * et ?.',
    },
    warnUsePercent: {
      label: 'Avertir à partir de cette occupation (%)',
      help: 'Dégradé quand l’un des sens remplit davantage la ligne. 0 n’avertit jamais.',
    },
    warnErrorsPerSecond: {
      label: 'Avertir à partir de ces erreurs par seconde',
      help: 'Les deux sens ensemble. 0 n’avertit jamais.',
    },
    warnDiscardsPerSecond: {
      label: 'Avertir à partir de ces rejets par seconde',
      help: 'Paquets jetés faute de place, les deux sens ensemble. 0 n’avertit jamais.',
    },
  },
  metrics: frMetrics,
  reasons: {
    ...snmpTexts.fr,
    ...limitTexts('fr', frMetrics),
    interfaces: ({ up, count }) => `${up} interfaces sur ${count} sont actives, dont toutes celles qui doivent l’être.`,
    interfacesDown: ({ count, names }) =>
      count === 1 ? `L’interface ${names} est en panne.` : `${count} interfaces sont en panne : ${names}.`,
    noInterfaces: ({ all }) =>
      all === 0
        ? 'L’agent n’annonce aucune interface.'
        : `Aucune des ${all} interfaces de l’agent ne correspond au choix.`,
  },
};

export const snmpInterfacesTexts = { en, fr };
