import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseHostKey, preferredAlgorithms } from './host-key.ts';
import { scanHostKeys } from './scan-host-keys.ts';
import { SshFailure, type SshFailureKind, type SshPhase } from './ssh-failure.ts';
import type { TransportSettings } from './ssh2-transport.ts';
import type { SshTarget } from './transport.ts';

/** The name by which the pinned keys stand in our known_hosts file: whatever the address, these keys and no others. */
const alias = 'vigie-target';

/** How much of the client's words is kept to learn from. */
const heardBytes = 32_768;

/** A running master of OpenSSH's connection sharing. */
export interface OpensshMaster {
  /** Arguments with which a further client runs a command over it. */
  readonly clientArguments: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Aborted when the connection is gone. */
  readonly lost: AbortSignal;
  readonly close: () => Promise<void>;
}

/**
 * Connects with the system's OpenSSH client, which then serves others through a socket in `folder`.
 * The folder holds the key for as long as the connection lives, readable by nobody else.
 * @throws SshFailure
 */
export async function startOpensshMaster(
  target: SshTarget,
  folder: string,
  settings: TransportSettings,
  signal: AbortSignal,
): Promise<OpensshMaster> {
  await mkdir(folder, { mode: 0o700 });
  const attempt = new MasterAttempt(target, folder, settings);
  try {
    return await attempt.run(signal);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

class MasterAttempt {
  readonly #target: SshTarget;
  readonly #folder: string;
  readonly #settings: TransportSettings;
  #heard = '';

  constructor(target: SshTarget, folder: string, settings: TransportSettings) {
    this.#target = target;
    this.#folder = folder;
    this.#settings = settings;
  }

  async run(signal: AbortSignal): Promise<OpensshMaster> {
    const environment = await this.#writeFiles();
    const shared = this.#arguments();
    const words = [...shared, '-M', '-N', '-v', '-o', 'PermitLocalCommand=yes', '-o', 'LocalCommand=echo vigie-ready'];
    const master = spawn('ssh', [...words, this.#target.host], { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
    const lost = new AbortController();
    const over = new Promise<void>((resolve) => {
      master.once('error', () => resolve());
      master.once('close', () => resolve());
    });
    void over.then(() => lost.abort());
    const limitMs = this.#settings.connectTimeoutMs + this.#settings.handshakeTimeoutMs;
    const late = AbortSignal.timeout(limitMs);
    await this.#untilReady(master, AbortSignal.any([late, signal, lost.signal]));
    if (lost.signal.aborted) throw await this.#failure(null);
    if (late.aborted || signal.aborted) {
      master.kill('SIGKILL');
      throw await this.#failure(late.aborted ? 'timeout' : 'aborted');
    }
    return {
      clientArguments: [...shared, '-o', 'LogLevel=ERROR', this.#target.host],
      environment,
      lost: lost.signal,
      close: async () => {
        master.kill('SIGTERM');
        const insist = setTimeout(() => master.kill('SIGKILL'), 1_000);
        await over;
        clearTimeout(insist);
        await rm(this.#folder, { recursive: true, force: true });
      },
    };
  }

  async #untilReady(master: ChildProcess, end: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    master.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.includes('vigie-ready')) resolve();
    });
    master.stderr?.on('data', (chunk: Buffer) => {
      this.#heard = (this.#heard + chunk.toString()).slice(-heardBytes);
    });
    if (end.aborted) resolve();
    end.addEventListener('abort', () => resolve(), { once: true });
    await promise;
  }

  async #writeFiles(): Promise<NodeJS.ProcessEnv> {
    const { hostKeys, credential } = this.#target;
    const known = hostKeys.map((key) => `${alias} ${key}\n`).join('');
    await writeFile(join(this.#folder, 'known_hosts'), known, { mode: 0o600 });
    const secret = credential.kind === 'key' ? credential.passphrase : credential.password;
    if (credential.kind === 'key') {
      // A key without its last line break is refused.
      await writeFile(join(this.#folder, 'key'), `${credential.privateKey.trimEnd()}\n`, { mode: 0o600 });
    }
    await writeFile(join(this.#folder, 'ask'), '#!/bin/sh\nprintf "%s\\n" "$VIGIE_SSH_SECRET"\n', { mode: 0o700 });
    return {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      SSH_ASKPASS: join(this.#folder, 'ask'),
      SSH_ASKPASS_REQUIRE: 'force',
      VIGIE_SSH_SECRET: secret ?? '',
    };
  }

  #arguments(): string[] {
    const { port, user, hostKeys, credential } = this.#target;
    const { connectTimeoutMs, keepaliveIntervalMs } = this.#settings;
    const pinned = hostKeys.map(parseHostKey).filter((key) => key !== undefined);
    const options = {
      ControlPath: join(this.#folder, 's'),
      ControlPersist: 'no',
      UserKnownHostsFile: join(this.#folder, 'known_hosts'),
      GlobalKnownHostsFile: '/dev/null',
      StrictHostKeyChecking: 'yes',
      UpdateHostKeys: 'no',
      HostKeyAlias: alias,
      HostKeyAlgorithms: preferredAlgorithms(pinned).join(','),
      IdentitiesOnly: 'yes',
      IdentityAgent: 'none',
      ...(credential.kind === 'key' ? { IdentityFile: join(this.#folder, 'key') } : { PubkeyAuthentication: 'no' }),
      PreferredAuthentications: credential.kind === 'key' ? 'publickey' : 'password,keyboard-interactive',
      NumberOfPasswordPrompts: '1',
      ConnectTimeout: String(Math.max(1, Math.ceil(connectTimeoutMs / 1_000))),
      ServerAliveInterval: String(Math.max(1, Math.ceil(keepaliveIntervalMs / 1_000))),
      ServerAliveCountMax: '3',
      ClearAllForwardings: 'yes',
    };
    const set = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
    return ['-F', '/dev/null', '-T', ...set, '-p', String(port), '-l', user];
  }

  /** The failure that the client's own words tell. */
  async #failure(known: 'timeout' | 'aborted' | null): Promise<SshFailure> {
    const { host, port, user, hostKeys } = this.#target;
    const heard = this.#heard;
    const phase = phaseIn(heard);
    const kind = known ?? kindIn(heard, hostKeys.length);
    const offeredKey = kind.startsWith('host-key') ? await this.#offeredKey() : undefined;
    const methods = /Permission denied \((?<methods>[^)]+)\)/.exec(heard)?.groups?.['methods']?.split(',');
    const last = heard.split('\n').findLast((line) => line !== '' && !line.startsWith('debug'));
    return new SshFailure(kind, {
      host,
      port,
      user,
      phase: kind === 'credential' ? 'connect' : phase,
      ...(offeredKey === undefined ? {} : { offeredKey }),
      ...(methods === undefined ? {} : { acceptedMethods: methods }),
      ...(last === undefined ? {} : { reason: last.trim().slice(0, 300) }),
    });
  }

  /** The client does not print the key it refused; the server shows it to anyone who asks. */
  async #offeredKey(): Promise<string | undefined> {
    const { host, port } = this.#target;
    const timeoutMs = this.#settings.connectTimeoutMs;
    const keys = await scanHostKeys({ host, port, timeoutMs }).catch(() => []);
    return keys[0]?.key;
  }
}

function phaseIn(heard: string): SshPhase {
  if (/Authentications that can continue|Authentication refused|SSH2_MSG_SERVICE_ACCEPT/.test(heard)) return 'sign-in';
  return heard.includes('Connection established') ? 'handshake' : 'connect';
}

const signs: readonly (readonly [RegExp, SshFailureKind])[] = [
  [/Load key .*: |no such identity/i, 'credential'],
  [/Permission denied|Too many authentication failures|No more authentication methods/i, 'auth'],
  [/Could not resolve hostname/i, 'unresolved'],
  [/Connection refused/i, 'refused'],
  [/timed? ?out/i, 'timeout'],
  [/No route to host|Network is unreachable|Host is down/i, 'unreachable'],
  [
    /Unable to negotiate|banner line contains invalid|Bad (?:remote )?protocol|no matching|exceeded|too long|invalid format/i,
    'protocol',
  ],
  [/Connection (?:closed|reset)|kex_exchange_identification/i, 'closed'],
];

function kindIn(heard: string, pinned: number): SshFailureKind {
  if (heard.includes('Host key verification failed')) return pinned === 0 ? 'host-key-unknown' : 'host-key-changed';
  return signs.find(([sign]) => sign.test(heard))?.[1] ?? 'protocol';
}
