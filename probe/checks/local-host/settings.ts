import { z } from 'zod';

const percent = z.number().int().min(0).max(100);

export const localHostSettings = z.object({
  cpuWarnPercent: percent.default(0),
  loadWarnPerCore: z.number().min(0).max(1000).default(8),
  memoryWarnPercent: percent.default(90),
  memoryDownPercent: percent.default(98),
  swapWarnPercent: percent.default(80),
  diskWarnPercent: percent.default(90),
  diskDownPercent: percent.default(97),
  warnFailedUnits: z.boolean().default(true),
});
export type LocalHostSettings = z.infer<typeof localHostSettings>;
