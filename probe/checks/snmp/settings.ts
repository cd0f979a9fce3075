import { z } from 'zod';
import { snmpAccess } from '#probe/snmp/snmp-access.ts';

/** A limit typed into a form: a number, or empty for none. */
const limit = z
  .string()
  .max(30)
  .regex(/^(?:-?\d+(?:\.\d+)?)?$/u)
  .default('');

export const snmpSettings = z.object({
  ...snmpAccess,
  values: z
    .array(
      z
        .string()
        .max(200)
        // A name, an equals sign, and the object's numbers; the name may be left out.
        .regex(/^\s*(?:[^=]{1,60}=)?\s*\.?\d+(?:\.\d+){1,127}\s*$/u),
    )
    .max(20)
    .default(['sysUpTime = 1.3.6.1.2.1.1.3.0']),
  expected: z.string().max(500).default(''),
  unit: z
    .enum([
      'number',
      'percent',
      'celsius',
      'volts',
      'amperes',
      'watts',
      'hertz',
      'revolutionsPerMinute',
      'bytes',
      'seconds',
      'ms',
      'perSecond',
      'bytesPerSecond',
      'bitsPerSecond',
    ])
    .default('number'),
  scale: z.number().min(-1_000_000_000).max(1_000_000_000).default(1),
  warnBelow: limit,
  warnAbove: limit,
  downBelow: limit,
  downAbove: limit,
});
export type SnmpSettings = z.infer<typeof snmpSettings>;
