import { z } from 'zod';
import { exporterFields } from '#probe/exporter/exporter-settings.ts';
import { machineFields } from '#probe/machine/machine-settings.ts';
import { upkeepFields } from '#probe/machine/upkeep-needs.ts';

export const linuxExporterSettings = z.object({ ...exporterFields(9_100), ...machineFields, ...upkeepFields });
export type LinuxExporterSettings = z.infer<typeof linuxExporterSettings>;
