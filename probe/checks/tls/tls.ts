import type { Socket } from 'node:net';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { connectionResult } from '#probe/connection-result.ts';
import { defineKind } from '#probe/define-kind.ts';
import { openConnection } from '#probe/open-connection.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import {
  certificateFault,
  daysLeft,
  HandshakeFailure,
  isoDay,
  namesOf,
  startTls,
  type TlsSession,
} from '#probe/start-tls.ts';
import { tlsSettings, type TlsSettings } from './settings.ts';
import { tlsTexts, type TlsReasons } from './texts.ts';

const kind: CheckKind<TlsSettings, TlsReasons> = {
  name: 'tls',
  settings: tlsSettings,
  texts: tlsTexts,
  defaults: { intervalMs: 5_000, timeoutMs: 3_000 },
  requires: 'network',
  run: runTls,
  propose: (facts) =>
    facts.tls.map((each) => ({
      settings: { port: each.port, verifyChain: each.authorized },
      // Where a page is watched over HTTPS, or a mail server, its check sees the certificate too.
      recommended:
        !facts.http.some(({ url }) => url.startsWith('https:') && portOf(url) === each.port) &&
        facts.mail?.some(({ port }) => port === each.port) !== true,
    })),
};

/** Certificate and protocol of a TLS port. */
export const tls = defineKind(kind);

function portOf(url: string): number {
  const { port } = new URL(url);
  return port === '' ? 443 : Number(port);
}

async function runTls(
  settings: TlsSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<TlsReasons>> {
  const startedMs = context.clock.nowMs();
  const deadlineMs = startedMs + context.timeoutMs;
  const serverName = settings.serverName === '' ? target.address : settings.serverName;
  let socket: Socket | undefined;
  try {
    const connection = await openConnection(target.address, settings.port, deadlineMs, context);
    socket = connection.socket;
    const session = await startTls(
      socket,
      serverName,
      context.tools.trust.lenient,
      Math.max(1, deadlineMs - context.clock.nowMs()),
      context.clock,
    );
    const nowMs = context.clock.nowMs();
    const metrics: Metric[] = [
      { name: 'certificateDays', unit: 'days', value: daysLeft(session.certificate, nowMs) },
      { name: 'connect', unit: 'ms', value: connection.connectMs },
      { name: 'handshake', unit: 'ms', value: session.handshakeMs },
    ];
    return {
      ...judge(settings, session, serverName, nowMs),
      output: evidence(session),
      metrics,
      durationMs: nowMs - startedMs,
    };
  } catch (error) {
    if (error instanceof HandshakeFailure) {
      return {
        verdict: 'down',
        reason: error.reason,
        output: '',
        metrics: [],
        durationMs: context.clock.nowMs() - startedMs,
      };
    }
    return connectionResult(error, startedMs, context);
  } finally {
    socket?.destroy();
  }
}

const age: Readonly<Record<string, number>> = { TLSv1: 1, 'TLSv1.1': 2, 'TLSv1.2': 3, 'TLSv1.3': 4 };

function judge(
  settings: TlsSettings,
  session: TlsSession,
  serverName: string,
  nowMs: number,
): { verdict: Verdict; reason: ReasonOf<TlsReasons> } {
  const fault = certificateFault(session, serverName, nowMs, { trusted: settings.verifyChain });
  if (fault !== undefined) return { verdict: 'down', reason: fault };
  const days = daysLeft(session.certificate, nowMs);
  const soon = {
    code: 'certificateExpiresSoon',
    data: { days, validTo: isoDay(session.certificate.validToDate) },
  } as const;
  if (days < settings.downDays) return { verdict: 'down', reason: soon };
  const { protocol } = session;
  if ((age[protocol] ?? 0) < (age[settings.minProtocol] ?? 0)) {
    return { verdict: 'degraded', reason: { code: 'weakProtocol', data: { protocol, wanted: settings.minProtocol } } };
  }
  if (days < settings.warnDays) return { verdict: 'degraded', reason: soon };
  return { verdict: 'up', reason: { code: 'valid', data: { days, protocol } } };
}

function evidence(session: TlsSession): string {
  const { certificate, protocol, chainFault } = session;
  const lines = [
    `subject: ${certificate.subject.replaceAll('\n', ', ')}`,
    `names: ${namesOf(certificate)}`,
    `issuer: ${certificate.issuer.replaceAll('\n', ', ')}`,
    `valid: ${isoDay(certificate.validFromDate)} – ${isoDay(certificate.validToDate)}`,
    `sha256: ${certificate.fingerprint256}`,
    `protocol: ${protocol}, ${session.socket.getCipher().name}`,
    ...(chainFault === undefined ? [] : [`chain: ${chainFault}`]),
  ];
  return sanitiseOutput(lines.join('\n'));
}
