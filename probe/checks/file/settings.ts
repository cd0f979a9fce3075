import { z } from 'zod';
import { patternText } from '#probe/web/safe-pattern.ts';

const count = z.number().int().min(0).max(1_000_000_000);

export const fileSettings = z.object({
  path: z
    .string()
    .max(1_000)
    .regex(/^\/[^\0\n]*$/u)
    .default('/etc/hostname'),
  namePattern: z
    .string()
    .max(200)
    .regex(/^[^\0\n/]*$/u)
    .default(''),
  presence: z.enum(['present', 'absent']).default('present'),
  ageMaxMinutes: count.default(0),
  ageMinMinutes: count.default(0),
  sizeMin: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  sizeMax: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  leastFiles: count.default(0),
  mostFiles: count.default(0),
  contentPattern: patternText(),
  contentAbsent: patternText(),
  warnChanged: z.boolean().default(false),
});
export type FileSettings = z.infer<typeof fileSettings>;
