/** Objects that nearly every agent has (SNMPv2-MIB). */
export const systemObjects = {
  description: '1.3.6.1.2.1.1.1.0',
  uptime: '1.3.6.1.2.1.1.3.0',
  name: '1.3.6.1.2.1.1.5.0',
} as const;
