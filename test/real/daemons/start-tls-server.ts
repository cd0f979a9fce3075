import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Daemon } from './daemon.ts';
import { freePort } from './free-port.ts';
import { ownFolder } from './own-folder.ts';

/** A root, an authority in between, and a server's certificate for 127.0.0.1, in a folder. */
export interface CertificateChain extends AsyncDisposable {
  readonly path: string;
}

function key(name: string): string[] {
  return ['-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-subj', `/CN=Test ${name}`];
}

/** Makes them with openssl: root.pem, between.pem, leaf.pem, leaf.key, weak.pem (1,024 bits), and staple.der for the leaf. */
export async function makeChain(): Promise<CertificateChain> {
  const folder = await ownFolder('chain');
  const openssl = (...options: string[]): void => {
    execFileSync('openssl', options, { cwd: folder.path, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  const file = (name: string, text: string): void => writeFileSync(join(folder.path, name), text);
  file('authority.cnf', 'basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign,cRLSign,digitalSignature\n');
  file('server.cnf', 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n');
  openssl('req', '-x509', ...key('root'), '-out', 'root.pem', '-days', '300');
  const sign = (name: string, issuer: string, extensions: string, request: string[]): void => {
    openssl('req', ...request, '-out', `${name}.csr`);
    const by = ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial', '-extfile', extensions];
    openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-out', `${name}.pem`, '-days', '200');
  };
  sign('between', 'root', 'authority.cnf', key('between'));
  sign('leaf', 'between', 'server.cnf', key('leaf'));
  sign('weak', 'root', 'server.cnf', [
    '-newkey',
    'rsa:1024',
    '-nodes',
    '-keyout',
    'weak.key',
    '-subj',
    '/CN=Test weak',
  ]);
  // The root before the one that it vouches for.
  file(
    'disordered.pem',
    ['root.pem', 'between.pem'].map((name) => readFileSync(join(folder.path, name), 'utf8')).join(''),
  );
  const serial = execFileSync('openssl', ['x509', '-in', 'leaf.pem', '-noout', '-serial'], {
    cwd: folder.path,
    encoding: 'utf8',
  });
  file('index.txt', `V\t351231000000Z\t\t${serial.trim().replace('serial=', '')}\tunknown\t/CN=Test leaf\n`);
  openssl('ocsp', '-issuer', 'between.pem', '-cert', 'leaf.pem', '-reqout', 'question.der');
  const signer = ['-CA', 'between.pem', '-rsigner', 'between.pem', '-rkey', 'between.key'];
  openssl('ocsp', '-index', 'index.txt', ...signer, '-reqin', 'question.der', '-respout', 'staple.der', '-ndays', '7');
  return folder;
}

/** openssl's own server on a loopback port. */
export async function startTlsServer(
  chain: CertificateChain,
  options: readonly string[],
): Promise<AsyncDisposable & { port: number; daemon: Daemon }> {
  const port = await freePort();
  const paths = options.map((option) => (/\.(?:pem|key|der)$/u.test(option) ? join(chain.path, option) : option));
  const daemon = new Daemon('/usr/bin/openssl', ['s_server', '-accept', `127.0.0.1:${port}`, '-quiet', ...paths]);
  await daemon.listening(port);
  return { port, daemon, [Symbol.asyncDispose]: () => daemon[Symbol.asyncDispose]() };
}
