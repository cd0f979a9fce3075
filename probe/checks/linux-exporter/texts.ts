import type { KindTexts } from '#probe/check-kind.ts';
import { exporterFieldTexts, exporterReasonTexts, type ExporterReasons } from '#probe/exporter/exporter-texts.ts';
import { machineTexts, type MachineReasons } from '#probe/machine/machine-texts.ts';
import { upkeepTexts, type UpkeepReasons } from '#probe/machine/upkeep-needs.ts';
import type { LinuxExporterSettings } from './settings.ts';

export type LinuxExporterReasons = ExporterReasons &
  MachineReasons &
  UpkeepReasons & { notNode: Record<string, never> };

const en: KindTexts<LinuxExporterSettings, LinuxExporterReasons> = {
  name: 'Linux by node exporter',
  description:
    'Processor, load, memory, swap, disks, network, uptime, failed units and updates of a Linux host, from its node exporter.',
  fields: { ...exporterFieldTexts.en, ...machineTexts.en.fields, ...upkeepTexts.en.fields },
  metrics: {
    ...machineTexts.en.metrics,
    ...upkeepTexts.en.metrics,
    scrape: 'Time to read',
    samples: 'Samples',
    size: 'Size',
  },
  reasons: {
    ...exporterReasonTexts.en,
    ...machineTexts.en.reasons,
    ...upkeepTexts.en.reasons,
    notNode: () => 'The page has metrics, but not those of a node exporter.',
  },
};

const fr: KindTexts<LinuxExporterSettings, LinuxExporterReasons> = {
  name: 'Linux par node exporter',
  description:
    'Processeur, charge, mémoire, espace d’échange, disques, réseau, durée de marche, unités en échec et mises à jour d’un hôte Linux, lus dans son node exporter.',
  fields: { ...exporterFieldTexts.fr, ...machineTexts.fr.fields, ...upkeepTexts.fr.fields },
  metrics: {
    ...machineTexts.fr.metrics,
    ...upkeepTexts.fr.metrics,
    scrape: 'Temps de lecture',
    samples: 'Échantillons',
    size: 'Taille',
  },
  reasons: {
    ...exporterReasonTexts.fr,
    ...machineTexts.fr.reasons,
    ...upkeepTexts.fr.reasons,
    notNode: () => 'La page a des métriques, mais pas celles d’un node exporter.',
  },
};

export const linuxExporterTexts = { en, fr };
