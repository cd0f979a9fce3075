import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { secretText } from '#probe/secret-text.ts';
import { hostNameText } from '#probe/settings-texts.ts';

const path = z
  .string()
  .min(1)
  .max(1_000)
  // A line break would begin another command.
  .regex(/^[^\r\n\0]+$/u);

export const ftpSettings = z.object({
  port: z.number().int().min(0).max(65_535).default(0),
  security: z.enum(['none', 'explicit', 'implicit']).default('none'),
  user: z
    .string()
    .max(200)
    .regex(/^[^\r\n\0]*$/u)
    .default('anonymous'),
  password: secretText(1_000),
  hostName: onlyWhen(hostNameText(), { security: ['explicit', 'implicit'] }),
  verifyCertificate: onlyWhen(z.boolean().default(true), { security: ['explicit', 'implicit'] }),
  folder: path.default('.'),
  roundTrip: z.boolean().default(false),
  newestMaxMinutes: z.number().int().min(0).max(5_256_000).default(0),
  leastFiles: z.number().int().min(0).max(10_000).default(0),
  warnMs: z.number().int().min(0).max(60_000).default(0),
  warnDays: onlyWhen(z.number().int().min(0).max(365).default(14), { security: ['explicit', 'implicit'] }),
});
export type FtpSettings = z.infer<typeof ftpSettings>;
