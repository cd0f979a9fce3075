import { z } from 'zod';

export const sshCommandSettings = z.object({
  command: z
    .string()
    .min(1)
    .max(4_000)
    .refine((value) => !value.includes('\0'))
    .default('true'),
  expectExit: z.number().int().min(0).max(255).default(0),
  outputPattern: z.string().max(500).default(''),
  numberAfter: z.string().max(200).default(''),
  numberDirection: z.enum(['above', 'below']).default('above'),
  numberWarn: z.number().nullable().default(null),
  numberDown: z.number().nullable().default(null),
});
export type SshCommandSettings = z.infer<typeof sshCommandSettings>;
