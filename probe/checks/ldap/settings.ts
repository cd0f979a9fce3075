import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';

export const ldapSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(389),
  tls: z.enum(['off', 'startTls', 'direct']).default('off'),
  verifyCertificate: z.boolean().default(true),
  warnDays: z.number().int().min(0).max(365).default(14),
  user: z.string().max(500).default(''),
  password: secretText(500),
  base: z.string().max(500).default(''),
  scope: z.enum(['base', 'one', 'sub']).default('base'),
  filter: z.string().max(1_000).default('(objectClass=*)'),
  minEntries: z.number().int().min(0).max(1_000).default(1),
  attribute: z
    .string()
    .max(100)
    .regex(/^[A-Za-z0-9.;-]*$/u)
    .default(''),
  attributeExpected: z.string().max(500).default(''),
  maxAnswerMs: z.number().int().min(0).max(60_000).default(0),
});
export type LdapSettings = z.infer<typeof ldapSettings>;
