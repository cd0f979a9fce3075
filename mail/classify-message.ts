import { autoSign, listSign, robotSign, suppressSign } from './classify/auto-signs.ts';
import { readBounce } from './classify/bounce.ts';
import type { BounceFacts } from './classify/bounce-facts.ts';
import { flightStep, type FlightRule, type FlightStep } from './flight-record.ts';
import type { ReadMessage } from './message.ts';
import { ticketOfId, type MailKeys } from './thread/mail-token.ts';

/** What sort of message it is. Everything but a person's is stored and shown, and answered by nobody but people. */
export type MessageKind =
  | 'person'
  | 'auto_reply'
  | 'list'
  | 'bounce'
  | 'delay_notice'
  | 'read_receipt'
  | 'dmarc_report'
  | 'calendar_answer'
  | 'own';

export interface Classification {
  readonly kind: MessageKind;
  /** Whether a program of ours may answer or tell its sender anything. */
  readonly mayBeAnswered: boolean;
  readonly bounce: BounceFacts | null;
  readonly steps: readonly FlightStep[];
}

export interface Envelope {
  /** Who the transport says sent it; '' for nobody (RFC 5321, 4.5.5), null when not known. */
  readonly from: string | null;
  /** For whom it came in; empty when not known. */
  readonly to: readonly string[];
}

/** Says what sort of message it is, and by which sign. `keys` tell mail of our own that comes back to us. */
export function classifyMessage(message: ReadMessage, envelope: Envelope, keys: MailKeys): Classification {
  const own = ticketOfId(message.messageId, keys);
  if (own !== null) return judge('own', 'own_mail', message.messageId);
  const robot = robotSign(message, envelope.from);
  const receipt = receiptOf(message);
  if (receipt !== null) return judge('read_receipt', 'read_receipt', receipt);
  const report = dmarcReportOf(message);
  if (report !== null) return judge('dmarc_report', 'dmarc_report', report);
  const bounce = readBounce(message, robot !== null);
  if (bounce !== null) {
    const hasStatus = message.machineParts.some(({ type }) => type.endsWith('delivery-status'));
    const evidence = bounce.recipients.map(({ address, status }) => `${address} ${status}`.trim()).join(', ');
    return judge(
      bounce.outcome === 'failed' ? 'bounce' : 'delay_notice',
      hasStatus ? 'bounce_report' : 'bounce_text',
      evidence,
      bounce,
    );
  }
  const method = message.calendar?.method ?? '';
  if (/^(?:REPLY|REFRESH|COUNTER|DECLINECOUNTER)$/u.test(method))
    return judge('calendar_answer', 'calendar_answer', `METHOD:${method}`);
  const auto = autoSign(message);
  if (auto !== null) return judge('auto_reply', auto.rule, auto.evidence);
  const list = listSign(message);
  if (list !== null) return judge('list', list.rule, list.evidence);
  if (robot !== null) return judge('auto_reply', robot.rule, robot.evidence);
  const suppressed = suppressSign(message);
  const person = flightStep('classify', 'person', message.from[0]?.address ?? '', 'person');
  if (suppressed === null)
    return { kind: 'person', mayBeAnswered: message.from.length > 0, bounce: null, steps: [person] };
  const steps = [person, flightStep('classify', suppressed.rule, suppressed.evidence, 'not_answered')];
  return { kind: 'person', mayBeAnswered: false, bounce: null, steps };
}

function judge(
  kind: MessageKind,
  rule: FlightRule,
  evidence: string,
  bounce: BounceFacts | null = null,
): Classification {
  return { kind, mayBeAnswered: false, bounce, steps: [flightStep('classify', rule, evidence, kind)] };
}

/** RFC 8098: a report on what became of a message that arrived. */
function receiptOf(message: ReadMessage): string | null {
  const part = message.machineParts.find(({ type }) => type === 'message/disposition-notification');
  if (part !== undefined) return /^Disposition:.*$/imu.exec(part.text)?.[0] ?? 'message/disposition-notification';
  const report = message.type.parameters.get('report-type')?.toLowerCase();
  if (report === 'disposition-notification') return `report-type=${report}`;
  const isReceipt = /^(?:lu|non lu|read|not read|accusé de lecture|confirmation de lecture|gelesen)\s?:/iu.test(
    message.subject,
  );
  return isReceipt && message.text.trim().length < 600 && message.references.length > 0 ? message.subject : null;
}

/** RFC 7489, 7.2: the reports that domains send each other on forged mail; and those of RFC 8460 on TLS. */
function dmarcReportOf(message: ReadMessage): string | null {
  const isNamed = /^(?:\[[^\]]{1,40}\] )?report domain:? .{3,200}submitter:?/iu.test(message.subject);
  const file = message.attachments.find(({ name }) =>
    /^[^!]{3,200}![^!]{3,200}!\d{9,12}!\d{9,12}.*\.(?:xml|zip|gz|json)/iu.test(name),
  );
  if (file !== undefined) return file.name;
  if (isNamed) return message.subject;
  return message.type.parameters.get('report-type')?.toLowerCase() === 'tlsrpt' ? 'report-type=tlsrpt' : null;
}
