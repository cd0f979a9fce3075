import { createHash } from 'node:crypto';

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
