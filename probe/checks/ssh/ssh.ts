import type { AddressFacts } from '#probe/address-facts.ts';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { ConnectionFailure } from '#probe/open-connection.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { openSshSession, type SshSession } from '#probe/ssh/open-ssh-session.ts';
import { weakAlgorithms } from '#probe/ssh/server-offer.ts';
import { SshSessionFailure, sshSessionVerdict } from '#probe/ssh/session-reasons.ts';
import { fingerprintOf, type HostKey } from '#ssh/host-key.ts';
import { sshSettings, type SshSettings } from './settings.ts';
import { sshKindTexts, type SshKindReasons } from './texts.ts';

const kind: CheckKind<SshSettings, SshKindReasons> = {
  name: 'ssh',
  settings: sshSettings,
  texts: sshKindTexts,
  defaults: { intervalMs: 60_000, timeoutMs: 8_000 },
  requires: 'network',
  run: runSsh,
  propose: (facts: AddressFacts) =>
    facts.openPorts.includes(22) && facts.sshBanner !== undefined ? [{ settings: {}, recommended: true }] : [],
};

/** An SSH server and its host key, without signing in. */
export const ssh = defineKind(kind);

async function runSsh(
  settings: SshSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<SshKindReasons>> {
  const startedMs = context.clock.nowMs();
  const passed = (): number => context.clock.nowMs() - startedMs;
  const { port, hostKeys } = settings;
  try {
    const wish = { address: target.address, port, hostKeys, signIn: undefined };
    const session = await openSshSession(wish, startedMs + context.timeoutMs, context);
    session.end();
    const durationMs = passed();
    const weak = [...weakAlgorithms(session.offer), ...weakKey(session.hostKey)];
    return {
      ...judge(settings, session, weak, durationMs),
      output: evidence(session, weak),
      metrics: measure(session, weak, durationMs),
      durationMs,
    };
  } catch (error) {
    if (!(error instanceof SshSessionFailure) && !(error instanceof ConnectionFailure)) throw error;
    const { reason } = error;
    return { verdict: sshSessionVerdict(reason), reason, output: '', metrics: [], durationMs: passed() };
  }
}

const leastRsaBits = 2_048;

/** An RSA key that is too short, by the length of its modulus (RFC 4253, 6.6). */
function weakKey({ type, blob }: HostKey): string[] {
  if (type !== 'ssh-rsa' || blob.length < 20) return [];
  const exponentAt = 4 + blob.readUInt32BE(0);
  const modulusAt = exponentAt + 4 + blob.readUInt32BE(exponentAt);
  if (modulusAt + 4 > blob.length) return [];
  const bits = (blob.readUInt32BE(modulusAt) - 1) * 8;
  return bits < leastRsaBits ? [`ssh-rsa ${bits}`] : [];
}

function judge(
  settings: SshSettings,
  { standing, hostKey, offer }: SshSession,
  weak: readonly string[],
  ms: number,
): { verdict: Verdict; reason: ReasonOf<SshKindReasons> } {
  const banner = offer.banner ?? '';
  const fingerprint = fingerprintOf(hostKey);
  if (settings.warnWeak && weak.length > 0)
    return {
      verdict: 'degraded',
      reason: { code: 'weak', data: { algorithms: weak.slice(0, 8).join(', '), count: weak.length } },
    };
  if (settings.warnMs > 0 && ms > settings.warnMs)
    return { verdict: 'degraded', reason: { code: 'slow', data: { ms, warnMs: settings.warnMs } } };
  if (standing.kind === 'first')
    return { verdict: 'up', reason: { code: 'firstSeen', data: { banner, fingerprint, type: hostKey.type } } };
  return { verdict: 'up', reason: { code: 'sameKey', data: { banner, ms } } };
}

function measure(session: SshSession, weak: readonly string[], totalMs: number): Metric[] {
  return [
    { name: 'lookup', unit: 'ms', value: session.lookupMs },
    { name: 'connect', unit: 'ms', value: session.connectMs },
    { name: 'handshake', unit: 'ms', value: session.handshakeMs },
    { name: 'total', unit: 'ms', value: totalMs },
    { name: 'weak', unit: 'count', value: weak.length },
  ];
}

function evidence({ offer, hostKey }: SshSession, weak: readonly string[]): string {
  const lines = [
    offer.banner ?? '',
    `${hostKey.type} ${fingerprintOf(hostKey)}`,
    `kex: ${offer.kex.join(', ')}`,
    `host keys: ${offer.hostKeys.join(', ')}`,
    `ciphers: ${offer.ciphers.join(', ')}`,
    `macs: ${offer.macs.join(', ')}`,
    ...(weak.length === 0 ? [] : [`weak: ${weak.join(', ')}`]),
  ];
  return sanitiseOutput(lines.join('\n'), 4_096);
}
