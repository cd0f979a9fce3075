import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usualSendLimits } from '#mail/send-budget.ts';
import type { Clock } from '#platform/clock.ts';
import { startHouse, type House } from '../house.ts';
import { deskAddress, mailOf, startMailDesk, type MailDesk } from '../mail-desk.ts';
import { until } from '../until.ts';

/** A clock that tests put forward; the machine’s goes on beneath it. */
class PutForward implements Clock {
  #aheadMs = 0;
  now(): Date {
    return new Date(Date.now() + this.#aheadMs);
  }
  forward(ms: number): void {
    this.#aheadMs += ms;
  }
}

const hourMs = 3_600_000;
const clock = new PutForward();
let house: House;
let mail: MailDesk;

beforeAll(async () => {
  house = await startHouse({ clock });
  mail = await startMailDesk(house);
});
afterAll(async () => {
  await mail[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
});

/**
 * The other program: it answers every mail of ours with one of its own, whose headers say nothing, with other words and
 * another subject each time. It ends when it was not written to.
 */
async function playAgainst(robot: string, pauseMs: number): Promise<number> {
  const ours = (): number => mail.outside.caught.filter(({ to }) => to.includes(robot)).length;
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  let came = (await house.as.bob.desk.mails.list({ limit: 1 })).total;
  for (let round = 0; round < 200; round += 1) {
    const before = ours();
    const word = `${letters.charAt(round % 26)}${letters.charAt((round * 7) % 26)}${letters.charAt((round * 11) % 26)}${'q'.repeat(round % 9)}`;
    await mail.deliver(
      mailOf({ From: robot, Subject: `Ticket ${word}`, To: deskAddress }, `We got your mail ${word} ${word}x.`),
      {
        from: robot,
      },
    );
    came += 1;
    await mail.settled(came);
    const { items } = await house.as.bob.desk.mails.list({ limit: 1 });
    const ticketId = items[0]?.ticket?.id;
    if (ticketId === undefined) throw new Error('the mail opened no ticket');
    const [delivery] = (await house.as.bob.desk.mails.ofTicket({ id: ticketId })).deliveries;
    if (delivery === undefined) throw new Error('nothing was decided about an answer');
    if (delivery.state === 'held') return before;
    await until(async () => ours() > before);
    clock.forward(pauseMs);
  }
  return ours();
}

describe('two programs that answer each other', () => {
  test('come to an end within the hour when the other answers at once', async () => {
    expect(await playAgainst('fast@robot-one.test', 1_000)).toBe(usualSendLimits.perAddressHour);
  });

  test('come to an end when the other is slow and cunning: since a person acted, no more than the bound', async () => {
    expect(await playAgainst('slow@robot-two.test', 2 * hourMs)).toBeLessThanOrEqual(
      usualSendLimits.perAddressUntouched,
    );
  });

  test('go on only when a person here acts, whose own answer is never held', async () => {
    const { items } = await house.as.bob.desk.mails.list({ limit: 1 });
    const id = items[0]?.ticket?.id ?? '';
    await house.as.bob.desk.messages.add({ id, visibility: 'public', body: 'A person answers.' });
    await until(async () => {
      const { deliveries } = await house.as.bob.desk.mails.ofTicket({ id });
      return deliveries.some(({ kind, state }) => kind === 'answer' && state === 'sent');
    });
    clock.forward(25 * hourMs);
    const robot = 'slow@robot-two.test';
    const before = mail.outside.caught.filter(({ to }) => to.includes(robot)).length;
    expect((await playAgainst(robot, 1_000)) - before).toBe(usualSendLimits.perAddressHour);
  });
}, 300_000);
