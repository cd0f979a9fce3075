import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
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
  ageMaxMinutes: onlyWhen(count.default(0), { presence: ['present'] }),
  ageMinMinutes: onlyWhen(count.default(0), { presence: ['present'] }),
  sizeMin: onlyWhen(z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0), { presence: ['present'] }),
  sizeMax: onlyWhen(z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0), { presence: ['present'] }),
  leastFiles: onlyWhen(count.default(0), { presence: ['present'] }),
  mostFiles: onlyWhen(count.default(0), { presence: ['present'] }),
  contentPattern: onlyWhen(patternText(), { presence: ['present'] }),
  contentAbsent: onlyWhen(patternText(), { presence: ['present'] }),
  warnChanged: onlyWhen(z.boolean().default(false), { presence: ['present'] }),
});
export type FileSettings = z.infer<typeof fileSettings>;
