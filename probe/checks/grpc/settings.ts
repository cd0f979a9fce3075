import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { hostNameText } from '#probe/settings-texts.ts';

export const grpcSettings = z.object({
  security: z.enum(['tls', 'plain']).default('tls'),
  port: z.number().int().min(1).max(65_535).default(50_051),
  service: z
    .string()
    .max(300)
    .regex(/^[\w./-]*$/u)
    .default(''),
  hostName: hostNameText(),
  warnMs: z.number().int().min(0).max(60_000).default(0),
  verifyCertificate: onlyWhen(z.boolean().default(true), { security: ['tls'] }),
  warnDays: onlyWhen(z.number().int().min(0).max(365).default(14), { security: ['tls'] }),
});
export type GrpcSettings = z.infer<typeof grpcSettings>;
