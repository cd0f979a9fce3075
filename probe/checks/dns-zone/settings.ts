import { z } from 'zod';
import { hostNameText } from '#probe/settings-texts.ts';

export const dnsZoneSettings = z.object({
  zone: hostNameText(),
  port: z.number().int().min(1).max(65_535).default(53),
  servers: z
    .array(
      z
        .string()
        .max(253)
        .regex(/^[A-Za-z0-9_.:-]+$/u),
    )
    .max(20)
    .default([]),
  maxSerialLag: z.number().int().min(0).max(1_000_000).default(0),
  graceSeconds: z.number().int().min(0).max(86_400).default(300),
  warnMs: z.number().int().min(0).max(60_000).default(0),
});
export type DnsZoneSettings = z.infer<typeof dnsZoneSettings>;
