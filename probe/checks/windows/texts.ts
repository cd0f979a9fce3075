import type { KindTexts } from '#probe/check-kind.ts';
import { exporterFieldTexts, exporterReasonTexts, type ExporterReasons } from '#probe/exporter/exporter-texts.ts';
import { machineTexts, type MachineReasons } from '#probe/machine/machine-texts.ts';
import { upkeepTexts, type UpkeepReasons } from '#probe/machine/upkeep-needs.ts';
import type { WindowsSettings } from './settings.ts';

export type WindowsReasons = ExporterReasons & MachineReasons & UpkeepReasons & { notWindows: Record<string, never> };

const { loadWarnPerCore: _enLoad, ...enFields } = machineTexts.en.fields;
const { loadWarnPerCore: _frLoad, ...frFields } = machineTexts.fr.fields;

const en: KindTexts<WindowsSettings, WindowsReasons> = {
  name: 'Windows',
  description:
    'Processor, memory, paging, disks, network, uptime, services and updates of a Windows host, from its windows_exporter.',
  fields: {
    ...exporterFieldTexts.en,
    ...enFields,
    warnFailedUnits: {
      label: 'Warn of stopped services',
      help: 'Degraded while a service that starts by itself does not run.',
    },
    ...upkeepTexts.en.fields,
    services: {
      label: 'Services that have to run',
      help: 'By their short name, whatever their start mode.',
    },
    ignoredServices: {
      label: 'Services to leave out',
      help: 'Patterns of services that start by themselves and may stop again.',
    },
  },
  metrics: {
    ...machineTexts.en.metrics,
    failedUnits: 'Stopped services',
    ...upkeepTexts.en.metrics,
    scrape: 'Time to read',
    samples: 'Samples',
    size: 'Size',
  },
  reasons: {
    ...exporterReasonTexts.en,
    ...machineTexts.en.reasons,
    unitsFailed: ({ count, units }) =>
      `${count === 1 ? 'A service that should run is stopped' : `${count} services that should run are stopped`}: ${units}.`,
    ...upkeepTexts.en.reasons,
    notWindows: () => 'The page has metrics, but lacks the processor and memory of a windows_exporter.',
  },
};

const fr: KindTexts<WindowsSettings, WindowsReasons> = {
  name: 'Windows',
  description:
    'Processeur, mémoire, fichier d’échange, disques, réseau, durée de marche, services et mises à jour d’un hôte Windows, lus dans son windows_exporter.',
  fields: {
    ...exporterFieldTexts.fr,
    ...frFields,
    warnFailedUnits: {
      label: 'Avertir des services arrêtés',
      help: 'Dégradé tant qu’un service à démarrage automatique n’est pas en marche.',
    },
    ...upkeepTexts.fr.fields,
    services: {
      label: 'Services qui doivent tourner',
      help: 'Par leur nom court, quel que soit leur mode de démarrage.',
    },
    ignoredServices: {
      label: 'Services laissés de côté',
      help: 'Motifs de services automatiques qui peuvent s’arrêter d’eux-mêmes.',
    },
  },
  metrics: {
    ...machineTexts.fr.metrics,
    failedUnits: 'Services arrêtés',
    ...upkeepTexts.fr.metrics,
    scrape: 'Temps de lecture',
    samples: 'Échantillons',
    size: 'Taille',
  },
  reasons: {
    ...exporterReasonTexts.fr,
    ...machineTexts.fr.reasons,
    unitsFailed: ({ count, units }) =>
      `${count === 1 ? 'Un service qui devrait tourner est arrêté' : `${count} services qui devraient tourner sont arrêtés`} : ${units}.`,
    ...upkeepTexts.fr.reasons,
    notWindows: () => 'La page a des métriques, mais ni le processeur ni la mémoire d’un windows_exporter.',
  },
};

export const windowsTexts = { en, fr };
