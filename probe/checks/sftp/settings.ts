import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { secretText } from '#probe/secret-text.ts';
import { hostKeyList } from '#probe/ssh/host-key-setting.ts';

export const sftpSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(22),
  user: z.string().min(1).max(200).default('vigie'),
  password: secretText(1_000),
  privateKey: secretText(4_500),
  passphrase: onlyWhen(secretText(500), { privateKey: 'filled' }),
  hostKeys: hostKeyList(),
  folder: z
    .string()
    .min(1)
    .max(1_000)
    .refine((value) => !value.includes('\0'))
    .default('.'),
  roundTrip: z.boolean().default(false),
  newestMaxMinutes: z.number().int().min(0).max(5_256_000).default(0),
  leastFiles: z.number().int().min(0).max(10_000).default(0),
  warnMs: z.number().int().min(0).max(60_000).default(0),
});
export type SftpSettings = z.infer<typeof sftpSettings>;
