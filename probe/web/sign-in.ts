import { createHash, randomBytes } from 'node:crypto';

/** How a request proves who asks. For `bearer` the token is the password. */
export interface WebCredential {
  readonly way: 'basic' | 'bearer' | 'digest';
  readonly user: string;
  readonly password: string;
}

/** The header for the two ways that need no question first (RFC 7617, RFC 6750); undefined for Digest. */
export function plainAuthorization({ way, user, password }: WebCredential): string | undefined {
  switch (way) {
    case 'basic':
      return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
    case 'bearer':
      return `Bearer ${password}`;
    default:
      return undefined;
  }
}

interface DigestRequest {
  readonly method: string;
  readonly path: string;
}

const hashes: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' };

/** The answer to a server's Digest question (RFC 7616, `qop=auth`); undefined when it asks none that can be answered. */
export function digestAuthorization(
  question: string,
  { user, password }: WebCredential,
  { method, path }: DigestRequest,
): string | undefined {
  const asked = challenges(question).find(({ algorithm = 'MD5' }) =>
    Object.hasOwn(hashes, algorithm.toUpperCase().replace(/-SESS$/u, '')),
  );
  if (asked?.realm === undefined || asked.nonce === undefined) return undefined;
  const algorithm = asked.algorithm?.toUpperCase() ?? 'MD5';
  const name = hashes[algorithm.replace(/-SESS$/u, '')] ?? 'md5';
  const hash = (text: string): string => createHash(name).update(text).digest('hex');
  const cnonce = randomBytes(12).toString('hex');
  const count = '00000001';
  const own = hash(`${user}:${asked.realm}:${password}`);
  const first = algorithm.endsWith('-SESS') ? hash(`${own}:${asked.nonce}:${cnonce}`) : own;
  const second = hash(`${method}:${path}`);
  const withQop = (asked.qop ?? '').split(',').some((each) => each.trim() === 'auth');
  const response = withQop
    ? hash(`${first}:${asked.nonce}:${count}:${cnonce}:auth:${second}`)
    : hash(`${first}:${asked.nonce}:${second}`);
  const parts = [
    `username=${quoted(user)}`,
    `realm=${quoted(asked.realm)}`,
    `nonce=${quoted(asked.nonce)}`,
    `uri=${quoted(path)}`,
    `response="${response}"`,
    ...(asked.algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    ...(asked.opaque === undefined ? [] : [`opaque=${quoted(asked.opaque)}`]),
    ...(withQop ? ['qop=auth', `nc=${count}`, `cnonce="${cnonce}"`] : []),
  ];
  return `Digest ${parts.join(', ')}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll(/[\r\n]/gu, '').replaceAll(/["\\]/gu, String.raw`\$&`)}"`;
}

interface Challenge {
  readonly realm?: string;
  readonly nonce?: string;
  readonly algorithm?: string;
  readonly opaque?: string;
  readonly qop?: string;
}

const questionLimit = 4_000;

/** The Digest questions of a `WWW-Authenticate` header, which may hold several and of other schemes. */
function challenges(header: string): Challenge[] {
  const found: Challenge[] = [];
  for (const piece of header
    .slice(0, questionLimit)
    .split(/\bDigest\s+/iu)
    .slice(1)) {
    const fields = [...piece.matchAll(/([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/giu)];
    found.push(
      Object.fromEntries(
        fields.map(([, name = '', text, word]) => [
          name.toLowerCase(),
          text === undefined ? (word ?? '') : text.replaceAll(/\\(.)/gu, '$1'),
        ]),
      ),
    );
  }
  return found;
}
