import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { lineText, mailAddress, mailSecurity } from '#probe/mail-connection.ts';
import { secretText } from '#probe/secret-text.ts';

const port = z.number().int().min(1).max(65_535);
const serverName = z
  .string()
  .max(253)
  .regex(/^[A-Za-z0-9_.:-]*$/u)
  .default('');
// The run as a whole has two minutes; some of them are for signing in and for cleaning up.
const seconds = z.number().int().min(1).max(100);

export const mailRoundTripSettings = z.object({
  from: mailAddress,
  to: mailAddress,
  smtpPort: port.default(587),
  smtpSecurity: mailSecurity.default('starttls'),
  smtpServerName: onlyWhen(serverName, { smtpSecurity: ['tls', 'starttls'] }),
  smtpUser: lineText(254),
  smtpPassword: secretText(1_000),
  imapServer: serverName,
  imapPort: port.default(993),
  imapSecurity: mailSecurity.default('tls'),
  imapServerName: onlyWhen(serverName, { imapSecurity: ['tls', 'starttls'] }),
  imapUser: lineText(254),
  imapPassword: secretText(1_000),
  folder: lineText(500),
  junkFolder: lineText(500),
  verifyCertificate: z.boolean().default(true),
  warnSeconds: seconds.default(30),
  downSeconds: seconds.default(60),
});
export type MailRoundTripSettings = z.infer<typeof mailRoundTripSettings>;
