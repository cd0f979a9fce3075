import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { ImapSession } from '#probe/imap-session.ts';
import { endsSoon, tlsEvidence, tlsMetrics } from '#probe/mail-connection.ts';
import { mailResult } from '#probe/mail-reasons.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { readFolder, type FolderFacts, type FolderRefusal } from './read-folder.ts';
import { imapSettings, type ImapSettings } from './settings.ts';
import { imapTexts, type ImapReasons } from './texts.ts';

const kind: CheckKind<ImapSettings, ImapReasons> = {
  name: 'imap',
  settings: imapSettings,
  texts: imapTexts,
  defaults: { intervalMs: 30_000, timeoutMs: 10_000 },
  requires: 'network',
  run: runImap,
  propose: (facts) =>
    (facts.mail ?? [])
      .filter(({ protocol }) => protocol === 'imap')
      .map(({ port, security, verifyCertificate }) => ({
        settings: { port, security, verifyCertificate },
        recommended: true,
      })),
};

/** A server of mailboxes, and one mailbox on it. */
export const imap = defineKind(kind);

interface Judgement {
  readonly verdict: Verdict;
  readonly reason: ReasonOf<ImapReasons>;
}

async function runImap(
  settings: ImapSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<ImapReasons>> {
  const startedMs = context.clock.nowMs();
  const metrics: Metric[] = [];
  const lines: string[] = [];
  const output = (): string => sanitiseOutput(lines.join('\n'));
  try {
    using session = await ImapSession.open(target.address, settings, startedMs + context.timeoutMs, context);
    const tls = session.connection.session;
    metrics.push(
      { name: 'connect', unit: 'ms', value: session.connection.connectMs },
      { name: 'banner', unit: 'ms', value: session.bannerMs },
      ...tlsMetrics(tls, context.clock.nowMs()),
    );
    lines.push(session.greeting, ...tlsEvidence(tls), [...session.capabilities].join(' '));
    const folder = settings.user === '' ? undefined : await openFolder(settings, session, metrics, context);
    session.logOut();
    const durationMs = context.clock.nowMs() - startedMs;
    metrics.push({ name: 'total', unit: 'ms', value: durationMs });
    const fault = folder === undefined ? undefined : judgeFolder(settings, folder);
    const soon = endsSoon(tls, settings.warnDays, context.clock.nowMs());
    const judgement: Judgement =
      fault ?? (soon === undefined ? judgeTime(settings, folder, durationMs) : { verdict: 'degraded', reason: soon });
    return { ...judgement, output: output(), metrics, durationMs };
  } catch (error) {
    return mailResult(error, startedMs, context, { output: output(), metrics });
  }
}

async function openFolder(
  settings: ImapSettings,
  session: ImapSession,
  metrics: Metric[],
  context: CheckContext,
): Promise<FolderFacts | FolderRefusal> {
  const startedMs = context.clock.nowMs();
  await session.signIn(settings);
  metrics.push({ name: 'auth', unit: 'ms', value: context.clock.nowMs() - startedMs });
  const folder = await readFolder(session, folderOf(settings));
  if ('refused' in folder) return folder;
  metrics.push({ name: 'messages', unit: 'count', value: folder.messages });
  if (folder.unseen !== undefined) metrics.push({ name: 'unseen', unit: 'count', value: folder.unseen });
  if (folder.quotaPercent !== undefined) metrics.push({ name: 'quota', unit: 'percent', value: folder.quotaPercent });
  return folder;
}

function folderOf({ folder }: ImapSettings): string {
  return folder === '' ? 'INBOX' : folder;
}

/** What is wrong with the folder or its mailbox, worst first; undefined when nothing is. */
export function judgeFolder(settings: ImapSettings, facts: FolderFacts | FolderRefusal): Judgement | undefined {
  const folder = folderOf(settings);
  if ('refused' in facts)
    return { verdict: 'down', reason: { code: 'folderMissing', data: { folder, said: facts.refused } } };
  const { user, warnQuotaPercent, downQuotaPercent, warnMessages } = settings;
  const percent = facts.quotaPercent ?? 0;
  if (downQuotaPercent > 0 && percent >= downQuotaPercent)
    return { verdict: 'down', reason: { code: 'full', data: { user, percent } } };
  if (warnQuotaPercent > 0 && percent > warnQuotaPercent)
    return { verdict: 'degraded', reason: { code: 'nearlyFull', data: { user, percent, limit: warnQuotaPercent } } };
  if (warnMessages > 0 && facts.messages > warnMessages) {
    const data = { folder, messages: facts.messages, limit: warnMessages };
    return { verdict: 'degraded', reason: { code: 'manyMessages', data } };
  }
  return undefined;
}

function judgeTime(settings: ImapSettings, facts: FolderFacts | FolderRefusal | undefined, ms: number): Judgement {
  const { warnMs } = settings;
  if (warnMs > 0 && ms > warnMs) return { verdict: 'degraded', reason: { code: 'slow', data: { ms, warnMs } } };
  if (facts === undefined || 'refused' in facts) return { verdict: 'up', reason: { code: 'ready', data: { ms } } };
  const data = { folder: folderOf(settings), messages: facts.messages, ms };
  return { verdict: 'up', reason: { code: 'opened', data } };
}
