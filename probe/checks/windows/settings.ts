import { z } from 'zod';
import { exporterFields } from '#probe/exporter/exporter-settings.ts';
import { machineFields } from '#probe/machine/machine-settings.ts';
import { upkeepFields } from '#probe/machine/upkeep-needs.ts';
import { patternList } from '#probe/web/safe-pattern.ts';

// Windows has no load.
const { loadWarnPerCore: _load, ...fields } = machineFields;

export const windowsSettings = z.object({
  ...exporterFields(9_182),
  ...fields,
  ...upkeepFields,
  services: z.array(z.string().min(1).max(200)).max(100).default([]),
  // Started by the clock or by a device, and stopped again by themselves: "automatic" says nothing of these.
  ignoredServices: patternList(100).default([
    'gupdate.*',
    'edgeupdate.*',
    'GoogleUpdater.*',
    'sppsvc',
    'MapsBroker',
    'RemoteRegistry',
    'tiledatamodelsvc',
    'CDPSvc.*',
    'BITS',
    'TrustedInstaller',
    'WbioSrvc',
    'ShellHWDetection',
    'clr_optimization_.*',
    'dbupdate.*',
  ]),
});
export type WindowsSettings = z.infer<typeof windowsSettings>;
