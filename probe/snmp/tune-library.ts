import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';

type Library = typeof import('net-snmp');
type Hash = Parameters<Library['Authentication']['passwordToKey']>[0];

const tuned = new WeakSet<object>();
const remoteEngine = z.object({ engineID: z.instanceof(Buffer) });
const blockBytes = 8;

/**
 * Mends what the SNMP library cannot do under OpenSSL 3, once: single DES is no longer among its ciphers, but three times
 * the same key of triple DES is single DES (RFC 3414, section 8.1.1).
 */
export function tuneLibrary(snmp: Library): void {
  const des = snmp.Encryption.algorithms[snmp.PrivProtocols.des];
  if (tuned.has(des)) return;
  tuned.add(des);
  const keyOf = (hash: Hash, password: string, engine: unknown, salt: Buffer) => {
    const localized = snmp.Authentication.passwordToKey(hash, password, remoteEngine.parse(engine).engineID);
    const key = localized.subarray(0, blockBytes);
    const start = localized.subarray(blockBytes, 2 * blockBytes).map((byte, at) => byte ^ (salt[at] ?? 0));
    return { key: Buffer.concat([key, key, key]), start };
  };
  Object.assign(des, {
    encryptPdu(clear: Buffer, _protocol: unknown, password: string, hash: Hash, engine: unknown) {
      const salt = Buffer.concat([Buffer.from([0, 0, 0, 1]), randomBytes(4)]);
      const { key, start } = keyOf(hash, password, engine, salt);
      const padded = Buffer.alloc(Math.ceil(clear.length / blockBytes) * blockBytes);
      clear.copy(padded);
      const cipher = createCipheriv('des-ede3-cbc', key, start).setAutoPadding(false);
      return { encryptedPdu: Buffer.concat([cipher.update(padded), cipher.final()]), msgPrivacyParameters: salt };
    },
    decryptPdu(...[hidden, , salt, password, hash, engine]: [Buffer, unknown, Buffer, string, Hash, unknown]) {
      const { key, start } = keyOf(hash, password, engine, salt);
      const decipher = createDecipheriv('des-ede3-cbc', key, start).setAutoPadding(false);
      return Buffer.concat([decipher.update(hidden), decipher.final()]);
    },
  });
}
