import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayAnswer, usualSendLimits, wordsFingerprint, type SendCounts } from './send-budget.ts';

const hour = 3_600_000;
const day = 24 * hour;

interface Sent {
  readonly at: number;
  readonly address: string;
  readonly ticket: number;
}

const count = (list: readonly Sent[], of: (each: Sent) => boolean): number => list.filter(of).length;

/** What the desk remembers: the plainest ledger there is. */
class Ledger {
  readonly sent: Sent[] = [];
  readonly heard: { readonly at: number; readonly words: string }[] = [];

  counts(address: string, ticket: number, words: string, now: number): SendCounts {
    const within = (spanMs: number): Sent[] => this.sent.filter(({ at }) => now - at < spanMs);
    const domain = (each: Sent): boolean => each.address.split('@')[1] === address.split('@')[1];
    const [lastHour, lastDay] = [within(hour), within(day)];
    return {
      addressHour: count(lastHour, (each) => each.address === address),
      addressDay: count(lastDay, (each) => each.address === address),
      domainHour: count(lastHour, domain),
      domainDay: count(lastDay, domain),
      ticketHour: count(lastHour, (each) => each.ticket === ticket),
      ticketDay: count(lastDay, (each) => each.ticket === ticket),
      overallHour: lastHour.length,
      overallDay: lastDay.length,
      addressUntouched: count(this.sent, (each) => each.address === address),
      domainUntouched: count(this.sent, domain),
      sameWordsDay: this.heard.filter((each) => each.words === words && now - each.at < day).length,
    };
  }
}

/** How the other side's program behaves. It strips every header: nothing but counting can stop it. */
interface Strategy {
  readonly delaysMs: readonly number[];
  /** How many mails it answers one with. */
  readonly echoes: number;
  readonly names: number;
  readonly changesWords: boolean;
  readonly keepsThread: boolean;
}

/** Plays the desk's automatic answers against it until nothing is under way; the number of our mails. */
function play({ delaysMs, echoes, names, changesWords, keepsThread }: Strategy): {
  readonly ours: number;
  readonly theirs: number;
} {
  const ledger = new Ledger();
  const under: { at: number; ticket: number }[] = [{ at: 0, ticket: 1 }];
  let theirs = 0;
  while (under.length > 0) {
    under.sort((a, b) => a.at - b.at);
    const mail = under.shift();
    if (mail === undefined) break;
    theirs += 1;
    const address = `robot${theirs % names}@other.example`;
    const words = wordsFingerprint(
      changesWords ? `I am away ${'abcdefghij'.charAt(theirs % 10)} ${theirs.toString(36)}` : `I am away ${theirs}`,
    );
    const ticket = keepsThread ? mail.ticket : theirs;
    const { isAllowed } = mayAnswer(
      { mayBeAnswered: true },
      ledger.counts(address, ticket, words, mail.at),
      usualSendLimits,
    );
    ledger.heard.push({ at: mail.at, words });
    if (!isAllowed) continue;
    ledger.sent.push({ at: mail.at, address, ticket });
    for (let echo = 0; echo < echoes; echo += 1)
      under.push({ at: mail.at + (delaysMs[(theirs + echo) % delaysMs.length] ?? 0), ticket });
  }
  return { ours: ledger.sent.length, theirs };
}

describe('no loop is possible', () => {
  test('two programs that strip every header come to an end, whatever the other one does', () => {
    const strategy = fc.record({
      delaysMs: fc.array(fc.integer({ min: 0, max: 60 * day }), { minLength: 1, maxLength: 6 }),
      echoes: fc.integer({ min: 1, max: 4 }),
      names: fc.integer({ min: 1, max: 500 }),
      changesWords: fc.boolean(),
      keepsThread: fc.boolean(),
    });
    fc.assert(
      fc.property(strategy, (way) => {
        const { ours, theirs } = play(way);
        const { perAddressUntouched, perDomainUntouched } = usualSendLimits;
        expect(ours).toBeLessThanOrEqual(way.names === 1 ? perAddressUntouched : perDomainUntouched);
        expect(theirs).toBeLessThanOrEqual(1 + way.echoes * usualSendLimits.perDomainUntouched);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  test('a program that always says the same gets four answers, one that answers at once gets five', () => {
    const plain = { delaysMs: [60_000], echoes: 1, names: 1, keepsThread: true };
    expect(play({ ...plain, changesWords: false }).ours).toBe(usualSendLimits.sameWordsDay);
    expect(play({ ...plain, changesWords: true }).ours).toBe(usualSendLimits.perTicketHour);
  });

  test('the slowest and most cunning one ends at the stated number', () => {
    expect(play({ delaysMs: [25 * hour], echoes: 1, names: 400, changesWords: true, keepsThread: false }).ours).toBe(
      usualSendLimits.perDomainUntouched,
    );
  });

  test('the whole desk going quiet is an alarm', () => {
    const counts: SendCounts = {
      ...new Ledger().counts('a@b.example', 1, '', 0),
      overallHour: usualSendLimits.overallHour,
    };
    expect(mayAnswer({ mayBeAnswered: true }, counts)).toMatchObject({
      isAllowed: false,
      isAlarm: true,
      steps: [{ rule: 'budget_overall' }],
    });
    expect(mayAnswer({ mayBeAnswered: false }, counts).steps[0]?.rule).toBe('answer_not_to_programs');
  });
});
