import { hostAddresses, zone, type HostName, type HostPlan, type PlanMaterial, type PlannedFile } from './plans.ts';
import { withAgents } from './roles/agents.ts';
import { cacheServer, mariaServer, primaryDatabase, replicaDatabase } from './roles/database-servers.ts';
import { directoryServer } from './roles/directory-server.ts';
import { mailServer } from './roles/mail-server.ts';
import { nameServer, secondNameServer } from './roles/name-servers.ts';
import { equipment, fileServer, timeServer } from './roles/small-servers.ts';
import { webServer } from './roles/web-server.ts';

/** The three that most tests start have no agents: every unit costs them time. net1's port 161 is the devices'. */
const roles: Record<HostName, (material: PlanMaterial) => HostPlan> = {
  web1: webServer,
  ns1: nameServer,
  db1: primaryDatabase,
  ns2: () => withAgents('ns2', secondNameServer()),
  db2: () => withAgents('db2', replicaDatabase()),
  maria1: () => withAgents('maria1', mariaServer()),
  mail1: (material) => withAgents('mail1', mailServer(material)),
  dir1: (material) => withAgents('dir1', directoryServer(material)),
  cache1: () => withAgents('cache1', cacheServer()),
  time1: () => withAgents('time1', timeServer()),
  files1: (material) => withAgents('files1', fileServer(material)),
  net1: equipment,
};

/** The plan of a host: what every host has, and its role. */
export function planHost(name: HostName, material: PlanMaterial): HostPlan {
  const role = roles[name](material);
  return { ...role, files: { ...commonFiles(name, material), ...role.files } };
}

function commonFiles(name: HostName, material: PlanMaterial): Record<string, PlannedFile> {
  return {
    '/etc/hostname': { text: `${name}\n` },
    '/etc/hosts': { text: `127.0.0.1 localhost\n127.0.1.1 ${name}.${zone} ${name}\n` },
    '/etc/resolv.conf': {
      text: `search ${zone}\nnameserver ${hostAddresses.ns1}\noptions timeout:2 attempts:1\n`,
    },
    // Sorts before the distribution's own 80-container-host0.network, which would ask for DHCP.
    '/etc/systemd/network/10-host0.network': {
      text: `[Match]\nName=host0\n[Network]\nAddress=${hostAddresses[name]}/24\nGateway=10.77.0.2\nLinkLocalAddressing=no\n`,
    },
    '/etc/ssh/ssh_host_ed25519_key': { text: material.hostKey.privateText, mode: 0o600 },
    '/etc/ssh/ssh_host_ed25519_key.pub': { text: `${material.hostKey.publicText}\n` },
    '/etc/ssh/sshd_config.d/lab.conf': {
      text: 'HostKey /etc/ssh/ssh_host_ed25519_key\nPasswordAuthentication no\nUseDNS no\nAuthorizedKeysFile /etc/ssh/authorized_keys/%u .ssh/authorized_keys\n',
    },
    '/etc/ssh/authorized_keys/vigie': { text: `${material.loginKey.publicText}\n` },
    '/usr/local/share/ca-certificates/lab.crt': { text: material.authority },
  };
}
