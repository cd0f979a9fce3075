import { z } from 'zod';
import { secretText } from '../secret-text.ts';

/** The settings by which an SNMP agent is reached; a kind spreads them into its own. */
export const snmpAccess = {
  port: z.number().int().min(1).max(65_535).default(161),
  version: z.enum(['2c', '3', '1']).default('2c'),
  community: secretText(200),
  user: z.string().max(64).default(''),
  securityLevel: z.enum(['noAuthNoPriv', 'authNoPriv', 'authPriv']).default('authPriv'),
  authProtocol: z.enum(['md5', 'sha', 'sha224', 'sha256', 'sha384', 'sha512']).default('sha'),
  authPassword: secretText(200),
  privProtocol: z.enum(['des', 'aes', 'aes256b', 'aes256r']).default('aes'),
  privPassword: secretText(200),
  contextName: z.string().max(64).default(''),
};

const access = z.object(snmpAccess);
/** How an SNMP agent is reached. An empty community stands for `public`. */
export type SnmpAccess = z.infer<typeof access>;

/** An access from what differs of the defaults. */
export function snmpAccessOf(given: z.input<typeof access>): SnmpAccess {
  return access.parse(given);
}
