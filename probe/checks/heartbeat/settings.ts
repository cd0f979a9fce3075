import { z } from 'zod';

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const heartbeatSettings = z.object({
  periodSeconds: z.number().int().min(10).max(31_536_000).default(3_600),
  cron: z
    .string()
    .trim()
    .max(100)
    .regex(/^$|^\S+( +\S+){4,5}$/u)
    .default(''),
  timeZone: z.string().max(60).refine(isTimeZone).default('UTC'),
  graceSeconds: z.number().int().min(1).max(604_800).default(300),
  longestRunSeconds: z.number().int().min(0).max(2_592_000).default(0),
});
export type HeartbeatSettings = z.infer<typeof heartbeatSettings>;
