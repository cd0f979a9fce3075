import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';

/** A limit where 0 means none. */
const limit = (max: number, usual: number): z.ZodDefault<z.ZodNumber> => z.number().min(0).max(max).default(usual);

export const postgresqlSettings = z.object({
  port: z.number().int().min(1).max(65_535).default(5432),
  database: z.string().max(63).default('postgres'),
  user: z.string().max(63).default('vigie'),
  password: secretText(500),
  tls: z.enum(['off', 'ifOffered', 'required']).default('ifOffered'),
  verifyCertificate: z.boolean().default(false),
  warnDays: z.number().int().min(0).max(365).default(14),
  depth: z.enum(['query', 'health']).default('health'),
  query: z.string().max(4_000).default(''),
  queryExpected: z.string().max(500).default(''),
  queryAbove: z.number().nullable().default(null),
  queryBelow: z.number().nullable().default(null),
  beyondIs: z.enum(['degraded', 'down']).default('degraded'),
  maxAnswerMs: limit(60_000, 0),
  maxConnectionsPercent: limit(100, 90),
  maxLockWaitSeconds: limit(86_400, 60),
  maxWaiting: z.number().int().min(0).max(10_000).default(0),
  maxTransactionSeconds: limit(604_800, 3_600),
  maxIdleInTransactionSeconds: limit(604_800, 600),
  maxQuerySeconds: limit(604_800, 0),
  maxStatementMs: limit(3_600_000, 0),
  minCacheHitPercent: limit(100, 0),
  maxDeadlocksPerHour: limit(100_000, 0),
  maxTempMibPerSecond: limit(100_000, 0),
  maxSizeGib: limit(1_000_000, 0),
  maxAgePercent: limit(100, 50),
  role: z.enum(['any', 'primary', 'standby']).default('any'),
  standbysExpected: z.number().int().min(0).max(100).default(0),
  maxLagMib: limit(1_000_000, 256),
  maxLagSeconds: limit(604_800, 300),
  backup: z.enum(['none', 'archiver', 'query']).default('none'),
  backupQuery: z.string().max(4_000).default(''),
  maxBackupHours: limit(8_760, 26),
  showStatements: z.boolean().default(false),
});
export type PostgresqlSettings = z.infer<typeof postgresqlSettings>;
