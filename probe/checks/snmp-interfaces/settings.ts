import { z } from 'zod';
import { onlyWhen } from '#probe/only-when.ts';
import { snmpAccess } from '#probe/snmp/snmp-access.ts';

export const snmpInterfacesSettings = z.object({
  ...snmpAccess,
  include: z.string().max(500).default('*'),
  exclude: z.string().max(500).default(''),
  physicalOnly: z.boolean().default(true),
  mustBeUp: z.enum(['remembered', 'pattern', 'none']).default('remembered'),
  mustBeUpPattern: onlyWhen(z.string().max(500).default(''), { mustBeUp: ['pattern'] }),
  warnUsePercent: z.number().int().min(0).max(100).default(90),
  warnErrorsPerSecond: z.number().min(0).max(1_000_000).default(1),
  warnDiscardsPerSecond: z.number().min(0).max(1_000_000).default(0),
});
export type SnmpInterfacesSettings = z.infer<typeof snmpInterfacesSettings>;
