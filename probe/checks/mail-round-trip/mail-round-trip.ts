import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { ImapSession } from '#probe/imap-session.ts';
import { mailReason, mailVerdict } from '#probe/mail-reasons.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { SmtpSession } from '#probe/smtp-session.ts';
import { awaitMessage } from './await-message.ts';
import { deleteMessages, findMessages, openFolder, type FoundMessage } from './mailbox.ts';
import { writeMessage, type ProbeMessage } from './probe-message.ts';
import { mailRoundTripSettings, type MailRoundTripSettings } from './settings.ts';
import { mailRoundTripTexts, type MailRoundTripReasons } from './texts.ts';

const timeoutMs = 120_000;

const kind: CheckKind<MailRoundTripSettings, MailRoundTripReasons> = {
  name: 'mail-round-trip',
  settings: mailRoundTripSettings,
  texts: mailRoundTripTexts,
  defaults: { intervalMs: 300_000, timeoutMs },
  requires: 'network',
  run: runMailRoundTrip,
};

/** A message sent by SMTP and found again by IMAP. */
export const mailRoundTrip = defineKind(kind);

interface Judgement {
  readonly verdict: Verdict;
  readonly reason: ReasonOf<MailRoundTripReasons>;
}

/** What one run knows and finds. */
interface Trip {
  readonly settings: MailRoundTripSettings;
  readonly target: CheckTarget;
  readonly context: CheckContext;
  readonly deadlineMs: number;
  readonly message: ProbeMessage;
  readonly metrics: Metric[];
  readonly lines: string[];
}

// Kept back from the waiting, so that there is time to clean up.
const cleaningMs = 3_000;

