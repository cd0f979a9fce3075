import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { secretText } from '#probe/secret-text.ts';

const limit = (max: number, usual: number): z.ZodDefault<z.ZodNumber> => z.number().min(0).max(max).default(usual);

/** A list of names where * stands for anything. */
const patterns = z.array(z.string().min(1).max(255)).max(20).default([]);

export const rabbitmqSettings = z.object({
  look: z.enum(['both', 'amqp', 'management']).default('amqp'),
  port: onlyWhen(z.number().int().min(1).max(65_535).default(5672), { look: ['both', 'amqp'] }),
  tls: onlyWhen(z.enum(['off', 'direct']).default('off'), { look: ['both', 'amqp'] }),
  managementPort: onlyWhen(z.number().int().min(1).max(65_535).default(15_672), { look: ['both', 'management'] }),
  managementTls: onlyWhen(z.boolean().default(false), { look: ['both', 'management'] }),
  verifyCertificate: z.boolean().default(true),
  warnDays: z.number().int().min(0).max(365).default(14),
  user: z.string().max(200).default('guest'),
  password: secretText(500),
  virtualHost: z.string().max(255).default('/'),
  queues: onlyWhen(patterns, { look: ['both', 'management'] }),
  maxReady: onlyWhen(z.number().int().min(0).max(1_000_000_000).default(0), { look: ['both', 'management'] }),
  maxUnacked: onlyWhen(z.number().int().min(0).max(1_000_000_000).default(0), { look: ['both', 'management'] }),
  minConsumers: onlyWhen(z.number().int().min(0).max(100_000).default(0), { look: ['both', 'management'] }),
  queuesExpected: onlyWhen(patterns, { look: ['both', 'management'] }),
  beyondIs: onlyWhen(z.enum(['degraded', 'down']).default('degraded'), { look: ['both', 'management'] }),
  maxMemoryPercent: onlyWhen(limit(100, 90), { look: ['both', 'management'] }),
  maxAnswerMs: limit(60_000, 0),
});
export type RabbitmqSettings = z.infer<typeof rabbitmqSettings>;
