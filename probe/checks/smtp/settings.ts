import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { mailAddress } from '#probe/mail-connection.ts';
import { mailServerFields } from '#probe/mail-settings.ts';

export const smtpSettings = z.object({
  ...mailServerFields(25, 'starttls'),
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
