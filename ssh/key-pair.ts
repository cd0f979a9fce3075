import { createRequire } from 'node:module';

/** Read with the first key: it takes time and memory. */
const read: (name: 'ssh2') => typeof import('ssh2') = createRequire(import.meta.url);

/** A key pair in OpenSSH's forms. */
export interface KeyPair {
  readonly privateKey: string;
  /** One line, as authorized_keys wants it. */
  readonly publicKey: string;
}

/** Makes an Ed25519 key pair. The comment ends up in the public line. */
export function makeKeyPair(comment: string): KeyPair {
  const { private: privateKey, public: publicKey } = read('ssh2').utils.generateKeyPairSync('ed25519', { comment });
  return { privateKey, publicKey };
}

/** The public line of a private key; undefined when it cannot be read (damaged, no private key, wrong passphrase). */
export function publicKeyOf(privateKey: string, passphrase?: string): string | undefined {
  const parsed = read('ssh2').utils.parseKey(privateKey, passphrase);
  if (parsed instanceof Error || !parsed.isPrivateKey()) return undefined;
  return `${parsed.type} ${parsed.getPublicSSH().toString('base64')}`;
}
