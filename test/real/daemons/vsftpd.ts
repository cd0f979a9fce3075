import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerCertificate } from '#probe/testing/certificates.ts';
import { Daemon } from './daemon.ts';
import { freePort } from './free-port.ts';
import { inOwnFolder } from './own-folder.ts';

/** A real vsftpd on 127.0.0.1 that takes anonymous visitors, who may write into `drop`. */
export interface Vsftpd extends AsyncDisposable {
  readonly port: number;
  /** What visitors see as `drop`. */
  readonly drop: string;
  readonly daemon: Daemon;
}

interface VsftpdOptions {
  readonly certificate?: ServerCertificate;
  readonly implicit?: boolean;
  /** Further lines of its configuration. */
  readonly lines?: readonly string[];
}

/** Starts one. Needs Debian's vsftpd, and root. */
export function startVsftpd({ certificate, implicit = false, lines = [] }: VsftpdOptions = {}): Promise<Vsftpd> {
  return inOwnFolder('vsftpd', async (folder, own) => {
    const root = join(folder, 'root');
    const drop = join(root, 'drop');
    await mkdir(drop, { recursive: true });
    await chmod(drop, 0o777);
    await mkdir(join(folder, 'empty'), { mode: 0o755 });
    const port = await freePort();
    const configuration = [
      'listen=YES',
      'listen_address=127.0.0.1',
      `listen_port=${port}`,
      'background=NO',
      'anonymous_enable=YES',
      'local_enable=NO',
      'write_enable=YES',
      'anon_upload_enable=YES',
      'anon_mkdir_write_enable=YES',
      'anon_other_write_enable=YES',
      'anon_world_readable_only=NO',
      'anon_umask=022',
      `anon_root=${root}`,
      `secure_chroot_dir=${join(folder, 'empty')}`,
      'xferlog_enable=NO',
      'seccomp_sandbox=NO',
      'isolate_network=NO',
      'isolate=NO',
      'use_localtime=NO',
      ...(await tlsLines(folder, certificate, implicit)),
      ...lines,
    ];
    await writeFile(join(folder, 'vsftpd.conf'), `${configuration.join('\n')}\n`);
    const daemon = own.use(new Daemon('/usr/sbin/vsftpd', [join(folder, 'vsftpd.conf')]));
    await daemon.listening(port);
    return {
      port,
      drop,
      daemon,
    };
  });
}

async function tlsLines(
  folder: string,
  certificate: ServerCertificate | undefined,
  implicit: boolean,
): Promise<string[]> {
  if (certificate === undefined) return [];
  await writeFile(join(folder, 'server.pem'), certificate.cert);
  await writeFile(join(folder, 'server.key'), certificate.key, { mode: 0o600 });
  return [
    'ssl_enable=YES',
    'allow_anon_ssl=YES',
    'force_anon_data_ssl=YES',
    'force_anon_logins_ssl=YES',
    'require_ssl_reuse=YES',
    'ssl_ciphers=HIGH',
    `rsa_cert_file=${join(folder, 'server.pem')}`,
    `rsa_private_key_file=${join(folder, 'server.key')}`,
    ...(implicit ? ['implicit_ssl=YES'] : []),
  ];
}
