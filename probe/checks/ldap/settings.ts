import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { secretText } from '#probe/secret-text.ts';

export const ldapSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(389),
  tls: z.enum(['off', 'startTls', 'direct']).default('off'),
  verifyCertificate: onlyWhen(z.boolean().default(true), { tls: ['startTls', 'direct'] }),
  warnDays: onlyWhen(z.number().int().min(0).max(365).default(14), { tls: ['startTls', 'direct'] }),
  user: z.string().max(500).default(''),
  password: onlyWhen(secretText(500), { user: 'filled' }),
  base: z.string().max(500).default(''),
  scope: z.enum(['base', 'one', 'sub']).default('base'),
  filter: z.string().max(1_000).default('(objectClass=*)'),
  minEntries: z.number().int().min(0).max(1_000).default(1),
  attribute: z
    .string()
    .max(100)
    .regex(/^[A-Za-z0-9.;-]*$/u)
    .default(''),
  attributeExpected: onlyWhen(z.string().max(500).default(''), { attribute: 'filled' }),
  maxAnswerMs: z.number().int().min(0).max(60_000).default(0),
});
export type LdapSettings = z.infer<typeof ldapSettings>;
