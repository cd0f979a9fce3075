import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const heartbeatSettings = z.object({
  periodSeconds: onlyWhen(z.number().int().min(10).max(31_536_000).default(3_600), { cron: [''] }),
  cron: z
    .string()
    .trim()
    .max(100)
    .regex(/^$|^\S+( +\S+){4,5}$/u)
    .default(''),
  timeZone: onlyWhen(z.string().max(60).refine(isTimeZone).default('UTC'), { cron: 'filled' }),
  graceSeconds: z.number().int().min(1).max(604_800).default(300),
  longestRunSeconds: z.number().int().min(0).max(2_592_000).default(0),
});
export type HeartbeatSettings = z.infer<typeof heartbeatSettings>;
