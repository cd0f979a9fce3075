import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';

const limit = (max: number, usual: number): z.ZodDefault<z.ZodNumber> => z.number().min(0).max(max).default(usual);

/** A list of names where * stands for anything. */
const patterns = z.array(z.string().min(1).max(255)).max(20).default([]);

export const rabbitmqSettings = z.object({
  look: z.enum(['both', 'amqp', 'management']).default('amqp'),
  port: z.number().int().min(1).max(65_535).default(5672),
  tls: z.enum(['off', 'direct']).default('off'),
  managementPort: z.number().int().min(1).max(65_535).default(15_672),
  managementTls: z.boolean().default(false),
  verifyCertificate: z.boolean().default(true),
  warnDays: z.number().int().min(0).max(365).default(14),
  user: z.string().max(200).default('guest'),
  password: secretText(500),
  virtualHost: z.string().max(255).default('/'),
  queues: patterns,
  maxReady: z.number().int().min(0).max(1_000_000_000).default(0),
  maxUnacked: z.number().int().min(0).max(1_000_000_000).default(0),
  minConsumers: z.number().int().min(0).max(100_000).default(0),
  queuesExpected: patterns,
  beyondIs: z.enum(['degraded', 'down']).default('degraded'),
  maxMemoryPercent: limit(100, 90),
  maxAnswerMs: limit(60_000, 0),
});
export type RabbitmqSettings = z.infer<typeof rabbitmqSettings>;
