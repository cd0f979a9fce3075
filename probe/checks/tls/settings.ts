import { z } from 'zod';

export const tlsSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(443),
  serverName: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9_.-]*$/u)
    .default(''),
  warnDays: z.number().int().min(0).max(365).default(21),
  downDays: z.number().int().min(0).max(365).default(0),
  verifyChain: z.boolean().default(true),
  minProtocol: z.enum(['TLSv1.2', 'TLSv1.3']).default('TLSv1.2'),
});
export type TlsSettings = z.infer<typeof tlsSettings>;
