import { z } from 'zod';
import { machineFields } from '#probe/machine/machine-settings.ts';
import { upkeepFields } from '#probe/machine/upkeep-needs.ts';

export const linuxHostSettings = z.object({ ...machineFields, ...upkeepFields });
export type LinuxHostSettings = z.infer<typeof linuxHostSettings>;
