import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Daemon } from '../daemon.ts';
import { freePort } from '../free-port.ts';
import { inOwnFolder } from '../own-folder.ts';
import { isAnswering } from './start-snmpsim.ts';

/** Debian's own agent for this machine, on loopback. */
export interface Snmpd extends AsyncDisposable {
  readonly port: number;
  readonly daemon: Daemon;
}

/** Passwords of the users it knows. */
export const snmpdPasswords = { auth: 'authentic1', priv: 'encrypted1' } as const;

/**
 * Starts snmpd: community `public` for all, `narrow` for the system group only; users `noauth`, `md5des`, `shaaes`,
 * `sha256`, `sha512` and `narrow` (no access to anything).
 */
export function startSnmpd(): Promise<Snmpd> {
  return inOwnFolder('snmpd', async (folder, own) => {
    const port = await freePort();
    const { auth, priv } = snmpdPasswords;
    const configuration = [
      `agentAddress udp:127.0.0.1:${port}`,
      'rocommunity public 127.0.0.1',
      'rocommunity narrow 127.0.0.1 .1.3.6.1.2.1.1',
      'createUser noauth',
      `createUser md5des MD5 ${auth} DES ${priv}`,
      `createUser shaaes SHA ${auth} AES ${priv}`,
      `createUser sha256 SHA-256 ${auth} AES ${priv}`,
      `createUser sha512 SHA-512 ${auth} AES ${priv}`,
      `createUser aes256b SHA-256 ${auth} AES-256 ${priv}`,
      'rouser noauth noauth',
      'rouser md5des priv',
      'rouser shaaes priv',
      'rouser sha256 auth',
      'rouser sha512 priv',
      'rouser aes256b priv',
      'sysName test-machine',
      'load 12',
      'includeAllDisks 5%',
    ];
    const file = join(folder, 'snmpd.conf');
    await writeFile(file, `${configuration.join('\n')}\n`);
    const persistent = join(folder, 'persistent');
    await mkdir(persistent);
    const options = ['-f', '-C', '-c', file, '-Lo', '-I', '-smux,mteTrigger,mteTriggerConf', '-p', join(folder, 'pid')];
    const environment = { SNMP_PERSISTENT_DIR: persistent, SNMPCONFPATH: folder, MIBS: '' };
    const daemon = own.use(new Daemon('/usr/sbin/snmpd', options, { environment }));
    await daemon.ready(() => isAnswering(port, 'public'));
    return {
      port,
      daemon,
    };
  });
}
