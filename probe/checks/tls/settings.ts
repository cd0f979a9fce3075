import { z } from 'zod';
import { hostNameText } from '#probe/settings-texts.ts';

export const tlsSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(443),
  startTls: z.enum(['no', 'smtp', 'imap', 'pop3', 'ftp', 'ldap', 'postgresql', 'mysql']).default('no'),
  serverName: hostNameText(),
  warnDays: z.number().int().min(0).max(365).default(21),
  downDays: z.number().int().min(0).max(365).default(0),
  verifyChain: z.boolean().default(true),
  minProtocol: z.enum(['TLSv1.2', 'TLSv1.3']).default('TLSv1.2'),
  minKeyBits: z.number().int().min(0).max(16_384).default(2_048),
  inspectOffer: z.boolean().default(false),
  requireStaple: z.boolean().default(false),
});
export type TlsSettings = z.infer<typeof tlsSettings>;
