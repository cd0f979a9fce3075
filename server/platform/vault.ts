import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
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
  return (await readKey(file)) ?? (await makeKey(file));
}

async function readKey(file: string): Promise<Buffer | null> {
  try {
    return Buffer.from((await readFile(file, 'utf8')).trim(), 'base64');
  } catch (error) {
    if (isFault(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Written whole under another name first: a process that dies in between leaves no half key, which nothing could mend. */
async function makeKey(file: string): Promise<Buffer> {
  const key = randomBytes(32);
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${key.toString('base64')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    // Unlike a renaming, a link never takes the place of the key that another start made meanwhile.
    await link(draft, file);
    return key;
  } catch (error) {
    const made = isFault(error, 'EEXIST') ? await readKey(file) : null;
    if (made === null) throw error;
    return made;
  } finally {
    await unlink(draft);
  }
}

function isFault(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
