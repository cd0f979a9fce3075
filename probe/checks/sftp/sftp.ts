import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { folderFault, folderMetrics, type FolderFacts } from '#probe/folder-facts.ts';
import { ConnectionFailure } from '#probe/open-connection.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { openSshSession, type SshSession } from '#probe/ssh/open-ssh-session.ts';
import { SshSessionFailure, sshSessionVerdict } from '#probe/ssh/session-reasons.ts';
import { fingerprintOf } from '#ssh/host-key.ts';
import { wholePem } from '#probe/whole-pem.ts';
import { sftpSettings, type SftpSettings } from './settings.ts';
import { sftpTexts, type SftpReasons } from './texts.ts';
import { SftpFailure, visitFolder } from './visit-folder.ts';

const kind: CheckKind<SftpSettings, SftpReasons> = {
  name: 'sftp',
  settings: sftpSettings,
  texts: sftpTexts,
  defaults: { intervalMs: 60_000, timeoutMs: 15_000 },
  requires: 'network',
  run: runSftp,
};

/** Files over SSH: signing in, listing, and a file there and back. */
export const sftp = defineKind(kind);

async function runSftp(
  settings: SftpSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<SftpReasons>> {
  const startedMs = context.clock.nowMs();
  const deadlineMs = startedMs + context.timeoutMs;
  const passed = (): number => context.clock.nowMs() - startedMs;
  const { port, hostKeys, user, password, privateKey, passphrase } = settings;
  let session: SshSession | undefined;
  try {
    const signIn = { user, password, privateKey: wholePem(privateKey), passphrase };
    session = await openSshSession({ address: target.address, port, hostKeys, signIn }, deadlineMs, context);
    const seen = await withinTime(session, visitFolder(session.client, settings, context), deadlineMs, context);
    const durationMs = passed();
    return {
      ...judge(settings, seen, durationMs),
      output: evidence(session, settings, seen),
      metrics: measure(session, seen, durationMs),
      durationMs,
    };
  } catch (error) {
    return { ...failure(error), output: '', metrics: [], durationMs: passed() };
  } finally {
    session?.end();
  }
}

function failure(error: unknown): { verdict: Verdict; reason: ReasonOf<SftpReasons> } {
  if (error instanceof SftpFailure)
    return { verdict: error.reason.code === 'stopped' ? 'unknown' : 'down', reason: error.reason };
  if (!(error instanceof SshSessionFailure) && !(error instanceof ConnectionFailure)) throw error;
  return { verdict: sshSessionVerdict(error.reason), reason: error.reason };
}

/** The work, or a failure when the time is up, the check is stopped or the server hangs up. */
async function withinTime<Value>(
  { client }: SshSession,
  work: Promise<Value>,
  deadlineMs: number,
  context: CheckContext,
): Promise<Value> {
  const cut = Promise.withResolvers<never>();
  const fail = (reason: ReasonOf<SftpReasons>): void => cut.reject(new SftpFailure(reason));
  const onAbort = (): void => fail({ code: 'stopped', data: {} });
  const timer = setTimeout(
    () => fail({ code: 'tooLate', data: { ms: context.timeoutMs } }),
    Math.max(1, deadlineMs - context.clock.nowMs()),
  );
  context.signal.addEventListener('abort', onAbort);
  client.once('close', () => fail({ code: 'hungUp', data: {} }));
  // Whichever comes second is nobody's any more.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, cut.promise]);
  } finally {
    clearTimeout(timer);
    context.signal.removeEventListener('abort', onAbort);
  }
}

function judge(
  settings: SftpSettings,
  facts: FolderFacts,
  ms: number,
): { verdict: Verdict; reason: ReasonOf<SftpReasons> } {
  const { folder, warnMs } = settings;
  const fault = folderFault(settings, facts);
  if (fault !== undefined) return { verdict: 'down', reason: fault };
  if (warnMs > 0 && ms > warnMs) return { verdict: 'degraded', reason: { code: 'slow', data: { ms, warnMs } } };
  return { verdict: 'up', reason: { code: 'visited', data: { folder, files: facts.files, ms } } };
}

function measure(
  session: SshSession,
  seen: FolderFacts & { roundTripMs: number | undefined },
  totalMs: number,
): Metric[] {
  return [
    { name: 'connect', unit: 'ms', value: session.connectMs },
    { name: 'signIn', unit: 'ms', value: session.handshakeMs },
    ...(seen.roundTripMs === undefined ? [] : [{ name: 'roundTrip', unit: 'ms', value: seen.roundTripMs } as const]),
    { name: 'total', unit: 'ms', value: totalMs },
    ...folderMetrics(seen),
  ];
}

function evidence(
  { offer, hostKey }: SshSession,
  { folder }: SftpSettings,
  { files, newest, cut }: FolderFacts,
): string {
  const lines = [
    offer.banner ?? '',
    `${hostKey.type} ${fingerprintOf(hostKey)}`,
    `${folder}: ${files}${cut ? '+' : ''}`,
    ...(newest === undefined ? [] : [`${newest.name}, ${Math.round(newest.ageSeconds)} s`]),
  ];
  return sanitiseOutput(lines.join('\n'), 2_000);
}
