import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { connectionResult } from '#probe/connection-result.ts';
import { ConversationFailure } from '#probe/conversation.ts';
import { defineKind } from '#probe/define-kind.ts';
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
import { lookAtOffer, type TlsOffer } from './look-at-offer.ts';
import { openLine, StartTlsRefusal } from './open-line.ts';
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
      settings: { port: each.port, verifyChain: each.authorized, inspectOffer: true },
      // Where a page is watched over HTTPS, or a mail server, its check sees the certificate too.
      recommended:
        !facts.http.some(({ url }) => url.startsWith('https:') && portOf(url) === each.port) &&
        facts.mail?.some(({ port }) => port === each.port) !== true,
    })),
};

/** Certificate, chain and protocol of a server that speaks TLS, at once or when asked. */
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
    const line = await openLine(target.address, settings, deadlineMs, context);
    socket = line.socket;
    const session = await startTls(
      socket,
      // A server that began in another protocol may hang up on the name of HTTP.
      { name: serverName, protocols: settings.startTls === 'no' ? ['http/1.1'] : [] },
      context.tools.trust.lenient,
      Math.max(1, deadlineMs - context.clock.nowMs()),
      context.clock,
    );
    const nowMs = context.clock.nowMs();
    const metrics: Metric[] = [
      { name: 'certificateDays', unit: 'days', value: daysLeft(session.certificate, nowMs) },
      { name: 'connect', unit: 'ms', value: line.connectMs },
      { name: 'handshake', unit: 'ms', value: session.handshakeMs },
    ];
    const seen = evidence(session);
    socket.destroy();
    const offer = settings.inspectOffer
      ? await lookAtOffer(
          async () => (await openLine(target.address, settings, deadlineMs, context)).socket,
          serverName,
          deadlineMs,
          context,
        )
      : undefined;
    return {
      ...judge(settings, session, { serverName, nowMs, offer }),
      output: sanitiseOutput([...seen, ...offerLines(offer)].join('\n')),
      metrics,
      durationMs: context.clock.nowMs() - startedMs,
    };
  } catch (error) {
    const reason = refusalOf(error);
    if (reason === undefined) return connectionResult(error, startedMs, context);
    return { verdict: 'down', reason, output: '', metrics: [], durationMs: context.clock.nowMs() - startedMs };
  } finally {
    socket?.destroy();
  }
}

/** What the server did instead of shaking hands; undefined for what is another's to tell. */
function refusalOf(error: unknown): ReasonOf<TlsReasons> | undefined {
  if (error instanceof HandshakeFailure || error instanceof ConversationFailure) return error.reason;
  if (!(error instanceof StartTlsRefusal)) return undefined;
  return { code: 'startTlsRefused', data: { protocol: error.protocol, answer: error.answer.slice(0, 200) } };
}

const age: Readonly<Record<string, number>> = { TLSv1: 1, 'TLSv1.1': 2, 'TLSv1.2': 3, 'TLSv1.3': 4 };

type Judged = { readonly verdict: Verdict; readonly reason: ReasonOf<TlsReasons> };

function judge(
  settings: TlsSettings,
  session: TlsSession,
  around: { readonly serverName: string; readonly nowMs: number; readonly offer: TlsOffer | undefined },
): Judged {
  const { serverName, nowMs, offer } = around;
  const fault = certificateFault(session, serverName, nowMs, { trusted: settings.verifyChain });
  if (fault?.code === 'certificateUntrusted' && isIncomplete(session, offer))
    return {
      verdict: 'down',
      reason: { code: 'chainIncomplete', data: { issuer: oneLine(session.certificate.issuer) } },
    };
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
  const weakness = weaknessOf(settings, session.certificate) ?? offerFault(settings, offer);
  if (weakness !== undefined) return { verdict: 'degraded', reason: weakness };
  return { verdict: 'up', reason: { code: 'valid', data: { days, protocol } } };
}

/** Whether the authority may well be known, had the server sent the certificate in between. */
function isIncomplete(session: TlsSession, offer: TlsOffer | undefined): boolean {
  if (session.chainFault === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE')
    return offer?.chain === 'leafOnly' || (session.certificate.infoAccess?.includes('CA Issuers') ?? false);
  // What OpenSSL says instead where own authorities are believed too, and also of a whole chain of an unknown one.
  return session.chainFault === 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' && offer?.chain === 'leafOnly';
}

function weaknessOf({ minKeyBits }: TlsSettings, certificate: X509Certificate): ReasonOf<TlsReasons> | undefined {
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  const bits = asymmetricKeyDetails?.modulusLength ?? 0;
  if (asymmetricKeyType === 'rsa' && bits < minKeyBits) return { code: 'weakKey', data: { bits, wanted: minKeyBits } };
  const algorithm = certificate.signatureAlgorithm ?? '';
  return /sha1|md5|md2/iu.test(algorithm) ? { code: 'weakSignature', data: { algorithm } } : undefined;
}

function offerFault({ requireStaple }: TlsSettings, offer: TlsOffer | undefined): ReasonOf<TlsReasons> | undefined {
  if (offer === undefined) return undefined;
  if (offer.oldVersions.length > 0) return { code: 'oldVersions', data: { versions: offer.oldVersions.join(', ') } };
  if (offer.weakCipher !== '') return { code: 'weakCipher', data: { cipher: offer.weakCipher } };
  if (offer.chain === 'disordered') return { code: 'chainDisordered', data: { count: offer.chainLength } };
  return requireStaple && offer.chain !== 'unseen' && !offer.stapled ? { code: 'noStaple', data: {} } : undefined;
}

function evidence(session: TlsSession): string[] {
  const { certificate, protocol, chainFault } = session;
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  const size = asymmetricKeyDetails?.modulusLength ?? asymmetricKeyDetails?.namedCurve ?? '';
  return [
    `subject: ${oneLine(certificate.subject)}`,
    `names: ${namesOf(certificate)}`,
    `issuer: ${oneLine(certificate.issuer)}`,
    `valid: ${isoDay(certificate.validFromDate)} – ${isoDay(certificate.validToDate)}`,
    `key: ${asymmetricKeyType ?? '?'} ${size}`,
    `signature: ${certificate.signatureAlgorithm ?? certificate.signatureAlgorithmOid}`,
    `sha256: ${certificate.fingerprint256}`,
    `protocol: ${protocol}, ${session.socket.getCipher().name}`,
    ...(chainFault === undefined ? [] : [`chain: ${chainFault}`]),
  ];
}

function offerLines(offer: TlsOffer | undefined): string[] {
  if (offer === undefined) return [];
  return [
    `also offered: ${[...offer.oldVersions, offer.weakCipher].filter((each) => each !== '').join(', ') || 'nothing weak'}`,
    `chain sent: ${offer.chain}${offer.chainLength > 0 ? `, ${offer.chainLength} certificates` : ''}`,
    `OCSP staple: ${offer.chain === 'unseen' ? 'unseen' : offer.stapled ? 'yes' : 'no'}`,
  ];
}

function oneLine(name: string): string {
  return name.replaceAll('\n', ', ');
}
