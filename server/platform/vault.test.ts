import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createVault, loadVaultKey } from './vault.ts';

const vault = createVault(randomBytes(32));
const broken = /authenticate data|not a sealed secret/u;

describe('a sealed secret', () => {
  it('comes back as it was, whatever its letters', () => {
    for (const secret of ['', 'mot de passe', 'é→🗝', 'x'.repeat(20_000)])
      expect(vault.unseal(vault.seal(secret, 'credential 1'), 'credential 1')).toBe(secret);
  });

  it('looks different each time, and shows nothing of the secret', () => {
    const [one, two] = [vault.seal('correct horse', 'use'), vault.seal('correct horse', 'use')];
    expect(one.equals(two)).toBe(false);
    expect(one.toString('latin1')).not.toContain('horse');
  });

  it('opens for its own use only, and with its own key only', () => {
    const sealed = vault.seal('secret', 'credential 1');
    expect(() => vault.unseal(sealed, 'credential 2')).toThrow(broken);
    expect(() => createVault(randomBytes(32)).unseal(sealed, 'credential 1')).toThrow(broken);
  });

  it('does not open when a single byte was changed, or the end is missing', () => {
    const sealed = vault.seal('secret', 'use');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => vault.unseal(changed, 'use')).toThrow(broken);
      expect(() => vault.unseal(sealed.subarray(0, at), 'use')).toThrow(broken);
    }
  });
});

it('refuses a key of another length', () => {
  expect(() => createVault(randomBytes(16))).toThrow(/32 bytes/u);
});

it('makes the key once, readable by its owner only, and finds it again', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'vigie-vault-'));
  try {
    const data = path.join(folder, 'data');
    const first = await loadVaultKey(data);
    expect(first).toHaveLength(32);
    expect((await loadVaultKey(data)).equals(first)).toBe(true);
    expect((await stat(path.join(data, 'vault.key'))).mode & 0o777).toBe(0o600);
    expect(Buffer.from(await readFile(path.join(data, 'vault.key'), 'utf8'), 'base64').equals(first)).toBe(true);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('makes one whole key when several starts come together, and leaves nothing else', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'vigie-vault-'));
  try {
    const keys = await Promise.all(Array.from({ length: 200 }, () => loadVaultKey(folder)));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect(keys[0]).toHaveLength(32);
    expect(await readdir(folder)).toEqual(['vault.key']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
