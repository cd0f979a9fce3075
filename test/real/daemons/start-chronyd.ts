import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSocket } from 'node:dgram';
import { Daemon } from './daemon.ts';
import { freePort } from './free-port.ts';
import { inOwnFolder } from './own-folder.ts';

/** A time server on loopback that leaves the machine's clock alone. */
export interface Chronyd extends AsyncDisposable {
  readonly port: number;
  readonly daemon: Daemon;
}

/** Starts chronyd as a server: a local clock of the given stratum, or none at all, so that it is not synchronised. */
export function startChronyd(stratum?: number): Promise<Chronyd> {
  return inOwnFolder('chronyd', async (folder, own) => {
    const port = await freePort();
    const file = join(folder, 'chrony.conf');
    const lines = [
      `port ${port}`,
      'bindaddress 127.0.0.1',
      'allow 127.0.0.1',
      'cmdport 0',
      `bindcmdaddress ${join(folder, 'command.sock')}`,
      `pidfile ${join(folder, 'pid')}`,
      ...(stratum === undefined ? [] : [`local stratum ${stratum}`]),
    ];
    await writeFile(file, `${lines.join('\n')}\n`);
    // -x: never touch the clock of the machine; -d: stay in the foreground.
    const daemon = own.use(new Daemon('/usr/sbin/chronyd', ['-x', '-d', '-u', 'root', '-f', file]));
    await daemon.ready(() => isAnswering(port));
    return {
      port,
      daemon,
    };
  });
}

function isAnswering(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  return new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), 300);
    socket.on('error', () => resolve(false));
    socket.on('message', () => {
      clearTimeout(timer);
      resolve(true);
    });
    const question = Buffer.alloc(48);
    question[0] = 0x23;
    socket.connect(port, '127.0.0.1', () => socket.send(question));
  }).finally(() => socket.close());
}
