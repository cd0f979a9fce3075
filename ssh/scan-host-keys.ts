import type { LookupFunction } from 'node:net';
import {
  algorithmsOf,
  fingerprintOf,
  formatHostKey,
  hostKeyOfBlob,
  hostKeyTypes,
  type HostKey,
  type HostKeyType,
} from './host-key.ts';
import { dial } from './ssh2-connect.ts';
import { SshFailure } from './ssh-failure.ts';
import { monotonicMs } from './monotonic-clock.ts';

/** A key a server showed, ready to be compared by a person and pinned. */
export interface ScannedHostKey {
  /** OpenSSH form, as `SshTarget.hostKeys` wants it. */
  readonly key: string;
  readonly type: string;
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
}

export interface ScanSettings {
  readonly host: string;
  readonly port: number;
  /** For the whole scan. */
  readonly timeoutMs: number;
  /** How a name becomes an address; the system's way when it is left out. */
  readonly lookup?: LookupFunction;
  readonly signal?: AbortSignal;
}

/**
 * Learns the keys of a server without signing in, for pinning with an operator's consent. The types are asked one after
 * the other: recent servers punish many unfinished connections at once from one address.
 * @throws SshFailure when the server cannot be reached, or shows no key we know
 */
export async function scanHostKeys(settings: ScanSettings): Promise<ScannedHostKey[]> {
  const until = monotonicMs() + settings.timeoutMs;
  const found: ScannedHostKey[] = [];
  for (const type of hostKeyTypes) {
    const remainingMs = until - monotonicMs();
    if (remainingMs <= 0) break;
    const key = await scanOne(settings, type, remainingMs);
    if (key !== undefined) found.push({ key: formatHostKey(key), type: key.type, fingerprint: fingerprintOf(key) });
  }
  if (found.length > 0) return found;
  const { host, port } = settings;
  throw new SshFailure(monotonicMs() >= until ? 'timeout' : 'protocol', { host, port, phase: 'handshake' });
}

/** The key of one type, or undefined when the server has none. */
async function scanOne(settings: ScanSettings, type: HostKeyType, remainingMs: number): Promise<HostKey | undefined> {
  const { host, port, lookup, signal } = settings;
  const { default: ssh2 } = await import('ssh2');
  const socket = await dial({
    host,
    port,
    connectTimeoutMs: remainingMs,
    ...(lookup === undefined ? {} : { lookup }),
    ...(signal === undefined ? {} : { signal }),
  });
  const { promise, resolve, reject } = Promise.withResolvers<HostKey | undefined>();
  const fail = (kind: 'timeout' | 'aborted'): void => reject(new SshFailure(kind, { host, port, phase: 'handshake' }));
  const timer = setTimeout(() => fail('timeout'), remainingMs);
  const abort = (): void => fail('aborted');
  signal?.addEventListener('abort', abort, { once: true });
  const client = new ssh2.Client();
  let refusal: Error | undefined;
  client.on('error', (error) => {
    refusal ??= error;
  });
  socket.once('close', () => {
    const noCommonKey = refusal === undefined || /host key/i.test(refusal.message);
    if (noCommonKey) resolve(undefined);
    else
      reject(
        new SshFailure('protocol', {
          host,
          port,
          phase: 'handshake',
          ...(refusal === undefined ? {} : { reason: refusal.message }),
        }),
      );
  });
  client.connect({
    sock: socket,
    username: 'vigie',
    readyTimeout: 0,
    algorithms: { serverHostKey: [...algorithmsOf(type)] },
    hostVerifier: (blob: Buffer) => {
      resolve(hostKeyOfBlob(blob));
      return false;
    },
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    client.destroy();
    socket.destroy();
  }
}
