import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { quoted } from '#probe/mail-connection.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { accessMissing, runOverSsh, sshResult } from '#probe/ssh-reasons.ts';
import { queueCommand } from './queue-script.ts';
import { readQueue, waiting, type QueueFacts } from './read-queue.ts';
import { mailQueueSettings, type MailQueueSettings } from './settings.ts';
import { mailQueueTexts, type MailQueueReasons } from './texts.ts';

const kind: CheckKind<MailQueueSettings, MailQueueReasons> = {
  name: 'mail-queue',
  settings: mailQueueSettings,
  texts: mailQueueTexts,
  defaults: { intervalMs: 60_000, timeoutMs: 15_000 },
  requires: 'ssh',
  run: runMailQueue,
};

/** How much mail waits on a mail server, asked for over SSH. */
export const mailQueue = defineKind(kind);

async function runMailQueue(
  settings: MailQueueSettings,
  _target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<MailQueueReasons>> {
  const startedMs = context.clock.nowMs();
  if (context.ssh === undefined) return accessMissing();
  try {
    const done = await runOverSsh(context.ssh, queueCommand(settings), context);
    const stdout = done.stdout.toString('utf8');
    const stderr = done.stderr.toString('utf8');
    const rest = { output: sanitiseOutput(`${stdout}${stderr}`), durationMs: context.clock.nowMs() - startedMs };
    const facts = readQueue(stdout);
    // The lister's own failure, such as "mail system is down", or its absence (127).
    const exit = /^exit (\d+)$/mu.exec(stderr)?.[1];
    if (exit !== undefined || facts === undefined) return { ...failure(exit, stderr), metrics: [], ...rest };
    // To root, a stopped Postfix still shows what lies in its queue; nothing of it moves.
    const stopped = /^postqueue: .*mail system is down.*$/imu.exec(stderr)?.[0];
    const judgement = stopped === undefined ? judgeQueue(settings, facts) : failure('69', stopped);
    return { ...judgement, metrics: measure(facts), ...rest };
  } catch (error) {
    return sshResult(error, startedMs, context);
  }
}

interface Judgement {
  readonly verdict: Verdict;
  readonly reason: ReasonOf<MailQueueReasons>;
}

function failure(exit: string | undefined, stderr: string): Judgement {
  if (exit === '127') return { verdict: 'unknown', reason: { code: 'noMailSystem', data: {} } };
  const said = quoted(stderr.replace(/^exit \d+$/mu, ''));
  return exit === undefined
    ? { verdict: 'unknown', reason: { code: 'unreadable', data: { said } } }
    : { verdict: 'down', reason: { code: 'queueUnavailable', data: { said } } };
}

/** A limit of zero is none. */
function beyond(value: number, limit: number): boolean {
  return limit > 0 && value > limit;
}

/** The verdict on a queue, worst first. */
export function judgeQueue(settings: MailQueueSettings, facts: QueueFacts): Judgement {
  const { warnMessages, downMessages, warnMinutes, downMinutes, warnHeld } = settings;
  const messages = waiting(facts);
  const minutes = Math.floor((facts.oldestSeconds ?? 0) / 60);
  const held = facts.counts['hold'] ?? 0;
  if (beyond(messages, downMessages))
    return { verdict: 'down', reason: { code: 'tooMany', data: { messages, limit: downMessages } } };
  if (beyond(minutes, downMinutes))
    return { verdict: 'down', reason: { code: 'tooOld', data: { minutes, limit: downMinutes } } };
  if (beyond(messages, warnMessages))
    return { verdict: 'degraded', reason: { code: 'tooMany', data: { messages, limit: warnMessages } } };
  if (beyond(minutes, warnMinutes))
    return { verdict: 'degraded', reason: { code: 'tooOld', data: { minutes, limit: warnMinutes } } };
  if (beyond(held, warnHeld)) return { verdict: 'degraded', reason: { code: 'held', data: { held, limit: warnHeld } } };
  return messages === 0
    ? { verdict: 'up', reason: { code: 'empty', data: { held } } }
    : { verdict: 'up', reason: { code: 'moving', data: { messages, minutes } } };
}

function measure(facts: QueueFacts): Metric[] {
  const each = ['active', 'deferred', 'hold'].map((name): Metric => ({
    name,
    unit: 'count',
    value: facts.counts[name] ?? 0,
  }));
  return [
    { name: 'messages', unit: 'count', value: waiting(facts) },
    ...each,
    { name: 'oldest', unit: 'seconds', value: facts.oldestSeconds ?? 0 },
    { name: 'size', unit: 'bytes', value: facts.bytes },
  ];
}
