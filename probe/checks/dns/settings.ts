import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';

export const recordTypes = ['A', 'AAAA', 'MX', 'TXT', 'SRV', 'CNAME', 'NS', 'PTR', 'SOA', 'CAA'] as const;
export type RecordType = (typeof recordTypes)[number];

export const dnsSettings = z.object({
  name: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9_.:*-]*$/u)
    .default(''),
  type: z.enum(recordTypes).default('A'),
  server: z
    .string()
    .max(60)
    .regex(/^(?:[0-9a-fA-F.:]*|system)$/u)
    .default(''),
  port: z.number().int().min(1).max(65_535).default(53),
  // Several values, one a line.
  expected: z.string().max(2_500).default(''),
  match: onlyWhen(z.enum(['atLeast', 'exactly', 'pattern']).default('atLeast'), { expected: 'filled' }),
  warnMs: z.number().int().min(0).max(60_000).default(0),
});
export type DnsSettings = z.infer<typeof dnsSettings>;
