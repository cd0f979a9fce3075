import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { machineTexts, type MachineReasons } from '#probe/machine/machine-texts.ts';
import type { LocalHostSettings } from './settings.ts';

export type LocalHostReasons = ConnectionReasons & MachineReasons & { unreadable: { message: string } };

const en: KindTexts<LocalHostSettings, LocalHostReasons> = {
  name: 'This machine',
  description: 'Processor, load, memory, swap, disks, network, uptime and failed units of the machine Vigie runs on.',
  fields: machineTexts.en.fields,
  metrics: machineTexts.en.metrics,
  reasons: {
    ...connectionTexts.en,
    ...machineTexts.en.reasons,
    unreadable: ({ message }) => `The state of this machine cannot be read: ${message}`,
  },
};

const fr: KindTexts<LocalHostSettings, LocalHostReasons> = {
  name: 'Cette machine',
  description:
    'Processeur, charge, mémoire, espace d’échange, disques, réseau, durée de marche et unités en échec de la machine où tourne Vigie.',
  fields: machineTexts.fr.fields,
  metrics: machineTexts.fr.metrics,
  reasons: {
    ...connectionTexts.fr,
    ...machineTexts.fr.reasons,
    unreadable: ({ message }) => `L’état de cette machine ne peut pas être lu : ${message}`,
  },
};

export const localHostTexts = { en, fr };
