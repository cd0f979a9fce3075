import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { command } from './command.ts';

/** Where a key lies and what it says. */
export interface LabKey {
  /** Path of the private key, in OpenSSH's own format, without a passphrase. */
  readonly path: string;
  readonly privateText: string;
  /** One line: type, base64, comment. */
  readonly publicText: string;
}

export async function makeKey(path: string, comment: string): Promise<LabKey> {
  await command(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', path]);
  return readKey(path);
}

export async function readKey(path: string): Promise<LabKey> {
  const [privateText, publicText] = await Promise.all([readFile(path, 'utf8'), readFile(`${path}.pub`, 'utf8')]);
  return { path, privateText, publicText: publicText.trim() };
}

export interface Certificate {
  /** PEM. */
  readonly certificate: string;
  readonly privateKey: string;
}

export interface LabCertificates {
  readonly valid: Certificate;
  /** Signed by the same authority, over since yesterday. */
  readonly expired: Certificate;
}

const authorityConfiguration = `
[ca]
default_ca = lab
[lab]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = name
prompt = no
[name]
commonName = Vigie lab authority
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
`;

/** The lab's own certificate authority; its certificate is `authority.crt` in the folder. */
export async function makeAuthority(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'openssl.cnf'), authorityConfiguration);
  await writeFile(join(folder, 'index.txt'), '');
  const certificate = join(folder, 'authority.crt');
  await openssl(
    folder,
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 3650 ' +
      '-config openssl.cnf -extensions authority -keyout authority.key -out authority.crt',
  );
  return certificate;
}

/** A certificate of the lab's authority for these names, and one like it that has run out. */
export async function makeCertificates(
  folder: string,
  names: readonly string[],
  addresses: readonly string[],
): Promise<LabCertificates> {
  const [first = 'site'] = names;
  const alternatives = [...names.map((name) => `DNS:${name}`), ...addresses.map((address) => `IP:${address}`)].join(
    ',',
  );
  await openssl(
    folder,
    `req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -config openssl.cnf -subj /CN=${first} ` +
      `-addext subjectAltName=${alternatives} -keyout site.key -out site.csr`,
  );
  const dayMs = 86_400_000;
  const now = Date.now();
  const sign = async (name: string, fromMs: number, toMs: number): Promise<void> =>
    openssl(
      folder,
      `ca -batch -notext -config openssl.cnf -cert authority.crt -keyfile authority.key -in site.csr ` +
        `-startdate ${asn1Time(fromMs)} -enddate ${asn1Time(toMs)} -out ${name}`,
    );
  // One after the other: both write the authority's index.
  await sign('valid.crt', now - dayMs, now + 90 * dayMs);
  await sign('expired.crt', now - 91 * dayMs, now - dayMs);
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  const [valid, expired, privateKey] = await Promise.all([read('valid.crt'), read('expired.crt'), read('site.key')]);
  return {
    valid: { certificate: valid, privateKey },
    expired: { certificate: expired, privateKey },
  };
}

async function openssl(folder: string, words: string): Promise<void> {
  await command(['env', `--chdir=${folder}`, 'openssl', ...words.split(' ')]);
}

/** `YYYYMMDDHHMMSSZ`, as openssl wants it. */
function asn1Time(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`;
}
