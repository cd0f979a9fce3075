import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freeUdpPort } from '../free-udp-port.ts';
import { ownFolder, startProgram, type OwnProgram } from '../own-program.ts';

/** A simulator of recorded devices. */
export interface Snmpsim extends AsyncDisposable {
  readonly port: number;
  readonly program: OwnProgram;
}

/** Starts snmpsimd with recordings; each is asked for by its name as the community (v1, v2c) or the context (v3). */
export async function startSnmpsim(devices: Readonly<Record<string, readonly string[]>>): Promise<Snmpsim> {
  const folder = await ownFolder('snmpsim');
  const data = join(folder.path, 'data');
  await mkdir(data);
  for (const [name, lines] of Object.entries(devices)) {
    const sorted = lines.toSorted((a, b) => compareOids(a.split('|')[0] ?? '', b.split('|')[0] ?? ''));
    await writeFile(join(data, `${name}.snmprec`), `${sorted.join('\n')}\n`);
  }
  // It gives up root's rights and then writes its index.
  execFileSync('chown', ['-R', 'nobody:nogroup', folder.path]);
  const port = await freeUdpPort();
  const first = Object.keys(devices)[0] ?? 'public';
  const program = await startProgram(
    '/usr/bin/snmpsimd',
    [
      `--data-dir=${data}`,
      `--cache-dir=${join(folder.path, 'cache')}`,
      `--agent-udpv4-endpoint=127.0.0.1:${port}`,
      '--process-user=nobody',
      '--process-group=nogroup',
      '--logging-method=null',
      '--v3-user=watcher',
      '--v3-auth-key=authentic1',
      '--v3-auth-proto=SHA',
      '--v3-priv-key=encrypted1',
      '--v3-priv-proto=AES',
    ],
    async () => isAnswering(port, first),
    { HOME: folder.path },
  );
  return {
    port,
    program,
    async [Symbol.asyncDispose]() {
      await program.stop();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Whether an agent gives its uptime; asked with Net-SNMP's own tool. */
export function isAnswering(port: number, community: string): boolean {
  try {
    const options = ['-v2c', '-c', community, '-t', '0.3', '-r', '0', `127.0.0.1:${port}`, '1.3.6.1.2.1.1.3.0'];
    execFileSync('snmpget', options, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function compareOids(one: string, other: string): number {
  const [a, b] = [one.split('.'), other.split('.')];
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = Number(a[at] ?? -1) - Number(b[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
