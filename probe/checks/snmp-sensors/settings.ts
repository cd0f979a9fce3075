import { z } from 'zod';
import { snmpAccess } from '#probe/snmp/snmp-access.ts';

export const snmpSensorsSettings = z.object({
  ...snmpAccess,
  include: z.string().max(500).default('*'),
  exclude: z.string().max(500).default(''),
  warnCelsius: z.number().min(0).max(500).default(0),
  downCelsius: z.number().min(0).max(500).default(0),
});
export type SnmpSensorsSettings = z.infer<typeof snmpSensorsSettings>;
