import { createHash } from 'node:crypto';
import { flightStep, type FlightRule, type FlightStep } from './flight-record.ts';

/**
 * Why no loop is possible. A header can be missing, so none is relied upon: each automatic mail is counted, and over a
 * bound nobody gets one. The hourly and daily bounds make a loop slow; the two counts since a person last acted make it
 * end, because between two programs nobody acts. All of it is arithmetic on counts that the caller keeps.
 */
export interface SendLimits {
  readonly perAddressHour: number;
  readonly perAddressDay: number;
  readonly perDomainHour: number;
  readonly perDomainDay: number;
  readonly perTicketHour: number;
  readonly perTicketDay: number;
  readonly overallHour: number;
  readonly overallDay: number;
  /** Automatic mails to an address, and to all addresses of a domain, since a person here last acted for one of them. */
  readonly perAddressUntouched: number;
  readonly perDomainUntouched: number;
  /** Messages with the same words from one domain within a day: from this many on they are a program's. */
  readonly sameWordsDay: number;
}

/** Generous to people, who write a few times an hour; a loop of two programs ends after at most `perDomainUntouched` mails. */
export const usualSendLimits: SendLimits = {
  perAddressHour: 5,
  perAddressDay: 20,
  perDomainHour: 60,
  perDomainDay: 200,
  perTicketHour: 5,
  perTicketDay: 20,
  overallHour: 1_000,
  overallDay: 10_000,
  perAddressUntouched: 30,
  perDomainUntouched: 300,
  sameWordsDay: 4,
};

/** How many automatic mails went out so far, from one desk mailbox, counted by the caller before it sends the next. */
export interface SendCounts {
  readonly addressHour: number;
  readonly addressDay: number;
  readonly domainHour: number;
  readonly domainDay: number;
  readonly ticketHour: number;
  readonly ticketDay: number;
  readonly overallHour: number;
  readonly overallDay: number;
  readonly addressUntouched: number;
  readonly domainUntouched: number;
  /** Messages that came in from the domain within a day with the fingerprint of the one to be answered; 0 when none is. */
  readonly sameWordsDay: number;
}

export interface SendDecision {
  readonly isAllowed: boolean;
  /** The bound that was reached is one for all: a person has to look, because the desk has gone quiet. */
  readonly isAlarm: boolean;
  readonly steps: readonly FlightStep[];
}

interface Bound {
  readonly rule: FlightRule;
  readonly count: keyof SendCounts;
  readonly limit: keyof SendLimits;
}

const bounds: readonly Bound[] = [
  { rule: 'budget_overall', count: 'overallHour', limit: 'overallHour' },
  { rule: 'budget_overall', count: 'overallDay', limit: 'overallDay' },
  { rule: 'budget_untouched', count: 'addressUntouched', limit: 'perAddressUntouched' },
  { rule: 'budget_untouched', count: 'domainUntouched', limit: 'perDomainUntouched' },
  { rule: 'budget_address', count: 'addressHour', limit: 'perAddressHour' },
  { rule: 'budget_address', count: 'addressDay', limit: 'perAddressDay' },
  { rule: 'budget_domain', count: 'domainHour', limit: 'perDomainHour' },
  { rule: 'budget_domain', count: 'domainDay', limit: 'perDomainDay' },
  { rule: 'budget_ticket', count: 'ticketHour', limit: 'perTicketHour' },
  { rule: 'budget_ticket', count: 'ticketDay', limit: 'perTicketDay' },
  { rule: 'budget_same_words', count: 'sameWordsDay', limit: 'sameWordsDay' },
];

/** Whether a program may answer a message now: only a person's (`mayBeAnswered`), and within all bounds. */
export function mayAnswer(
  message: { readonly mayBeAnswered: boolean },
  counts: SendCounts,
  limits: SendLimits = usualSendLimits,
): SendDecision {
  if (!message.mayBeAnswered)
    return { isAllowed: false, isAlarm: false, steps: [flightStep('answer', 'answer_not_to_programs', '', 'held')] };
  return mayNotify(counts, limits);
}

/** Whether a program may tell somebody something by mail now, unasked. What a person writes and sends is never held. */
export function mayNotify(counts: SendCounts, limits: SendLimits = usualSendLimits): SendDecision {
  const reached = bounds.find(({ count, limit }) => counts[count] >= limits[limit]);
  if (reached === undefined)
    return { isAllowed: true, isAlarm: false, steps: [flightStep('answer', 'answer_allowed', '', 'sent')] };
  const evidence = `${reached.limit}: ${counts[reached.count]}/${limits[reached.limit]}`;
  return {
    isAllowed: false,
    isAlarm: reached.rule === 'budget_overall',
    steps: [flightStep('answer', reached.rule, evidence, 'held')],
  };
}

/** The words of a message without what a program changes from one mail to the next: figures, spaces, case. Hexadecimal. */
export function wordsFingerprint(text: string): string {
  const words = text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim()
    .slice(0, 20_000);
  return createHash('sha256').update(words).digest('hex').slice(0, 32);
}
