import { z } from 'zod';
import { snmpAccess } from '#probe/snmp/snmp-access.ts';

export const snmpPrinterSettings = z.object({
  ...snmpAccess,
  warnSupplyPercent: z.number().int().min(0).max(100).default(10),
  downSupplyPercent: z.number().int().min(0).max(100).default(0),
  warnTrayPercent: z.number().int().min(0).max(100).default(0),
  supplyExclude: z.string().max(500).default(''),
});
export type SnmpPrinterSettings = z.infer<typeof snmpPrinterSettings>;
