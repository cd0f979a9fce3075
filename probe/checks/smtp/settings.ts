import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { lineText, mailAddress, mailSecurity } from '#probe/mail-connection.ts';
import { secretText } from '#probe/secret-text.ts';

export const smtpSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(25),
  security: mailSecurity.default('starttls'),
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
  authMethod: onlyWhen(z.enum(['auto', 'PLAIN', 'LOGIN', 'CRAM-MD5']).default('auto'), { user: 'filled' }),
  heloName: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9_.:[\]-]*$/u)
    .default(''),
  mailFrom: mailAddress,
  rcptTo: mailAddress,
  relayTo: mailAddress,
  relayVerdict: onlyWhen(z.enum(['degraded', 'down']).default('down'), { relayTo: 'filled' }),
  warnMs: z.number().int().min(0).max(60_000).default(0),
});
export type SmtpSettings = z.infer<typeof smtpSettings>;
