import { fingerprintOf, formatHostKey, parseHostKey } from '#ssh/host-key.ts';
import type { scanHostKeys } from '#ssh/scan-host-keys.ts';
import { SshFailure } from '#ssh/ssh-failure.ts';
import type { SshTarget, SshTransport } from '#ssh/transport.ts';
import type { Language } from '#contract/words.ts';
import { accessTrialTexts, sshFailureText } from '#texts/upkeep-run-text.ts';
import { actorOf, type Caller } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { isClosed, judgedLookup } from './scan-address.ts';
import { accessStore, credentialStore, type AccessLine } from './store-access.ts';

interface Parts {
  readonly transact: Transact<'upkeep'>;
  readonly clock: Clock;
}

const scanTimeoutMs = 15_000;
const trialTimeoutMs = 20_000;

/** Says how a host is reached, with the keys by which it is recognised. */
export function setAccess(
  { transact, clock }: Parts,
  asked: { hostId: string; credentialId: string; port: number; hostKeys: readonly { type: string; key: string }[] },
): Promise<AccessLine> {
  const keys = asked.hostKeys.map(({ type, key }, index) => {
    // Whole, as the scan gives it, or split at the blank, as the two fields suggest.
    const parsed = parseHostKey(key) ?? parseHostKey(`${type} ${key}`);
    if (parsed === undefined)
      throw new Refusal('bad_input', {}, [{ path: `hostKeys.${index}.key`, reason: 'host_key' }]);
    return { type: parsed.type, key: formatHostKey(parsed), fingerprint: fingerprintOf(parsed) };
  });
  return transact(async ({ db, publish, live }) => {
    const access = accessStore(db);
    const known = (await access.host(asked.hostId)) !== null;
    if (!known || (await credentialStore(db).get(asked.credentialId)) === null) throw new Refusal('not_found');
    await access.set(asked.hostId, asked.credentialId, asked.port, keys, clock.now());
    await publish('upkeep.accessChanged', { hostId: asked.hostId });
    await live('upkeep.access', asked.hostId);
    const line = await access.get(asked.hostId);
    if (line === null) throw new Refusal('not_found');
    return line;
  });
}

/** Forgets how a host is reached. */
export function removeAccess({ transact }: Parts, hostId: string): Promise<void> {
  return transact(async ({ db, publish, live }) => {
    if (!(await accessStore(db).remove(hostId))) throw new Refusal('not_found');
    await publish('upkeep.accessChanged', { hostId });
    await live('upkeep.access', hostId);
  });
}

/** Asks a host for its keys without signing in, for a person to compare; not just any port of this very machine. */
export async function scanHost(
  { db, scanHostKeys: scan }: { db: Database<'upkeep'>; scanHostKeys: typeof scanHostKeys },
  asked: { hostId: string; port: number },
  caller: Caller,
  signal: AbortSignal,
): Promise<AccessLine['hostKeys']> {
  const host = await accessStore(db).host(asked.hostId);
  if (host === null) throw new Refusal('not_found');
  const isAdministrator = actorOf(caller).role === 'administrator';
  if (isClosed(host.address, isAdministrator)) throw new Refusal('address_forbidden', { address: host.address });
  const lookup = judgedLookup(isAdministrator);
  try {
    return await scan({ host: host.address, port: asked.port, timeoutMs: scanTimeoutMs, lookup, signal });
  } catch (error) {
    throw refusalFor(error, host.name, caller.language);
  }
}

/** Tries to sign in and to run a command that does nothing. */
export async function tryAccess(
  transport: SshTransport,
  target: SshTarget,
  hostName: string,
  language: Language,
  signal: AbortSignal,
): Promise<{ ok: boolean; message: string; durationMs: number }> {
  const texts = accessTrialTexts(language);
  try {
    const result = await transport.exec(target, 'true', { timeoutMs: trialTimeoutMs, maxOutputBytes: 10_000, signal });
    const seconds = (result.durationMs / 1_000).toLocaleString(language, { maximumFractionDigits: 2 });
    const ok = result.exitCode === 0;
    const message = ok ? texts.good(seconds) : texts.noCommand(result.exitCode ?? -1);
    return { ok, message, durationMs: Math.round(result.durationMs) };
  } catch (error) {
    if (
      error instanceof SshFailure &&
      (error.kind === 'auth' || error.kind === 'channel' || error.kind === 'credential')
    )
      return { ok: false, message: texts.bad(sshFailureText(error.kind, language)), durationMs: 0 };
    throw refusalFor(error, hostName, language);
  }
}

/** What a failure to reach a host is to the person who asked. Anything else stays a bug. */
function refusalFor(error: unknown, host: string, language: Language): unknown {
  if (!(error instanceof SshFailure)) return error;
  switch (error.kind) {
    case 'host-key-unknown':
      return new Refusal('host_key_unknown', { host });
    case 'host-key-changed':
      return new Refusal('host_key_changed', { host });
    default:
      return new Refusal('host_unreachable', { host, why: sshFailureText(error.kind, language) });
  }
}
