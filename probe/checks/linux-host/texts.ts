import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { folderWords } from '#probe/machine/growing-folders.ts';
import { machineTexts, type MachineReasons } from '#probe/machine/machine-texts.ts';
import { upkeepTexts, type UpkeepReasons } from '#probe/machine/upkeep-needs.ts';
import { sshTexts, type SshReasons } from '#probe/ssh-reasons.ts';
import type { LinuxHostSettings } from './settings.ts';

export type LinuxHostReasons = ConnectionReasons &
  SshReasons &
  MachineReasons &
  UpkeepReasons & { notLinux: Record<string, never> };

const en: KindTexts<LinuxHostSettings, LinuxHostReasons> = {
  name: 'Linux over SSH',
  description:
    'Processor, load, memory, swap, disks, network, uptime, failed units, updates and a due restart of a Linux host, with nothing installed on it.',
  fields: { ...machineTexts.en.fields, ...upkeepTexts.en.fields },
  metrics: { ...machineTexts.en.metrics, ...upkeepTexts.en.metrics, ...folderWords.en },
  reasons: {
    ...connectionTexts.en,
    ...sshTexts.en,
    ...machineTexts.en.reasons,
    ...upkeepTexts.en.reasons,
    notLinux: () => 'What the host says of itself is not what a Linux host says.',
  },
};

const fr: KindTexts<LinuxHostSettings, LinuxHostReasons> = {
  name: 'Linux par SSH',
  description:
    'Processeur, charge, mémoire, espace d’échange, disques, réseau, durée de marche, unités en échec, mises à jour et redémarrage dû d’un hôte Linux, sans rien y installer.',
  fields: { ...machineTexts.fr.fields, ...upkeepTexts.fr.fields },
  metrics: { ...machineTexts.fr.metrics, ...upkeepTexts.fr.metrics, ...folderWords.fr },
  reasons: {
    ...connectionTexts.fr,
    ...sshTexts.fr,
    ...machineTexts.fr.reasons,
    ...upkeepTexts.fr.reasons,
    notLinux: () => 'Ce que l’hôte dit de lui-même n’est pas ce que dit un hôte Linux.',
  },
};

export const linuxHostTexts = { en, fr };
