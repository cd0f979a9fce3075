import { z } from 'zod';

export const ntpSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(123),
  warnOffsetMs: z.number().min(0).max(86_400_000).default(100),
  downOffsetMs: z.number().min(0).max(86_400_000).default(1_000),
  maxStratum: z.number().int().min(1).max(15).default(15),
  warnDistanceMs: z.number().min(0).max(16_000).default(1_500),
});
export type NtpSettings = z.infer<typeof ntpSettings>;
