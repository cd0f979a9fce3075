import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';

const limit = (max: number, usual: number): z.ZodDefault<z.ZodNumber> => z.number().min(0).max(max).default(usual);

export const mysqlSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(3306),
  database: z.string().max(64).default(''),
  user: z.string().max(80).default('vigie'),
  password: secretText(500),
  tls: z.enum(['off', 'ifOffered', 'required']).default('ifOffered'),
  verifyCertificate: z.boolean().default(false),
  passwordAnyway: z.boolean().default(false),
  warnDays: z.number().int().min(0).max(365).default(14),
  depth: z.enum(['query', 'health']).default('health'),
  query: z.string().max(4_000).default(''),
  queryExpected: z.string().max(500).default(''),
  queryAbove: z.number().nullable().default(null),
  queryBelow: z.number().nullable().default(null),
  beyondIs: z.enum(['degraded', 'down']).default('degraded'),
  maxAnswerMs: limit(60_000, 0),
  maxConnectionsPercent: limit(100, 90),
  maxLockWaitSeconds: limit(86_400, 30),
  maxTransactionSeconds: limit(604_800, 3_600),
  maxQuerySeconds: limit(604_800, 0),
  maxSlowPerMinute: limit(100_000, 0),
  maxAbortedPerMinute: limit(100_000, 0),
  minCacheHitPercent: limit(100, 0),
  maxSizeGib: limit(1_000_000, 0),
  role: z.enum(['any', 'primary', 'replica']).default('any'),
  access: z.enum(['any', 'writable', 'readOnly']).default('any'),
  replicasExpected: z.number().int().min(0).max(100).default(0),
  maxLagSeconds: limit(604_800, 300),
  backupQuery: z.string().max(4_000).default(''),
  maxBackupHours: limit(8_760, 26),
});
export type MysqlSettings = z.infer<typeof mysqlSettings>;
