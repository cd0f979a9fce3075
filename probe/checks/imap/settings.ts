import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { lineText } from '#probe/mail-connection.ts';
import { mailServerFields } from '#probe/mail-settings.ts';

export const imapSettings = z.object({
  ...mailServerFields(993, 'tls'),
  folder: onlyWhen(lineText(500), { user: 'filled' }),
  warnMessages: onlyWhen(z.number().int().min(0).max(100_000_000).default(0), { user: 'filled' }),
  warnQuotaPercent: onlyWhen(z.number().min(0).max(100).default(90), { user: 'filled' }),
  downQuotaPercent: onlyWhen(z.number().min(0).max(100).default(100), { user: 'filled' }),
  warnMs: z.number().int().min(0).max(60_000).default(0),
});
export type ImapSettings = z.infer<typeof imapSettings>;
