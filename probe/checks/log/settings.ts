import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { patternList } from '#probe/web/safe-pattern.ts';

const count = z.number().int().min(0).max(1_000_000);

export const logSettings = z.object({
  source: z.enum(['file', 'journal']).default('file'),
  path: onlyWhen(
    z
      .string()
      .max(1_000)
      .regex(/^\/[^\0\n]*$/u)
      .default('/var/log/syslog'),
    { source: ['file'] },
  ),
  unit: onlyWhen(
    z
      .string()
      .max(200)
      .regex(/^(?:[A-Za-z0-9_:.@\\][A-Za-z0-9_:.@\\*-]*)?$/u)
      .default(''),
    { source: ['journal'] },
  ),
  include: patternList(30),
  exclude: patternList(30),
  degradedFrom: count.default(1),
  downFrom: count.default(0),
  windowMinutes: z.number().int().min(1).max(10_080).default(15),
});
export type LogSettings = z.infer<typeof logSettings>;