async function runMailRoundTrip(
  settings: MailRoundTripSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<MailRoundTripReasons>> {
  const startedMs = context.clock.nowMs();
  const message = writeMessage(settings, target, startedMs);
  const deadlineMs = startedMs + context.timeoutMs;
  const trip: Trip = { settings, target, context, deadlineMs, message, metrics: [], lines: [] };
  const judgement: Judgement =
    settings.from === '' || settings.to === ''
      ? { verdict: 'unknown', reason: { code: 'addressMissing', data: {} } }
      : await travel(trip);
  return {
    ...judgement,
    output: sanitiseOutput(trip.lines.join('\n')),
    metrics: trip.metrics,
    durationMs: context.clock.nowMs() - startedMs,
  };
}

/** The mailbox is opened first: what cannot be found again is not sent. */
async function travel(trip: Trip): Promise<Judgement> {
  const { settings, context } = trip;
  try {
    using mailbox = await openMailbox(trip);
    const nextUid = await openFolder(mailbox, settings.folder);
    await removeLeftovers(mailbox, trip);
    const sendingMs = context.clock.nowMs();
    const sent = await send(trip);
    if ('verdict' in sent) return sent;
    const sentMs = context.clock.nowMs();
    trip.metrics.push({ name: 'send', unit: 'ms', value: sentMs - sendingMs });
    trip.lines.push(`sent: ${sent.said}`);
    const limitMs = Math.max(settings.warnSeconds, settings.downSeconds) * 1_000;
    const untilMs = Math.min(sentMs + limitMs, trip.deadlineMs - cleaningMs);
    const found = await awaitMessage(mailbox, trip.message, { nextUid, untilMs }, context);
    if (found === undefined) return await notArrived(mailbox, trip, sent.said, sentMs);
    const judgement = arrived(trip, found, { sendingMs, sentMs });
    const left = await deleteMessages(mailbox, [found]);
    mailbox.logOut();
    if (left === undefined || judgement.verdict === 'down') return judgement;
    return { verdict: 'degraded', reason: { code: 'notCleaned', data: { said: left } } };
  } catch (error) {
    const reason = mailReason(error);
    const data = { ...reason.data, why: reason.code };
    return { verdict: mailVerdict(reason), reason: { code: 'readingFails', data } };
  }
}

async function openMailbox({ settings, target, context, deadlineMs }: Trip): Promise<ImapSession> {
  const endpoint = {
    port: settings.imapPort,
    security: settings.imapSecurity,
    serverName: settings.imapServerName,
    verifyCertificate: settings.verifyCertificate,
  };
  const server = settings.imapServer === '' ? target.address : settings.imapServer;
  const session = await ImapSession.open(server, endpoint, deadlineMs, context);
  try {
    await session.signIn({
      user: settings.imapUser === '' ? settings.smtpUser : settings.imapUser,
      password: settings.imapPassword === '' ? settings.smtpPassword : settings.imapPassword,
    });
    return session;
  } catch (error) {
    session[Symbol.dispose]();
    throw error;
  }
}

/** Messages of earlier runs that arrived too late or could not be deleted. Younger ones may be another probe's, under way. */
async function removeLeftovers(mailbox: ImapSession, trip: Trip): Promise<void> {
  const { message, context } = trip;
  const all = await findMessages(mailbox, message.owner, `${message.owner}.`, 1);
  const old = all.filter(({ sentAtMs }) => sentAtMs < context.clock.nowMs() - 2 * timeoutMs);
  await deleteMessages(mailbox, old);
  for (const { sentAtMs } of old) trip.lines.push(`left over and deleted: sent ${new Date(sentAtMs).toISOString()}`);
  trip.metrics.push({ name: 'leftovers', unit: 'count', value: old.length });
}

async function send({ settings, target, context, message, deadlineMs }: Trip): Promise<{ said: string } | Judgement> {
  const { smtpPort, smtpSecurity, smtpServerName, smtpUser, smtpPassword, verifyCertificate, from, to } = settings;
  const endpoint = {
    port: smtpPort,
    security: smtpSecurity,
    serverName: smtpServerName,
    verifyCertificate,
    heloName: '',
  };
  try {
    using session = await SmtpSession.open(target.address, endpoint, deadlineMs - cleaningMs, context);
    if (smtpUser !== '') await session.signIn({ user: smtpUser, password: smtpPassword }, 'auto');
    const said = await session.deliver(from, to, message.text);
    session.quit();
    return { said };
  } catch (error) {
    const reason = mailReason(error);
    const data = { ...reason.data, why: reason.code };
    return { verdict: mailVerdict(reason), reason: { code: 'sendingFails', data } };
  }
}

function arrived(
  { settings, context, metrics, lines }: Trip,
  found: FoundMessage,
  { sendingMs, sentMs }: { readonly sendingMs: number; readonly sentMs: number },
): Judgement {
  const nowMs = context.clock.nowMs();
  const ms = nowMs - sendingMs;
  metrics.push(
    { name: 'delivery', unit: 'ms', value: nowMs - sentMs },
    { name: 'roundTrip', unit: 'ms', value: ms },
    { name: 'hops', unit: 'count', value: found.hops.length },
  );
  lines.push(...found.hops.slice(0, 20).map((hop) => `received: ${hop.slice(0, 300)}`));
  const { warnSeconds, downSeconds } = settings;
  if (ms > downSeconds * 1_000)
    return { verdict: 'down', reason: { code: 'late', data: { ms, limitSeconds: downSeconds } } };
  if (ms > warnSeconds * 1_000)
    return { verdict: 'degraded', reason: { code: 'late', data: { ms, limitSeconds: warnSeconds } } };
  return { verdict: 'up', reason: { code: 'arrived', data: { ms, hops: found.hops.length } } };
}

/** The message may have been taken for junk; when it is still under way, the next run finds and deletes it. */
async function notArrived(mailbox: ImapSession, trip: Trip, said: string, sentMs: number): Promise<Judgement> {
  const { settings, message, context } = trip;
  const seconds = Math.round((context.clock.nowMs() - sentMs) / 1_000);
  if (settings.junkFolder !== '') {
    await openFolder(mailbox, settings.junkFolder);
    const found = await findMessages(mailbox, message.owner, message.token, 1);
    await deleteMessages(mailbox, found);
    if (found.length > 0)
      return { verdict: 'degraded', reason: { code: 'takenForJunk', data: { folder: settings.junkFolder } } };
  }
  mailbox.logOut();
  return { verdict: 'down', reason: { code: 'notArrived', data: { to: settings.to, seconds, said } } };
}
