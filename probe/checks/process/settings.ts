import { z } from 'zod';
import { patternText } from '#probe/web/safe-pattern.ts';

const count = z.number().int().min(0).max(1_000_000);

export const processSettings = z.object({
  name: z.string().max(200).default('sshd'),
  pattern: patternText(),
  user: z
    .string()
    .max(64)
    .regex(/^[A-Za-z0-9_.@-]*\$?$/u)
    .default(''),
  least: count.default(1),
  most: count.default(0),
  cpuWarnPercent: z.number().int().min(0).max(100_000).default(0),
  memoryWarnMiB: count.default(0),
  memoryDownMiB: count.default(0),
  oldestMaxHours: count.default(0),
});
export type ProcessSettings = z.infer<typeof processSettings>;
