import { createHash } from 'node:crypto';

import { fingerprintOf, parseHostKey } from '#ssh/host-key.ts';
import { scanHostKeys } from '#ssh/scan-host-keys.ts';
import { hosts } from './company/hosts.ts';

/** A host key in OpenSSH form that no host has: its bytes come from the host's name. */
export function inventHostKey(name: string): string {
  const type = 'ssh-ed25519';
  const key = createHash('sha256').update(`vigie demonstration ${name}`).digest();
  const lengths = [type.length, key.length].map((length) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(length);
    return bytes;
  });
  return `${type} ${Buffer.concat([lengths[0] ?? key, Buffer.from(type), lengths[1] ?? key, key]).toString('base64')}`;
}

/** Invented hosts show their invented key when they are asked; others are asked really. */
export const scanInventedKeys: typeof scanHostKeys = async (settings) => {
  const host = hosts.find(({ address }) => address === settings.host);
  const key = host === undefined ? undefined : inventHostKey(host.name);
  const parsed = key === undefined ? undefined : parseHostKey(key);
  if (key === undefined || parsed === undefined) return scanHostKeys(settings);
  return [{ key, type: parsed.type, fingerprint: fingerprintOf(parsed) }];
};
