import { createHmac, randomBytes } from 'node:crypto';
import type { SshTarget } from './transport.ts';

/** Keyed, so that no trace of a credential can be found in memory or in a file name by trying passwords against it. */
const secret = randomBytes(32);

/** Equal for targets that may share a connection: same server, account, pinned keys and credential. */
export function targetKey(target: SshTarget): string {
  const { host, port, user, hostKeys, credential } = target;
  const proof =
    credential.kind === 'key'
      ? ['key', credential.privateKey, credential.passphrase ?? null]
      : ['password', credential.password];
  return createHmac('sha256', secret)
    .update(JSON.stringify([host, port, user, hostKeys.toSorted(), proof]))
    .digest('hex');
}
