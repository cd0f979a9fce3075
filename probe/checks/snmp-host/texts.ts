import type { KindTexts } from '#probe/check-kind.ts';
import { limitTexts, type LimitReasons } from '#probe/limit-reasons.ts';
import { percentText } from '#probe/number-text.ts';
import { snmpFields } from '#probe/snmp/snmp-fields.ts';
import { snmpTexts, type SnmpReasons } from '#probe/snmp/snmp-reasons.ts';
import type { SnmpHostSettings } from './settings.ts';

export type SnmpHostReasons = SnmpReasons &
  LimitReasons & {
    /** Percent; -1 where the agent does not tell. */
    hostFine: { cpu: number; memory: number; disk: number; diskName: string };
    noHostTable: Record<string, never>;
  };

const enMetrics = {
  cpu: 'Processor',
  core: 'Processor core',
  memory: 'Memory used',
  swap: 'Swap used',
  disk: 'Disk used',
  diskRead: 'Disk read',
  diskWrite: 'Disk written',
  load1: 'Load, 1 min',
  load5: 'Load, 5 min',
  load15: 'Load, 15 min',
  processes: 'Processes',
  users: 'Users signed in',
  uptime: 'Running for',
};
const frMetrics = {
  cpu: 'Processeur',
  core: 'Cœur de processeur',
  memory: 'Mémoire occupée',
  swap: 'Échange occupé',
  disk: 'Disque occupé',
  diskRead: 'Lecture sur disque',
  diskWrite: 'Écriture sur disque',
  load1: 'Charge, 1 min',
  load5: 'Charge, 5 min',
  load15: 'Charge, 15 min',
  processes: 'Processus',
  users: 'Utilisateurs connectés',
  uptime: 'En marche depuis',
};

const en: KindTexts<SnmpHostSettings, SnmpHostReasons> = {
  name: 'SNMP machine',
  description: 'Processors, memory, disks, load and processes of a machine, by its SNMP agent.',
  fields: {
    ...snmpFields.en,
    warnCpuPercent: { label: 'Warn: processor (%)', help: 'Degraded above; mean of all cores. 0 never warns.' },
    warnMemoryPercent: { label: 'Warn: memory (%)', help: 'Degraded above; without caches. 0 never warns.' },
    downMemoryPercent: { label: 'Down: memory (%)', help: 'Down above. 0: never.' },
    warnSwapPercent: { label: 'Warn: swap (%)', help: 'Degraded above. 0 never warns.' },
    warnDiskPercent: { label: 'Warn: disk (%)', help: 'Degraded when any disk is fuller. 0 never warns.' },
    downDiskPercent: { label: 'Down: disk (%)', help: 'Down when any disk is fuller. 0: never.' },
    diskExclude: { label: 'Disks left out', help: 'Names or mount points, separated by commas, with * and ?.' },
    warnLoad: { label: 'Warn: load', help: 'Degraded when the load of five minutes is above. 0 never warns.' },
  },
  metrics: enMetrics,
  reasons: {
    ...snmpTexts.en,
    ...limitTexts('en', enMetrics),
    hostFine: ({ cpu, memory, disk, diskName }) =>
      [
        cpu < 0 ? '' : `Processor ${percentText('en', cpu)}`,
        memory < 0 ? '' : `memory ${percentText('en', memory)}`,
        disk < 0 ? '' : `fullest disk ${diskName} ${percentText('en', disk)}`,
      ]
        .filter((part) => part !== '')
        .join(', ')
        .concat('.'),
    noHostTable: () =>
      'The agent answers but tells neither of processors nor of memory nor of disks: it has no HOST-RESOURCES-MIB, or its view hides it.',
  },
};

const fr: KindTexts<SnmpHostSettings, SnmpHostReasons> = {
  name: 'Machine SNMP',
  description: 'Processeurs, mémoire, disques, charge et processus d’une machine, par son agent SNMP.',
  fields: {
    ...snmpFields.fr,
    warnCpuPercent: {
      label: 'Avertir : processeur (%)',
      help: 'Dégradé au-dessus ; moyenne de tous les cœurs. 0 n’avertit jamais.',
    },
    warnMemoryPercent: {
      label: 'Avertir : mémoire (%)',
      help: 'Dégradé au-dessus ; sans les caches. 0 n’avertit jamais.',
    },
    downMemoryPercent: { label: 'En panne : mémoire (%)', help: 'En panne au-dessus. 0 : jamais.' },
    warnSwapPercent: { label: 'Avertir : échange (%)', help: 'Dégradé au-dessus. 0 n’avertit jamais.' },
    warnDiskPercent: {
      label: 'Avertir : disque (%)',
      help: 'Dégradé quand un disque est plus plein. 0 n’avertit jamais.',
    },
    downDiskPercent: { label: 'En panne : disque (%)', help: 'En panne quand un disque est plus plein. 0 : jamais.' },
    diskExclude: {
      label: 'Disques laissés de côté',
      help: 'Noms ou points de montage, séparés par des virgules, avec * et ?.',
    },
    warnLoad: {
      label: 'Avertir : charge',
      help: 'Dégradé quand la charge de cinq minutes est au-dessus. 0 n’avertit jamais.',
    },
  },
  metrics: frMetrics,
  reasons: {
    ...snmpTexts.fr,
    ...limitTexts('fr', frMetrics),
    hostFine: ({ cpu, memory, disk, diskName }) =>
      [
        cpu < 0 ? '' : `Processeur ${percentText('fr', cpu)}`,
        memory < 0 ? '' : `mémoire ${percentText('fr', memory)}`,
        disk < 0 ? '' : `disque le plus plein ${diskName} ${percentText('fr', disk)}`,
      ]
        .filter((part) => part !== '')
        .join(', ')
        .concat('.'),
    noHostTable: () =>
      'L’agent répond mais ne parle ni de processeurs, ni de mémoire, ni de disques : il n’a pas la HOST-RESOURCES-MIB, ou sa vue la cache.',
  },
};

export const snmpHostTexts = { en, fr };
