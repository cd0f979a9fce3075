import { z } from 'zod';

export const icmpSettings = z.object({
  packets: z.number().int().min(1).max(20).default(3),
  gapMs: z.number().int().min(100).max(1000).default(200),
  sizeBytes: z.number().int().min(56).max(1472).default(56),
  warnLossPercent: z.number().int().min(0).max(100).default(50),
  warnJitterMs: z.number().int().min(0).max(10_000).default(0),
  warnMs: z.number().int().min(0).max(10_000).default(0),
});
export type IcmpSettings = z.infer<typeof icmpSettings>;
