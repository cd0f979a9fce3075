import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { endsSoon, MailConnection, tlsEvidence, tlsMetrics } from '#probe/mail-connection.ts';
import { mailResult } from '#probe/mail-reasons.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { Pop3Session } from './pop3-session.ts';
import { pop3Settings, type Pop3Settings } from './settings.ts';
import { pop3Texts, type Pop3Reasons } from './texts.ts';

const kind: CheckKind<Pop3Settings, Pop3Reasons> = {
  name: 'pop3',
  settings: pop3Settings,
  texts: pop3Texts,
  defaults: { intervalMs: 60_000, timeoutMs: 10_000 },
  requires: 'network',
  run: runPop3,
  propose: (facts) =>
    (facts.mail ?? [])
      .filter(({ protocol }) => protocol === 'pop3')
      .map(({ port, security, verifyCertificate }) => ({
        settings: { port, security, verifyCertificate },
        recommended: true,
      })),
};

/** A server of mailboxes by the older protocol. */
export const pop3 = defineKind(kind);

async function runPop3(
  settings: Pop3Settings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<Pop3Reasons>> {
  const { clock } = context;
  const startedMs = clock.nowMs();
  const metrics: Metric[] = [];
  const lines: string[] = [];
  const output = (): string => sanitiseOutput(lines.join('\n'));
  try {
    using connection = await MailConnection.open(target.address, settings, startedMs + context.timeoutMs, context);
    const greetedMs = clock.nowMs();
    const session = await Pop3Session.begin(connection, settings.security === 'starttls');
    metrics.push(
      { name: 'connect', unit: 'ms', value: connection.connectMs },
      { name: 'banner', unit: 'ms', value: clock.nowMs() - greetedMs },
      ...tlsMetrics(connection.session, clock.nowMs()),
    );
    lines.push(session.greeting, ...tlsEvidence(connection.session), session.capabilities.join(', '));
    const messages = settings.user === '' ? undefined : await countMail(settings, session, metrics, context);
    session.quit();
    const durationMs = clock.nowMs() - startedMs;
    metrics.push({ name: 'total', unit: 'ms', value: durationMs });
    const soon = endsSoon(connection.session, settings.warnDays, clock.nowMs());
    const judgement = judge(settings, messages, durationMs);
    const rest = { output: output(), metrics, durationMs };
    return soon !== undefined && judgement.verdict === 'up'
      ? { verdict: 'degraded', reason: soon, ...rest }
      : { ...judgement, ...rest };
  } catch (error) {
    return mailResult(error, startedMs, context, { output: output(), metrics });
  }
}

async function countMail(
  settings: Pop3Settings,
  session: Pop3Session,
  metrics: Metric[],
  { clock }: CheckContext,
): Promise<number> {
  const startedMs = clock.nowMs();
  await session.signIn(settings);
  metrics.push({ name: 'auth', unit: 'ms', value: clock.nowMs() - startedMs });
  const { messages, bytes } = await session.count();
  metrics.push({ name: 'messages', unit: 'count', value: messages }, { name: 'size', unit: 'bytes', value: bytes });
  return messages;
}

function judge(
  { user, warnMessages, warnMs }: Pop3Settings,
  messages: number | undefined,
  ms: number,
): { verdict: Verdict; reason: ReasonOf<Pop3Reasons> } {
  if (messages !== undefined && warnMessages > 0 && messages > warnMessages)
    return { verdict: 'degraded', reason: { code: 'manyMessages', data: { user, messages, limit: warnMessages } } };
  if (warnMs > 0 && ms > warnMs) return { verdict: 'degraded', reason: { code: 'slow', data: { ms, warnMs } } };
  return messages === undefined
    ? { verdict: 'up', reason: { code: 'ready', data: { ms } } }
    : { verdict: 'up', reason: { code: 'counted', data: { user, messages, ms } } };
}
