import { z } from 'zod';
import { lineText, mailSecurity } from '#probe/mail-connection.ts';
import { secretText } from '#probe/secret-text.ts';

export const pop3Settings = z.object({
  port: z.number().int().min(1).max(65_535).default(995),
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
  warnMessages: z.number().int().min(0).max(100_000_000).default(0),
  warnMs: z.number().int().min(0).max(60_000).default(0),
});
export type Pop3Settings = z.infer<typeof pop3Settings>;
