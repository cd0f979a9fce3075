import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { secretText } from '#probe/secret-text.ts';

const limit = (max: number, usual: number): z.ZodDefault<z.ZodNumber> => z.number().min(0).max(max).default(usual);

export const redisSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(6379),
  user: z.string().max(200).default(''),
  password: secretText(500),
  tls: z.enum(['off', 'direct']).default('off'),
  verifyCertificate: onlyWhen(z.boolean().default(true), { tls: ['direct'] }),
  warnDays: onlyWhen(z.number().int().min(0).max(365).default(14), { tls: ['direct'] }),
  role: z.enum(['any', 'primary', 'replica']).default('any'),
  replicasExpected: z.number().int().min(0).max(100).default(0),
  key: z.string().max(500).default(''),
  keyIs: onlyWhen(z.enum(['length', 'value']).default('length'), { key: 'filled' }),
  keyExpected: onlyWhen(z.string().max(500).default(''), { key: 'filled' }),
  keyAbove: onlyWhen(z.number().nullable().default(null), { key: 'filled' }),
  keyBelow: onlyWhen(z.number().nullable().default(null), { key: 'filled' }),
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
