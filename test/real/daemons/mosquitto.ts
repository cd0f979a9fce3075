import { execFile } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerCertificate } from '#probe/testing/certificates.ts';
import { Daemon } from './daemon.ts';
import { freePort } from './free-port.ts';
import { inOwnFolder } from './own-folder.ts';

const run = promisify(execFile);

/** A real Mosquitto; vigie signs in with "hidden" and may use vigie/check, rooms and $SYS. */
export interface Mosquitto extends AsyncDisposable {
  readonly port: number;
  readonly tlsPort: number;
  readonly daemon: Daemon;
}

/** Starts one. Needs Debian's mosquitto. */
export function startMosquitto({ cert, key }: ServerCertificate): Promise<Mosquitto> {
  return inOwnFolder('mosquitto', async (folder, own) => {
    const [port, tlsPort] = [await freePort(), await freePort()];
    const passwords = join(folder, 'passwords');
    await writeFile(passwords, '');
    await run('/usr/bin/mosquitto_passwd', ['-b', passwords, 'vigie', 'hidden']);
    await chmod(passwords, 0o644);
    await writeFile(join(folder, 'server.pem'), cert);
    await writeFile(join(folder, 'server.key'), key, { mode: 0o644 });
    await writeFile(
      join(folder, 'access'),
      'user vigie\ntopic readwrite vigie/check/#\ntopic readwrite rooms/#\ntopic write drop/#\ntopic read $SYS/#\n',
    );
    const lines = [
      `listener ${port} 127.0.0.1`,
      `listener ${tlsPort} 127.0.0.1`,
      `certfile ${folder}/server.pem`,
      `keyfile ${folder}/server.key`,
      'allow_anonymous false',
      `password_file ${passwords}`,
      `acl_file ${folder}/access`,
      'sys_interval 1',
      'persistence false',
    ];
    await writeFile(join(folder, 'mosquitto.conf'), lines.join('\n'));
    const daemon = own.use(new Daemon('/usr/sbin/mosquitto', ['-c', join(folder, 'mosquitto.conf')]));
    await daemon.listening(port, tlsPort);
    return {
      port,
      tlsPort,
      daemon,
    };
  });
}
