import { z } from 'zod';
import { lineText, mailSecurity } from '#probe/mail-connection.ts';
import { secretText } from '#probe/secret-text.ts';

export const imapSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(993),
  security: mailSecurity.default('tls'),
  serverName: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9_.-]*$/u)
    .default(''),
  verifyCertificate: z.boolean().default(true),
  warnDays: z.number().int().min(0).max(365).default(14),
  user: lineText(254),
  password: secretText(1_000),
  folder: lineText(500),
  warnMessages: z.number().int().min(0).max(100_000_000).default(0),
  warnQuotaPercent: z.number().min(0).max(100).default(90),
  downQuotaPercent: z.number().min(0).max(100).default(100),
  warnMs: z.number().int().min(0).max(60_000).default(0),
});
export type ImapSettings = z.infer<typeof imapSettings>;
