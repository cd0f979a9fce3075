import { z } from 'zod';
import { hostNameText } from '#probe/settings-texts.ts';

export const dnssecSettings = z.object({
  zone: hostNameText(),
  name: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9_.*-]*$/u)
    .default(''),
  type: z.enum(['SOA', 'A', 'AAAA', 'MX', 'TXT', 'NS', 'SRV', 'CNAME', 'CAA', 'PTR']).default('SOA'),
  server: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9_.:-]*$/u)
    .default(''),
  port: z.number().int().min(1).max(65_535).default(53),
  anchors: z
    .array(
      z
        .string()
        .max(400)
        // Zone, key tag, algorithm, kind of digest, digest: what a DS record says.
        .regex(/^\s*[A-Za-z0-9_.-]+\s+(?:IN\s+)?(?:DS\s+)?\d{1,5}\s+\d{1,3}\s+[124]\s+[0-9a-fA-F\s]+$/u),
    )
    .max(20)
    .default([]),
  warnDays: z.number().min(0).max(365).default(3),
});
export type DnssecSettings = z.infer<typeof dnssecSettings>;
