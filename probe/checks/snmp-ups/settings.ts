import { z } from 'zod';
import { snmpAccess } from '#probe/snmp/snmp-access.ts';

export const snmpUpsSettings = z.object({
  ...snmpAccess,
  warnChargePercent: z.number().int().min(0).max(100).default(80),
  downChargePercent: z.number().int().min(0).max(100).default(20),
  warnRuntimeMinutes: z.number().min(0).max(10_000).default(0),
  downRuntimeMinutes: z.number().min(0).max(10_000).default(5),
  warnLoadPercent: z.number().int().min(0).max(200).default(80),
  warnCelsius: z.number().min(0).max(150).default(40),
});
export type SnmpUpsSettings = z.infer<typeof snmpUpsSettings>;
