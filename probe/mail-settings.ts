import { z } from 'zod';
import { lineText, mailSecurity } from './mail-connection.ts';
import { onlyWhen } from './only-when.ts';
import { secretText } from './secret-text.ts';
import { hostNameText } from './settings-texts.ts';

/** How a mail server is reached and signed in to; to be spread into a kind's own settings, before what is asked of it then. */
export function mailServerFields(port: number, security: z.infer<typeof mailSecurity>) {
  const overTls = { security: ['tls', 'starttls'] };
  return {
    port: z.number().int().min(1).max(65_535).default(port),
    security: mailSecurity.default(security),
    serverName: onlyWhen(hostNameText(), overTls),
    verifyCertificate: onlyWhen(z.boolean().default(true), overTls),
    warnDays: onlyWhen(z.number().int().min(0).max(365).default(14), overTls),
    user: lineText(254),
    password: onlyWhen(secretText(1_000), { user: 'filled' }),
  };
}
