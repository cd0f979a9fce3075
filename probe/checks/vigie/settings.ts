import { z } from 'zod';

export const vigieSettings = z.object({
  warnLateMs: z.number().int().min(50).max(600_000).default(1_000),
  downLateMs: z.number().int().min(0).max(600_000).default(10_000),
});
export type VigieSettings = z.infer<typeof vigieSettings>;
