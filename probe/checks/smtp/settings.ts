import { z } from 'zod';
import { lineText, mailAddress, mailSecurity } from '#probe/mail-connection.ts';
import { secretText } from '#probe/secret-text.ts';

export const smtpSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(25),
  security: mailSecurity.default('starttls'),
  serverName: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9_.-]*$/u)
    .default(''),
  verifyCertificate: z.boolean().default(true),
  warnDays: z.number().int().min(0).max(365).default(14),
  user: lineText(254),
  password: secretText(1_000),
  authMethod: z.enum(['auto', 'PLAIN', 'LOGIN', 'CRAM-MD5']).default('auto'),
  heloName: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9_.:[\]-]*$/u)
    .default(''),
  mailFrom: mailAddress,
  rcptTo: mailAddress,
  relayTo: mailAddress,
  relayVerdict: z.enum(['degraded', 'down']).default('down'),
  warnMs: z.number().int().min(0).max(60_000).default(0),
});
export type SmtpSettings = z.infer<typeof smtpSettings>;
