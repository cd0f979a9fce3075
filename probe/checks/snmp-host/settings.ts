import { z } from 'zod';
import { snmpAccess } from '#probe/snmp/snmp-access.ts';

const percent = z.number().int().min(0).max(100);

export const snmpHostSettings = z.object({
  ...snmpAccess,
  warnCpuPercent: percent.default(95),
  warnMemoryPercent: percent.default(90),
  downMemoryPercent: percent.default(0),
  warnSwapPercent: percent.default(0),
  warnDiskPercent: percent.default(85),
  downDiskPercent: percent.default(95),
  diskExclude: z.string().max(500).default('/run*, /dev*, /sys*, /proc*, /snap*, /boot/efi'),
  warnLoad: z.number().min(0).max(10_000).default(0),
});
export type SnmpHostSettings = z.infer<typeof snmpHostSettings>;
