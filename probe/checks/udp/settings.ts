import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';

export const udpSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(514),
  wants: z.enum(['answer', 'noRefusal']).default('noRefusal'),
  send: onlyWhen(z.string().max(1_000).default(''), { sendHex: [''] }),
  sendHex: z
    .string()
    .max(3_000)
    .regex(/^(?:\s*[0-9a-fA-F]{2})*\s*$/u)
    .default(''),
  expect: z.string().max(1_000).default(''),
  warnMs: z.number().int().min(0).max(60_000).default(0),
});
export type UdpSettings = z.infer<typeof udpSettings>;
