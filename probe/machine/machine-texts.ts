import type { Language } from '#contract/words.ts';
import type { FieldText } from '../check-kind.ts';
import { numberText, percentText } from '../number-text.ts';
import type { MachineSettings } from './machine-settings.ts';

/** What can be wrong with a machine, wherever its state was read. */
export type MachineReasons = {
  well: { memoryPercent: number; diskPercent: number; diskPath: string };
  cpuHigh: { percent: number; limit: number };
  loadHigh: { load: number; cores: number };
  memoryHigh: { percent: number; limit: number };
  swapHigh: { percent: number; limit: number };
  diskFull: { path: string; percent: number; limit: number };
  inodesFull: { path: string; percent: number; limit: number };
  unitsFailed: { count: number; units: string };
};

interface MachineTexts {
  readonly fields: { readonly [Field in keyof MachineSettings]: FieldText };
  readonly metrics: Readonly<Record<string, string>>;
  readonly reasons: { readonly [Code in keyof MachineReasons]: (data: MachineReasons[Code]) => string };
}

/** The words for the state of a machine, to be spread into a kind's own. */
export const machineTexts: Readonly<Record<Language, MachineTexts>> = {
  en: {
    fields: {
      cpuWarnPercent: {
        label: 'Warn from processor use (%)',
        help: 'Degraded above. 0 never warns: a busy processor is doing its work.',
      },
      loadWarnPerCore: {
        label: 'Warn from load per core',
        help: 'Degraded when the load of fifteen minutes, divided by the cores, is above. 0 never warns.',
      },
      memoryWarnPercent: { label: 'Warn from memory use (%)', help: 'Memory that programs cannot get. 0 never warns.' },
      memoryDownPercent: { label: 'Down from memory use (%)', help: 'Just before the kernel ends programs. 0 never.' },
      swapWarnPercent: { label: 'Warn from swap use (%)', help: 'Degraded above. 0 never warns.' },
      diskWarnPercent: { label: 'Warn from disk use (%)', help: 'Space or inodes of any file system. 0 never warns.' },
      diskDownPercent: { label: 'Down from disk use (%)', help: 'Space or inodes of any file system. 0 never.' },
      warnFailedUnits: { label: 'Warn of failed units', help: 'Degraded while systemd counts a unit as failed.' },
    },
    metrics: {
      cpu: 'Processor',
      ioWait: 'Waiting for disks',
      steal: 'Taken by the host',
      load1: 'Load, 1 min',
      load5: 'Load, 5 min',
      load15: 'Load, 15 min',
      memory: 'Memory',
      swap: 'Swap',
      disk: 'Disk space',
      inodes: 'Inodes',
      diskRead: 'Disk reading',
      diskWrite: 'Disk writing',
      diskBusy: 'Disk busy',
      netIn: 'Network in',
      netOut: 'Network out',
      uptime: 'Uptime',
      failedUnits: 'Failed units',
    },
    reasons: {
      well: ({ memoryPercent, diskPercent, diskPath }) =>
        `All is well: memory ${percentText('en', memoryPercent)}, fullest disk ${diskPath} ${percentText('en', diskPercent)}.`,
      cpuHigh: ({ percent, limit }) =>
        `The processor is ${percentText('en', percent)} busy (limit ${percentText('en', limit)}).`,
      loadHigh: ({ load, cores }) =>
        `The load is ${numberText('en', load, 1)} on ${cores} ${cores === 1 ? 'core' : 'cores'}.`,
      memoryHigh: ({ percent, limit }) =>
        `${percentText('en', percent)} of the memory is used (limit ${percentText('en', limit)}).`,
      swapHigh: ({ percent, limit }) =>
        `${percentText('en', percent)} of the swap is used (limit ${percentText('en', limit)}).`,
      diskFull: ({ path, percent, limit }) =>
        `${path} is ${percentText('en', percent)} full (limit ${percentText('en', limit)}).`,
      inodesFull: ({ path, percent, limit }) =>
        `${percentText('en', percent)} of the inodes of ${path} are used (limit ${percentText('en', limit)}).`,
      unitsFailed: ({ count, units }) => `${count} failed ${count === 1 ? 'unit' : 'units'}: ${units}.`,
    },
  },
  fr: {
    fields: {
      cpuWarnPercent: {
        label: 'Avertir à partir de cet usage du processeur (%)',
        help: 'Dégradé au-dessus. 0 n’avertit jamais : un processeur occupé fait son travail.',
      },
      loadWarnPerCore: {
        label: 'Avertir à partir de cette charge par cœur',
        help: 'Dégradé quand la charge sur quinze minutes, divisée par les cœurs, est au-dessus. 0 n’avertit jamais.',
      },
      memoryWarnPercent: {
        label: 'Avertir à partir de cet usage de la mémoire (%)',
        help: 'Mémoire que les programmes ne peuvent plus obtenir. 0 n’avertit jamais.',
      },
      memoryDownPercent: {
        label: 'En panne à partir de cet usage de la mémoire (%)',
        help: 'Juste avant que le noyau n’arrête des programmes. 0 : jamais.',
      },
      swapWarnPercent: {
        label: 'Avertir à partir de cet usage de l’espace d’échange (%)',
        help: 'Dégradé au-dessus. 0 n’avertit jamais.',
      },
      diskWarnPercent: {
        label: 'Avertir à partir de cette occupation des disques (%)',
        help: 'Espace ou inodes de n’importe quel système de fichiers. 0 n’avertit jamais.',
      },
      diskDownPercent: {
        label: 'En panne à partir de cette occupation des disques (%)',
        help: 'Espace ou inodes de n’importe quel système de fichiers. 0 : jamais.',
      },
      warnFailedUnits: {
        label: 'Avertir des unités en échec',
        help: 'Dégradé tant que systemd compte une unité en échec.',
      },
    },
    metrics: {
      cpu: 'Processeur',
      ioWait: 'Attente des disques',
      steal: 'Pris par l’hyperviseur',
      load1: 'Charge, 1 min',
      load5: 'Charge, 5 min',
      load15: 'Charge, 15 min',
      memory: 'Mémoire',
      swap: 'Espace d’échange',
      disk: 'Espace disque',
      inodes: 'Inodes',
      diskRead: 'Lecture disque',
      diskWrite: 'Écriture disque',
      diskBusy: 'Disque occupé',
      netIn: 'Réseau, entrée',
      netOut: 'Réseau, sortie',
      uptime: 'Durée de marche',
      failedUnits: 'Unités en échec',
    },
    reasons: {
      well: ({ memoryPercent, diskPercent, diskPath }) =>
        `Tout va bien : mémoire ${percentText('fr', memoryPercent)}, disque le plus plein ${diskPath} ${percentText('fr', diskPercent)}.`,
      cpuHigh: ({ percent, limit }) =>
        `Le processeur est occupé à ${percentText('fr', percent)} (limite ${percentText('fr', limit)}).`,
      loadHigh: ({ load, cores }) =>
        `La charge est de ${numberText('fr', load, 1)} sur ${cores} ${cores < 2 ? 'cœur' : 'cœurs'}.`,
      memoryHigh: ({ percent, limit }) =>
        `La mémoire est utilisée à ${percentText('fr', percent)} (limite ${percentText('fr', limit)}).`,
      swapHigh: ({ percent, limit }) =>
        `L’espace d’échange est utilisé à ${percentText('fr', percent)} (limite ${percentText('fr', limit)}).`,
      diskFull: ({ path, percent, limit }) =>
        `${path} est plein à ${percentText('fr', percent)} (limite ${percentText('fr', limit)}).`,
      inodesFull: ({ path, percent, limit }) =>
        `Les inodes de ${path} sont utilisés à ${percentText('fr', percent)} (limite ${percentText('fr', limit)}).`,
      unitsFailed: ({ count, units }) => `${count} ${count < 2 ? 'unité' : 'unités'} en échec : ${units}.`,
    },
  },
};
