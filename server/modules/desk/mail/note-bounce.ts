import type { BounceFacts } from '#mail/classify/bounce-facts.ts';
import { flightStep, type FlightStep } from '#mail/flight-record.ts';
import type { Unit } from '#platform/outbox.ts';
import { filed } from './mail-step.ts';
import type { FiledMail } from './store-mail-in.ts';
import { mailOutStore } from './store-mail-out.ts';
import { storyStore } from '../tickets/store-story.ts';
import { vigie } from '../tickets/ticket-fact.ts';
import type { TicketRecord } from '../tickets/store-tickets.ts';

const longestSaid = 500;

/** Shows a report of a mail server on the mail that it is about. Nothing is answered, and nothing else changes. */
export async function noteBounce(
  unit: Unit<'desk'>,
  {
    bounce,
    kind,
    ticket,
    at,
  }: { bounce: BounceFacts; kind: 'bounce' | 'delay_notice'; ticket: TicketRecord | null; at: Date },
): Promise<{ readonly filed: FiledMail; readonly steps: readonly FlightStep[] }> {
  const out = mailOutStore(unit.db);
  const addresses = bounce.recipients.map(({ address }) => address);
  const id = await out.returned(bounce.returnedId, ticket?.id ?? null, addresses);
  const said = bounce.recipients
    .map((each) => `${each.address} ${each.status} ${each.said}`.replaceAll(/\s+/gu, ' ').trim())
    .join('; ')
    .slice(0, longestSaid)
    .toWellFormed();
  const failed = kind === 'bounce';
  const step = flightStep('send', failed ? 'bounced' : 'delayed', said, failed ? 'bounced' : 'delayed');
  const noted =
    id === null ? null : await out.note(id, { state: failed ? 'bounced' : 'sent', at, said, steps: [step] });
  if (noted === null)
    return {
      filed: { state: 'done', outcome: 'kept', reason: '', ticketId: null, writtenId: null },
      steps: [filed('bounce_unknown')],
    };
  if (failed)
    await storyStore(unit.db).tell(noted.ticketId, {
      at,
      who: vigie,
      said: { code: 'mail_bounced', data: { to: addresses.join(', ').slice(0, 300), said } },
    });
  await unit.live('desk.ticket', noted.ticketId);
  return {
    filed: { state: 'done', outcome: 'bounce', reason: '', ticketId: noted.ticketId, writtenId: noted.messageId },
    steps: [filed('bounce_noted')],
  };
}
