import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dueNotices,
  dueReminder,
  type ChannelNow,
  type DueNotice,
  type PastNotice,
  type TicketNow,
} from './due-notices.ts';

const start = new Date('2026-11-20T08:00:00Z');
const after = (minutes: number): Date => new Date(start.getTime() + minutes * 60_000);

const channel: ChannelNow = {
  active: true,
  activeSince: start,
  leastPriority: 'normal',
  reminderMinutes: 30,
  reached: true,
  quiet: false,
  tellsTaking: false,
  recallDue: null,
};
const ticket: TicketNow = {
  state: 'open',
  priority: 'high',
  silenced: false,
  round: 1,
  openedAt: after(1),
  acknowledgedAt: null,
  goodSince: null,
};
const sent = (about: PastNotice['about'], at = after(1), round = 1): PastNotice => ({
  about,
  round,
  state: 'delivered',
  at,
});
const opened = (hold: DueNotice['hold']): DueNotice => ({ about: 'opened', round: 1, hold });

function same(one: PastNotice, other: DueNotice): boolean {
  return one.about === other.about && one.round === other.round;
}

/** The log after these notices were written into it: a released one takes its held one's place. */
function written(past: readonly PastNotice[], due: readonly DueNotice[]): PastNotice[] {
  return [
    ...past.filter((one) => !due.some((other) => same(one, other))),
    ...due.map(({ about, round, hold }): PastNotice => ({
      about,
      round,
      state: hold === null ? 'delivered' : 'held',
      at: after(1),
    })),
  ];
}

describe('a channel', () => {
  it('is told of an incident from before it that fails again, and of none that was told to others before it', () => {
    const young = { ...channel, activeSince: after(10) };
    const again = { ...ticket, round: 2, roundBegan: after(20) };
    expect(dueNotices(ticket, young, [])).toEqual([]);
    expect(dueNotices(again, young, [])).toEqual([{ about: 'opened', round: 2, hold: null }]);
    expect(dueNotices({ ...again, roundBegan: after(5) }, young, [])).toEqual([]);
    expect(dueNotices({ ...again, state: 'solved', goodSince: after(30) }, young, [])).toEqual([]);
  });

  it('is told of an opening once', () => {
    expect(dueNotices(ticket, channel, [])).toEqual([opened(null)]);
    expect(dueNotices(ticket, channel, [sent('opened')])).toEqual([]);
  });

  it('is told of the recovery once, and of a person’s word when nothing else ended it', () => {
    const well = { ...ticket, state: 'solved', goodSince: after(5) } as const;
    expect(dueNotices(well, channel, [sent('opened')])).toEqual([{ about: 'solved', round: 1, hold: null }]);
    expect(dueNotices({ ...well, state: 'resolved' }, channel, [sent('opened'), sent('solved')])).toEqual([]);
    expect(dueNotices({ ...ticket, state: 'resolved' }, channel, [sent('opened')])).toEqual([
      { about: 'resolved', round: 1, hold: null },
    ]);
  });

  it('is told of both when it was over before anything could be said', () => {
    const over = { ...ticket, state: 'solved', goodSince: after(2) } as const;
    expect(dueNotices(over, channel, []).map(({ about }) => about)).toEqual(['opened', 'solved']);
  });

  it('has a notice held while the incident is silenced, too small, or the channel is off, and then gets it', () => {
    const held: PastNotice[] = [{ ...sent('opened'), state: 'held' }];
    expect(dueNotices({ ...ticket, silenced: true }, channel, [])).toEqual([opened('silenced')]);
    expect(dueNotices({ ...ticket, silenced: true }, channel, held)).toEqual([]);
    expect(dueNotices({ ...ticket, priority: 'low' }, channel, [])).toEqual([opened('below_threshold')]);
    expect(dueNotices(ticket, { ...channel, active: false }, [])).toEqual([opened('switched_off')]);
    expect(dueNotices(ticket, channel, held)).toEqual([opened(null)]);
  });

  it('that was not told of an opening is not told of the recovery', () => {
    const over = { ...ticket, state: 'solved', goodSince: after(2), silenced: true } as const;
    expect(dueNotices(over, channel, [{ ...sent('opened'), state: 'held' }])).toEqual([]);
    expect(dueNotices({ ...over, silenced: false }, channel, [{ ...sent('opened'), state: 'held' }])).toEqual([]);
  });

  it('is told of nothing until a route or a policy’s step leads to it, and then of the recovery whatever leads there', () => {
    expect(dueNotices(ticket, { ...channel, reached: false }, [])).toEqual([]);
    const over = { ...ticket, state: 'solved', goodSince: after(9), silenced: true } as const;
    expect(dueNotices(over, { ...channel, reached: false }, [sent('opened')])).toEqual([
      { about: 'solved', round: 1, hold: null },
    ]);
  });

  it('of a person in their quiet hours waits for the morning, for the recovery too', () => {
    const quiet = { ...channel, quiet: true };
    const held: PastNotice[] = [{ ...sent('opened'), state: 'held' }];
    expect(dueNotices(ticket, quiet, [])).toEqual([opened('quiet_hours')]);
    expect(dueNotices(ticket, channel, held)).toEqual([opened(null)]);
    expect(dueNotices({ ...ticket, acknowledgedAt: after(3) }, channel, held)).toEqual([]);
    const over = { ...ticket, state: 'solved', goodSince: after(9) } as const;
    expect(dueNotices(over, quiet, [sent('opened')])).toEqual([{ about: 'solved', round: 1, hold: 'quiet_hours' }]);
    const waits: PastNotice[] = [sent('opened'), { ...sent('solved'), state: 'held' }];
    expect(dueNotices(over, channel, waits)).toEqual([{ about: 'solved', round: 1, hold: null }]);
  });

  it('whose service wants to know is told once that somebody took the incident', () => {
    const taken = { ...ticket, acknowledgedAt: after(3) };
    const telling = { ...channel, tellsTaking: true };
    expect(dueNotices(taken, channel, [sent('opened')])).toEqual([]);
    expect(dueNotices(taken, telling, [sent('opened')])).toEqual([{ about: 'acknowledged', round: 1, hold: null }]);
    expect(dueNotices(taken, telling, [sent('opened'), sent('acknowledged')])).toEqual([]);
  });

  it('hears nothing of what was opened before it was there', () => {
    expect(dueNotices({ ...ticket, openedAt: after(-1) }, channel, [])).toEqual([]);
  });

  it('never hears the same twice in turn, whatever happens to the incident and however often one looks', () => {
    const anyStep = fc.record({
      state: fc.constantFrom<TicketNow['state']>('open', 'in_progress', 'solved', 'resolved'),
      silenced: fc.boolean(),
      priority: fc.constantFrom<TicketNow['priority']>('low', 'high'),
      active: fc.boolean(),
      reached: fc.boolean(),
      quiet: fc.boolean(),
      taken: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 12 }), (steps) => {
        let past: PastNotice[] = [];
        let round = 1;
        let wasWell = false;
        for (const { state, silenced, priority, active, reached, quiet, taken } of steps) {
          const well = state === 'solved' || state === 'resolved';
          if (wasWell && !well) round += 1;
          wasWell = well;
          const acknowledgedAt = taken ? after(2) : null;
          const now = {
            ...ticket,
            state,
            silenced,
            priority,
            round,
            acknowledgedAt,
            goodSince: well ? after(3) : null,
          };
          const to = { ...channel, active, reached, quiet };
          past = written(past, dueNotices(now, to, past));
          expect(dueNotices(now, to, past)).toEqual([]);
        }
        const told = past.filter(({ state }) => state !== 'held').map(({ about }) => about === 'opened');
        told.forEach((isOpening, turn) => expect(isOpening).toBe(turn % 2 === 0));
      }),
    );
  });
});

