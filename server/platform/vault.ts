import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Encrypts secrets before they are stored. The key lies outside the database, in the data folder, readable by its
 * owner only. A sealed secret is bound to its purpose (`use`), so that it cannot be moved to another row.
 */
export interface Vault {
  /** AES-256-GCM (NIST SP 800-38D): version byte, 12 bytes of nonce, 16 of tag, then the cipher text. */
  seal(secret: string, use: string): Buffer;
  /** @throws Error when the bytes were changed, or sealed for another use or with another key. */
  unseal(sealed: Buffer, use: string): string;
}

const version = 1;

export function createVault(key: Buffer): Vault {
  if (key.length !== 32) throw new Error('the vault key must have 32 bytes');
  return {
    seal(secret, use) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(Buffer.from(use, 'utf8'));
      const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), body]);
    },
    unseal(sealed, use) {
      if (sealed.length < 29 || sealed[0] !== version) throw new Error('not a sealed secret');
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13));
      decipher.setAAD(Buffer.from(use, 'utf8'));
      decipher.setAuthTag(sealed.subarray(13, 29));
      return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]).toString('utf8');
    },
  };
}

/** Reads the vault's key from the data folder, making it at the first start. */
export async function loadVaultKey(dataFolder: string): Promise<Buffer> {
  const file = join(dataFolder, 'vault.key');
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      const key = randomBytes(32);
      await handle.writeFile(`${key.toString('base64')}\n`);
      await handle.sync();
      return key;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return Buffer.from((await readFile(file, 'utf8')).trim(), 'base64');
  }
}
