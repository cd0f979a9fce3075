import { z } from 'zod';

export const dhcpSettings = z.object({
  interface: z
    .string()
    .max(15)
    .regex(/^[A-Za-z0-9_.:@-]*$/u)
    .default(''),
  servers: z
    .array(
      z
        .string()
        .max(15)
        .regex(/^\d{1,3}(?:\.\d{1,3}){3}$/u),
    )
    .max(20)
    .default([]),
  listenMs: z.number().int().min(500).max(30_000).default(3_000),
  rogue: z.enum(['down', 'degraded', 'ignore']).default('down'),
  expectedRouter: z
    .string()
    .max(15)
    .regex(/^(?:\d{1,3}(?:\.\d{1,3}){3})?$/u)
    .default(''),
});
export type DhcpSettings = z.infer<typeof dhcpSettings>;
