import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { mailServerFields } from '#probe/mail-settings.ts';

export const pop3Settings = z.object({
  ...mailServerFields(995, 'tls'),
  warnMessages: onlyWhen(z.number().int().min(0).max(100_000_000).default(0), { user: 'filled' }),
  warnMs: z.number().int().min(0).max(60_000).default(0),
});
export type Pop3Settings = z.infer<typeof pop3Settings>;
