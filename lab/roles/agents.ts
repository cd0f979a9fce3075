import { accounts } from '../accounts.ts';
import type { HostName, HostPlan } from '../plans.ts';

/** What tells of the host itself: Net-SNMP's agent (v2c and v3) on 161, Prometheus' node exporter on 9100. */
export function withAgents(name: HostName, plan: HostPlan): HostPlan {
  const { community, user, authPassword, privPassword } = accounts.snmp;
  return {
    ...plan,
    units: [...plan.units, 'snmpd', 'prometheus-node-exporter'],
    files: {
      ...plan.files,
      '/etc/snmp/snmpd.conf': {
        text: `agentAddress udp:161
rocommunity ${community} 10.77.0.0/24
createUser ${user} SHA-256 ${authPassword} AES ${privPassword}
rouser ${user} priv
sysName ${name}
sysLocation the lab
load 64
includeAllDisks 5%
`,
      },
    },
  };
}
