import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { secretText } from '#probe/secret-text.ts';

/** A limit where 0 means none. */
const limit = (max: number, usual: number): z.ZodDefault<z.ZodNumber> => z.number().min(0).max(max).default(usual);

export const postgresqlSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(5432),
  database: z.string().max(63).default('postgres'),
  user: z.string().max(63).default('vigie'),
  password: secretText(500),
  tls: z.enum(['off', 'ifOffered', 'required']).default('ifOffered'),
  verifyCertificate: onlyWhen(z.boolean().default(false), { tls: ['ifOffered', 'required'] }),
  warnDays: onlyWhen(z.number().int().min(0).max(365).default(14), { tls: ['ifOffered', 'required'] }),
  depth: z.enum(['query', 'health']).default('health'),
  query: z.string().max(4_000).default(''),
  queryExpected: onlyWhen(z.string().max(500).default(''), { query: 'filled' }),
  queryAbove: onlyWhen(z.number().nullable().default(null), { query: 'filled' }),
  queryBelow: onlyWhen(z.number().nullable().default(null), { query: 'filled' }),
  beyondIs: z.enum(['degraded', 'down']).default('degraded'),
  maxAnswerMs: limit(60_000, 0),
  maxConnectionsPercent: onlyWhen(limit(100, 90), { depth: ['health'] }),
  maxLockWaitSeconds: onlyWhen(limit(86_400, 60), { depth: ['health'] }),
  maxWaiting: onlyWhen(z.number().int().min(0).max(10_000).default(0), { depth: ['health'] }),
  maxTransactionSeconds: onlyWhen(limit(604_800, 3_600), { depth: ['health'] }),
  maxIdleInTransactionSeconds: onlyWhen(limit(604_800, 600), { depth: ['health'] }),
  maxQuerySeconds: onlyWhen(limit(604_800, 0), { depth: ['health'] }),
  maxStatementMs: onlyWhen(limit(3_600_000, 0), { depth: ['health'] }),
  minCacheHitPercent: onlyWhen(limit(100, 0), { depth: ['health'] }),
  maxDeadlocksPerHour: onlyWhen(limit(100_000, 0), { depth: ['health'] }),
  maxTempMibPerSecond: onlyWhen(limit(100_000, 0), { depth: ['health'] }),
  maxSizeGib: onlyWhen(limit(1_000_000, 0), { depth: ['health'] }),
  maxAgePercent: onlyWhen(limit(100, 50), { depth: ['health'] }),
  role: z.enum(['any', 'primary', 'standby']).default('any'),
  standbysExpected: onlyWhen(z.number().int().min(0).max(100).default(0), { depth: ['health'] }),
  maxLagMib: onlyWhen(limit(1_000_000, 256), { depth: ['health'] }),
  maxLagSeconds: onlyWhen(limit(604_800, 300), { depth: ['health'] }),
  backup: z.enum(['none', 'archiver', 'query']).default('none'),
  backupQuery: onlyWhen(z.string().max(4_000).default(''), { backup: ['query'] }),
  maxBackupHours: onlyWhen(limit(8_760, 26), { backup: ['archiver', 'query'] }),
  showStatements: onlyWhen(z.boolean().default(false), { depth: ['health'] }),
});
export type PostgresqlSettings = z.infer<typeof postgresqlSettings>;
