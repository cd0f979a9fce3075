import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';

const limit = (max: number, usual: number): z.ZodDefault<z.ZodNumber> => z.number().min(0).max(max).default(usual);

export const redisSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(6379),
  user: z.string().max(200).default(''),
  password: secretText(500),
  tls: z.enum(['off', 'direct']).default('off'),
  verifyCertificate: z.boolean().default(true),
  warnDays: z.number().int().min(0).max(365).default(14),
  role: z.enum(['any', 'primary', 'replica']).default('any'),
  replicasExpected: z.number().int().min(0).max(100).default(0),
  key: z.string().max(500).default(''),
  keyIs: z.enum(['length', 'value']).default('length'),
  keyExpected: z.string().max(500).default(''),
  keyAbove: z.number().nullable().default(null),
  keyBelow: z.number().nullable().default(null),
  beyondIs: z.enum(['degraded', 'down']).default('degraded'),
  maxAnswerMs: limit(60_000, 0),
  maxMemoryPercent: limit(100, 90),
  maxEvictionsPerSecond: limit(1_000_000, 0),
  maxClients: z.number().int().min(0).max(1_000_000).default(0),
  maxLagSeconds: limit(86_400, 60),
  maxSaveHours: limit(8_760, 0),
  minHitPercent: limit(100, 0),
});
export type RedisSettings = z.infer<typeof redisSettings>;
