import type { AddressFacts } from '#probe/address-facts.ts';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { connectionVerdicts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { defineKind } from '#probe/define-kind.ts';
import { folderFault, folderMetrics } from '#probe/folder-facts.ts';
import { ConnectionFailure } from '#probe/open-connection.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { isoDay } from '#probe/start-tls.ts';
import { FtpFailure, FtpSession, type FtpVisit } from './ftp-session.ts';
import { ftpSettings, type FtpSettings } from './settings.ts';
import { ftpTexts, type FtpReasons } from './texts.ts';

const kind: CheckKind<FtpSettings, FtpReasons> = {
  name: 'ftp',
  settings: ftpSettings,
  texts: ftpTexts,
  defaults: { intervalMs: 60_000, timeoutMs: 15_000 },
  requires: 'network',
  run: runFtp,
  propose: ({ openPorts }: AddressFacts) => [
    ...(openPorts.includes(21) ? [{ settings: {}, recommended: false }] : []),
    ...(openPorts.includes(990) ? [{ settings: { security: 'implicit' as const }, recommended: false }] : []),
  ],
};

/** Files over FTP, plain or within TLS: signing in, listing, and a file there and back. */
export const ftp = defineKind(kind);

async function runFtp(
  settings: FtpSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<FtpReasons>> {
  const startedMs = context.clock.nowMs();
  const passed = (): number => context.clock.nowMs() - startedMs;
  try {
    const visit = await new FtpSession(settings, context).visit(target.address);
    const durationMs = passed();
    return {
      ...judge(settings, visit, durationMs),
      output: evidence(settings, visit),
      metrics: measure(visit, durationMs),
      durationMs,
    };
  } catch (error) {
    if (!(error instanceof FtpFailure) && !(error instanceof ConnectionFailure)) throw error;
    const { reason } = error;
    return { verdict: verdictOf(reason), reason, output: '', metrics: [], durationMs: passed() };
  }
}

function isConnectionCode(code: string): code is keyof ConnectionReasons {
  return Object.hasOwn(connectionVerdicts, code);
}

function verdictOf({ code }: ReasonOf<FtpReasons>): Verdict {
  if (code === 'noAges') return 'unknown';
  return isConnectionCode(code) ? connectionVerdicts[code] : 'down';
}

function judge(
  settings: FtpSettings,
  { facts, certificate }: FtpVisit,
  ms: number,
): { verdict: Verdict; reason: ReasonOf<FtpReasons> } {
  const { folder, warnMs, warnDays } = settings;
  const fault = folderFault(settings, facts);
  if (fault !== undefined) return { verdict: 'down', reason: fault };
  if (certificate !== undefined && certificate.days < warnDays) {
    const data = { days: certificate.days, validTo: isoDay(certificate.ends) };
    return { verdict: 'degraded', reason: { code: 'certificateExpiresSoon', data } };
  }
  if (warnMs > 0 && ms > warnMs) return { verdict: 'degraded', reason: { code: 'slow', data: { ms, warnMs } } };
  return { verdict: 'up', reason: { code: 'visited', data: { folder, files: facts.files, ms } } };
}

function measure({ facts, connectMs, signInMs, roundTripMs, certificate }: FtpVisit, totalMs: number): Metric[] {
  return [
    { name: 'connect', unit: 'ms', value: connectMs },
    { name: 'signIn', unit: 'ms', value: signInMs },
    ...(roundTripMs === undefined ? [] : [{ name: 'roundTrip', unit: 'ms', value: roundTripMs } as const]),
    { name: 'total', unit: 'ms', value: totalMs },
    ...folderMetrics(facts),
    ...(certificate === undefined ? [] : [{ name: 'certificateDays', unit: 'days', value: certificate.days } as const]),
  ];
}

function evidence({ folder }: FtpSettings, { facts: { files, newest } }: FtpVisit): string {
  const age = newest === undefined ? '' : `\n${newest.name}, ${Math.round(newest.ageSeconds)} s`;
  return sanitiseOutput(`${folder}: ${files}${age}`, 2_000);
}
