import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerCertificate } from '#probe/testing/certificates.ts';
import { Daemon } from './daemon.ts';
import { freePort } from './free-port.ts';
import { inOwnFolder } from './own-folder.ts';

/** A real nginx on 127.0.0.1, in clear and within TLS (HTTP/2). */
export interface Nginx extends AsyncDisposable {
  readonly plain: number;
  readonly secure: number;
  readonly daemon: Daemon;
}

/**
 * Starts one with a page at /, a JSON text at /health.json, `/private/` for alice with the password «sesame», `/moved` that
 * leads to the TLS port, and `/broken` that fails. Needs Debian's nginx-light.
 */
export function startNginx(certificate: ServerCertificate): Promise<Nginx> {
  return inOwnFolder('nginx', async (folder, own) => {
    const [plain, secure] = [await freePort(), await freePort()];
    const put = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
    await mkdir(join(folder, 'www', 'private'), { recursive: true });
    await put('server.pem', certificate.cert);
    await put('server.key', certificate.key);
    await put('www/index.html', '<h1>Intranet</h1>');
    await put('www/health.json', '{"status":"ok","checks":[{"name":"db","ms":4},{"name":"queue","ms":9}]}');
    await put('www/private/index.html', 'for Alice only');
    await put('users', 'alice:{PLAIN}sesame\n');
    const shared = `
    root ${join(folder, 'www')};
    add_header X-Frame-Options DENY;
    location /private/ { auth_basic "private"; auth_basic_user_file ${join(folder, 'users')}; }
    location = /moved { return 302 https://127.0.0.1:${secure}/; }
    location = /broken { return 503 "broken"; }`;
    await put(
      'nginx.conf',
      `daemon off; pid ${join(folder, 'nginx.pid')}; error_log stderr; worker_processes 1;
${process.getuid?.() === 0 ? 'user nobody nogroup;' : ''}
events { worker_connections 64; }
http {
  access_log off; default_type text/plain;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(folder, name)};`).join(' ')}
  server { listen 127.0.0.1:${plain}; ${shared} }
  server { listen 127.0.0.1:${secure} ssl http2; ssl_certificate ${join(folder, 'server.pem')}; ssl_certificate_key ${join(folder, 'server.key')}; ${shared} }
}
`,
    );
    const daemon = own.use(
      new Daemon('/usr/sbin/nginx', ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')]),
    );
    await daemon.listening(plain, secure);
    return {
      plain,
      secure,
      daemon,
    };
  });
}
