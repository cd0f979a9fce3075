import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { nameServerField } from '#probe/name-questions.ts';

export const dmarcPolicies = ['none', 'quarantine', 'reject'] as const;

export const mailDomainSettings = z.object({
  domain: z
    .string()
    .max(253)
    .regex(/^(?:[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?)?$/u)
    .default(''),
  server: nameServerField,
  serverPort: onlyWhen(z.number().int().min(1).max(65_535).default(53), { server: 'filled' }),
  mx: z.boolean().default(true),
  spf: z.boolean().default(true),
  dkimSelectors: z
    .array(
      z
        .string()
        .min(1)
        .max(63)
        .regex(/^[A-Za-z0-9_.-]+$/u),
    )
    .max(10)
    .default([]),
  minKeyBits: onlyWhen(z.number().int().min(1_024).max(4_096).default(2_048), { dkimSelectors: 'filled' }),
  dmarc: z.boolean().default(true),
  dmarcPolicy: onlyWhen(z.enum(dmarcPolicies).default('quarantine'), { dmarc: 'filled' }),
  mtaSts: z.boolean().default(false),
  tlsRpt: z.boolean().default(false),
});
export type MailDomainSettings = z.infer<typeof mailDomainSettings>;
