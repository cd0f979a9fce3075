import { z } from 'zod';
import { machineFields } from '#probe/machine/machine-settings.ts';

export const localHostSettings = z.object(machineFields);
export type LocalHostSettings = z.infer<typeof localHostSettings>;
