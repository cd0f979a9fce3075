import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { lineText, mailSecurity } from '#probe/mail-connection.ts';
import { secretText } from '#probe/secret-text.ts';

export const imapSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(993),
  security: mailSecurity.default('tls'),
  serverName: onlyWhen(
    z
      .string()
      .max(253)
      .regex(/^[A-Za-z0-9_.-]*$/u)
      .default(''),
    { security: ['tls', 'starttls'] },
  ),
  verifyCertificate: onlyWhen(z.boolean().default(true), { security: ['tls', 'starttls'] }),
  warnDays: onlyWhen(z.number().int().min(0).max(365).default(14), { security: ['tls', 'starttls'] }),
  user: lineText(254),
  password: onlyWhen(secretText(1_000), { user: 'filled' }),
  folder: onlyWhen(lineText(500), { user: 'filled' }),
  warnMessages: onlyWhen(z.number().int().min(0).max(100_000_000).default(0), { user: 'filled' }),
  warnQuotaPercent: onlyWhen(z.number().min(0).max(100).default(90), { user: 'filled' }),
  downQuotaPercent: onlyWhen(z.number().min(0).max(100).default(100), { user: 'filled' }),
  warnMs: z.number().int().min(0).max(60_000).default(0),
});
export type ImapSettings = z.infer<typeof imapSettings>;