describe('a reminder', () => {
  const past = [sent('opened', after(1))];

  it('comes when its minutes have passed since the last notice, again and again', () => {
    expect(dueReminder(ticket, channel, past, after(30))).toBeNull();
    expect(dueReminder(ticket, channel, past, after(31))).toMatchObject({ about: 'reminder', round: 1 });
    const reminded = [...past, sent('reminder', after(31))];
    expect(dueReminder(ticket, channel, reminded, after(60))).toBeNull();
    expect(dueReminder(ticket, channel, reminded, after(61))).toMatchObject({ about: 'reminder', round: 2 });
  });

  it('stops once somebody took the incident in hand, and when it is over', () => {
    expect(dueReminder({ ...ticket, acknowledgedAt: after(2) }, channel, past, after(99))).toBeNull();
    expect(dueReminder({ ...ticket, state: 'solved', goodSince: after(2) }, channel, past, after(99))).toBeNull();
  });

  it('comes at a policy’s repetition too, once for each', () => {
    const none = { ...channel, reminderMinutes: 0, recallDue: after(20) };
    expect(dueReminder(ticket, none, past, after(19))).toBeNull();
    expect(dueReminder(ticket, none, past, after(20))).toMatchObject({ about: 'reminder' });
    expect(dueReminder(ticket, none, [...past, sent('reminder', after(20))], after(25))).toBeNull();
  });

  it('does not come to who was not told, who wants none, or while another waits', () => {
    expect(dueReminder(ticket, channel, [{ ...sent('opened'), state: 'held' }], after(99))).toBeNull();
    expect(dueReminder(ticket, { ...channel, reminderMinutes: 0 }, past, after(99))).toBeNull();
    expect(dueReminder(ticket, channel, [{ ...sent('opened'), state: 'waiting' }], after(99))).toBeNull();
  });
});
