import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { secretText } from '#probe/secret-text.ts';

export const mqttSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(1883),
  tls: z.enum(['off', 'direct']).default('off'),
  verifyCertificate: onlyWhen(z.boolean().default(true), { tls: ['direct'] }),
  warnDays: onlyWhen(z.number().int().min(0).max(365).default(14), { tls: ['direct'] }),
  version: z.enum(['3.1.1', '5']).default('3.1.1'),
  user: z.string().max(200).default(''),
  password: secretText(500),
  clientId: z.string().max(100).default(''),
  test: z.enum(['connect', 'roundTrip', 'message']).default('connect'),
  topic: onlyWhen(
    z
      .string()
      .max(500)
      .refine((value) => !value.includes('\0'))
      .default('vigie/check'),
    { test: ['roundTrip', 'message'] },
  ),
  withinMs: onlyWhen(z.number().int().min(100).max(60_000).default(3_000), { test: ['roundTrip', 'message'] }),
  payloadExpected: onlyWhen(z.string().max(500).default(''), { test: ['message'] }),
  payloadAbove: onlyWhen(z.number().nullable().default(null), { test: ['message'] }),
  payloadBelow: onlyWhen(z.number().nullable().default(null), { test: ['message'] }),
  beyondIs: onlyWhen(z.enum(['degraded', 'down']).default('degraded'), { test: ['message'] }),
  maxAnswerMs: z.number().min(0).max(60_000).default(0),
  readSystem: z.boolean().default(true),
});
export type MqttSettings = z.infer<typeof mqttSettings>;
