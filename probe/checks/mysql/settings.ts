import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { secretText } from '#probe/secret-text.ts';

const limit = (max: number, usual: number): z.ZodDefault<z.ZodNumber> => z.number().min(0).max(max).default(usual);

export const mysqlSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(3306),
  database: z.string().max(64).default(''),
  user: z.string().max(80).default('vigie'),
  password: secretText(500),
  tls: z.enum(['off', 'ifOffered', 'required']).default('ifOffered'),
  verifyCertificate: onlyWhen(z.boolean().default(false), { tls: ['ifOffered', 'required'] }),
  passwordAnyway: z.boolean().default(false),
  warnDays: onlyWhen(z.number().int().min(0).max(365).default(14), { tls: ['ifOffered', 'required'] }),
  depth: z.enum(['query', 'health']).default('health'),
  query: z.string().max(4_000).default(''),
  queryExpected: onlyWhen(z.string().max(500).default(''), { query: 'filled' }),
  queryAbove: onlyWhen(z.number().nullable().default(null), { query: 'filled' }),
  queryBelow: onlyWhen(z.number().nullable().default(null), { query: 'filled' }),
  beyondIs: z.enum(['degraded', 'down']).default('degraded'),
  maxAnswerMs: limit(60_000, 0),
  maxConnectionsPercent: onlyWhen(limit(100, 90), { depth: ['health'] }),
  maxLockWaitSeconds: onlyWhen(limit(86_400, 30), { depth: ['health'] }),
  maxTransactionSeconds: onlyWhen(limit(604_800, 3_600), { depth: ['health'] }),
  maxQuerySeconds: onlyWhen(limit(604_800, 0), { depth: ['health'] }),
  maxSlowPerMinute: onlyWhen(limit(100_000, 0), { depth: ['health'] }),
  maxAbortedPerMinute: onlyWhen(limit(100_000, 0), { depth: ['health'] }),
  minCacheHitPercent: onlyWhen(limit(100, 0), { depth: ['health'] }),
  maxSizeGib: onlyWhen(limit(1_000_000, 0), { depth: ['health'] }),
  role: onlyWhen(z.enum(['any', 'primary', 'replica']).default('any'), { depth: ['health'] }),
  access: z.enum(['any', 'writable', 'readOnly']).default('any'),
  replicasExpected: onlyWhen(z.number().int().min(0).max(100).default(0), { depth: ['health'] }),
  maxLagSeconds: onlyWhen(limit(604_800, 300), { depth: ['health'] }),
  backupQuery: z.string().max(4_000).default(''),
  maxBackupHours: onlyWhen(limit(8_760, 26), { backupQuery: 'filled' }),
});
export type MysqlSettings = z.infer<typeof mysqlSettings>;
