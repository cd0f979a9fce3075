import { z } from 'zod';
import { onlyWhen } from '../only-when.ts';
import { secretText } from '../secret-text.ts';

/** The settings by which an SNMP agent is reached; a kind spreads them into its own. */
export const snmpAccess = {
  port: z.number().int().min(1).max(65_535).default(161),
  version: z.enum(['2c', '3', '1']).default('2c'),
  community: onlyWhen(secretText(200), { version: ['1', '2c'] }),
  user: onlyWhen(z.string().max(64).default(''), { version: ['3'] }),
  securityLevel: onlyWhen(z.enum(['noAuthNoPriv', 'authNoPriv', 'authPriv']).default('authPriv'), { version: ['3'] }),
  authProtocol: onlyWhen(z.enum(['md5', 'sha', 'sha224', 'sha256', 'sha384', 'sha512']).default('sha'), {
    version: ['3'],
    securityLevel: ['authNoPriv', 'authPriv'],
  }),
  authPassword: onlyWhen(secretText(200), { version: ['3'], securityLevel: ['authNoPriv', 'authPriv'] }),
  privProtocol: onlyWhen(z.enum(['des', 'aes', 'aes256b', 'aes256r']).default('aes'), {
    version: ['3'],
    securityLevel: ['authPriv'],
  }),
  privPassword: onlyWhen(secretText(200), { version: ['3'], securityLevel: ['authPriv'] }),
  contextName: onlyWhen(z.string().max(64).default(''), { version: ['3'] }),
};

const access = z.object(snmpAccess);
/** How an SNMP agent is reached. An empty community stands for `public`. */
export type SnmpAccess = z.infer<typeof access>;

/** An access from what differs of the defaults. */
export function snmpAccessOf(given: z.input<typeof access>): SnmpAccess {
  return access.parse(given);
}
