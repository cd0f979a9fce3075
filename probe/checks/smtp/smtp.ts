import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { endsSoon, quoted, tlsEvidence, tlsMetrics } from '#probe/mail-connection.ts';
import { MailFailure, mailResult } from '#probe/mail-reasons.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { SmtpSession, type SmtpReply } from '#probe/smtp-session.ts';
import { smtpSettings, type SmtpSettings } from './settings.ts';
import { smtpTexts, type SmtpReasons } from './texts.ts';

const kind: CheckKind<SmtpSettings, SmtpReasons> = {
  name: 'smtp',
  settings: smtpSettings,
  texts: smtpTexts,
  defaults: { intervalMs: 30_000, timeoutMs: 10_000 },
  requires: 'network',
  run: runSmtp,
  propose: (facts) =>
    (facts.mail ?? [])
      .filter(({ protocol }) => protocol === 'smtp')
      .map(({ port, security, verifyCertificate }) => ({
        settings: { port, security, verifyCertificate },
        recommended: true,
      })),
};

/** A mail server, as another mail server or a sending program meets it. */
export const smtp = defineKind(kind);

interface Judgement {
  readonly verdict: Verdict;
  readonly reason: ReasonOf<SmtpReasons>;
}

async function runSmtp(
  settings: SmtpSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<SmtpReasons>> {
  const startedMs = context.clock.nowMs();
  const metrics: Metric[] = [];
  const lines: string[] = [];
  const output = (): string => sanitiseOutput(lines.join('\n'));
  try {
    using session = await SmtpSession.open(target.address, settings, startedMs + context.timeoutMs, context);
    const { connection } = session;
    metrics.push(
      { name: 'connect', unit: 'ms', value: connection.connectMs },
      { name: 'banner', unit: 'ms', value: session.bannerMs },
      ...tlsMetrics(connection.session, context.clock.nowMs()),
    );
    lines.push(session.banner, ...tlsEvidence(connection.session), extensionsOf(session));
    const fault = await judgeOffers(settings, session, { metrics, lines }, context);
    session.quit();
    const durationMs = context.clock.nowMs() - startedMs;
    metrics.push({ name: 'total', unit: 'ms', value: durationMs });
    const soon = endsSoon(connection.session, settings.warnDays, context.clock.nowMs());
    const judgement =
      fault ?? (soon === undefined ? judgeTime(settings, durationMs) : { verdict: 'degraded', reason: soon });
    return { ...judgement, output: output(), metrics, durationMs };
  } catch (error) {
    return mailResult(error, startedMs, context, { output: output(), metrics });
  }
}

function extensionsOf({ extensions }: SmtpSession): string {
  return [...extensions].map(([word, rest]) => `${word} ${rest}`.trim()).join(', ');
}

/** What is wrong with what the server does, worst first; undefined when nothing is. Throws when it refuses the sign-in. */
async function judgeOffers(
  settings: SmtpSettings,
  session: SmtpSession,
  found: { readonly metrics: Metric[]; readonly lines: string[] },
  context: CheckContext,
): Promise<Judgement | undefined> {
  // Before the sign-in: who signed in may well send to others.
  const relays = settings.relayTo !== '' && (await wouldRelay(settings, session, found.lines));
  if (settings.user !== '') {
    const startedMs = context.clock.nowMs();
    const method = await session.signIn(settings, settings.authMethod);
    found.metrics.push({ name: 'auth', unit: 'ms', value: context.clock.nowMs() - startedMs });
    found.lines.push(`AUTH ${method} as ${settings.user}`);
  }
  if (relays) {
    return { verdict: settings.relayVerdict, reason: { code: 'openRelay', data: { to: settings.relayTo } } };
  }
  return settings.rcptTo === '' ? undefined : askRecipient(settings, session, found.lines);
}

async function wouldRelay(settings: SmtpSettings, session: SmtpSession, lines: string[]): Promise<boolean> {
  const from = await session.command(`MAIL FROM:<${settings.mailFrom}>`, 'MAIL FROM');
  const to = from.code < 300 ? await session.command(`RCPT TO:<${settings.relayTo}>`, 'RCPT TO') : from;
  lines.push(`RCPT TO:<${settings.relayTo}> without sign-in: ${said(to)}`);
  await session.command('RSET', 'RSET');
  return to.code < 300;
}

async function askRecipient(
  { mailFrom, rcptTo }: SmtpSettings,
  session: SmtpSession,
  lines: string[],
): Promise<Judgement | undefined> {
  const from = await session.command(`MAIL FROM:<${mailFrom}>`, 'MAIL FROM');
  if (from.code >= 300) {
    return {
      verdict: from.code < 500 ? 'degraded' : 'down',
      reason: { code: 'senderRefused', data: { from: `<${mailFrom}>`, said: said(from) } },
    };
  }
  const to = await session.command(`RCPT TO:<${rcptTo}>`, 'RCPT TO');
  lines.push(`RCPT TO:<${rcptTo}>: ${said(to)}`);
  // Nothing was sent: the transaction is given up.
  await session.command('RSET', 'RSET');
  if (to.code < 300) return undefined;
  if (to.code < 400) throw new MailFailure({ code: 'notSpoken', data: { protocol: 'SMTP', said: said(to) } });
  const data = { to: rcptTo, said: said(to) };
  // 4xx: busy, greylisted or full; another server would try again.
  return to.code < 500
    ? { verdict: 'degraded', reason: { code: 'recipientLater', data } }
    : { verdict: 'down', reason: { code: 'recipientRefused', data } };
}

function judgeTime({ warnMs, rcptTo, user }: SmtpSettings, ms: number): Judgement {
  if (warnMs > 0 && ms > warnMs) return { verdict: 'degraded', reason: { code: 'slow', data: { ms, warnMs } } };
  if (rcptTo !== '') return { verdict: 'up', reason: { code: 'takesMail', data: { to: rcptTo, ms } } };
  if (user !== '') return { verdict: 'up', reason: { code: 'signedIn', data: { user, ms } } };
  return { verdict: 'up', reason: { code: 'ready', data: { ms } } };
}

function said({ code, lines }: SmtpReply): string {
  return quoted(`${code} ${lines.join(' ')}`);
}
