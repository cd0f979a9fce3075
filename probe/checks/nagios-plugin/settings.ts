import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';

const word = z
  .string()
  .max(1_000)
  .refine((value) => !value.includes('\0'));

export const nagiosPluginSettings = z.object({
  program: z
    .string()
    .max(500)
    .regex(/^\/[^\0]+$/u)
    .default('/usr/lib/nagios/plugins/check_dummy'),
  arguments: z.array(word).max(100).default(['0']),
  secret: secretText(1_000),
  user: z
    .string()
    .max(32)
    .regex(/^(?:[a-z_][a-z0-9_-]*)?$/u)
    .default(''),
});
export type NagiosPluginSettings = z.infer<typeof nagiosPluginSettings>;
