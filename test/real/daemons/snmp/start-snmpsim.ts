import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Daemon } from '../daemon.ts';
import { freePort } from '../free-port.ts';
import { inOwnFolder } from '../own-folder.ts';
import { giveTo } from '../own-user.ts';

const run = promisify(execFile);

/** A simulator of recorded devices. */
export interface Snmpsim extends AsyncDisposable {
  readonly port: number;
  readonly daemon: Daemon;
}

/** Starts snmpsimd with recordings (lines in the order of their objects); each is asked for by its name as the community (v1, v2c) or the context (v3). */
export function startSnmpsim(devices: Readonly<Record<string, readonly string[]>>): Promise<Snmpsim> {
  return inOwnFolder('snmpsim', async (folder, own) => {
    const data = join(folder, 'data');
    await mkdir(data);
    for (const [name, lines] of Object.entries(devices)) {
      await writeFile(join(data, `${name}.snmprec`), `${lines.join('\n')}\n`);
    }
    // It gives up root's rights and then writes its index.
    await giveTo('nobody', folder);
    const port = await freePort();
    const first = Object.keys(devices)[0] ?? 'public';
    const options = [
      `--data-dir=${data}`,
      `--cache-dir=${join(folder, 'cache')}`,
      `--agent-udpv4-endpoint=127.0.0.1:${port}`,
      '--process-user=nobody',
      '--process-group=nogroup',
      '--logging-method=null',
      '--v3-user=watcher',
      '--v3-auth-key=authentic1',
      '--v3-auth-proto=SHA',
      '--v3-priv-key=encrypted1',
      '--v3-priv-proto=AES',
    ];
    const daemon = own.use(new Daemon('/usr/bin/snmpsimd', options, { environment: { HOME: folder } }));
    await daemon.ready(() => isAnswering(port, first));
    return {
      port,
      daemon,
    };
  });
}

/** Whether an agent gives its uptime, asked with Net-SNMP's own tool; throws when it does not. */
export async function isAnswering(port: number, community: string): Promise<boolean> {
  const question = ['-v2c', '-c', community, '-t', '0.3', '-r', '0', `127.0.0.1:${port}`, '1.3.6.1.2.1.1.3.0'];
  await run('snmpget', question);
  return true;
}
