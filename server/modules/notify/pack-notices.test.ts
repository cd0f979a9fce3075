import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packNotices, type StormLimits, type WaitingNotice } from './pack-notices.ts';

const start = Date.parse('2026-11-20T08:00:00Z');
const at = (seconds: number): Date => new Date(start + seconds * 1_000);
const limits: StormLimits = { notices: 4, minutes: 5, digests: true };
const waiting = (id: string, seconds: number, more: Partial<WaitingNotice> = {}): WaitingNotice => ({
  id,
  about: 'opened',
  ticketId: id,
  at: at(seconds),
  toldIn: null,
  ...more,
});

describe('a channel’s queue', () => {
  it('is told one by one while there is room', () => {
    expect(packNotices([waiting('a', 0)], limits, [], at(1))).toEqual({ overtaken: [], send: ['a'], waitUntil: null });
    expect(packNotices([waiting('a', 0), waiting('b', 0)], limits, [], at(1)).send).toEqual(['a']);
    expect(packNotices([], limits, [], at(1))).toEqual({ overtaken: [], send: [], waitUntil: null });
  });

  it('is told in one message when there is more than room for', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((id) => waiting(id, 0));
    expect(packNotices(many, limits, [], at(1)).send).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('gathers for a moment before the last message of its minutes, then waits for the next', () => {
    const sent = [at(0), at(1), at(2)];
    expect(packNotices([waiting('x', 3)], limits, sent, at(4)).waitUntil).toEqual(at(33));
    expect(packNotices([waiting('x', 3), waiting('y', 20)], limits, sent, at(33)).send).toEqual(['x', 'y']);
    const full = [...sent, at(33)];
    expect(packNotices([waiting('z', 40)], limits, full, at(41)).waitUntil).toEqual(at(300));
  });

  it('that did not get through tells of each incident how it stands, and no more', () => {
    const stale = [
      waiting('1', 0, { ticketId: 't' }),
      waiting('2', 10, { ticketId: 't', about: 'reminder' }),
      waiting('3', 60, { ticketId: 't', about: 'solved' }),
      waiting('4', 60, { ticketId: 'u' }),
    ];
    expect(packNotices(stale, limits, [], at(3_600))).toEqual({ overtaken: ['1', '2'], send: ['3'], waitUntil: null });
    // What came a moment ago is told in turn.
    expect(packNotices(stale, limits, [], at(61)).overtaken).toEqual([]);
    const recalled = [waiting('1', 0, { ticketId: 't' }), waiting('2', 10, { ticketId: 't', about: 'reminder' })];
    expect(packNotices(recalled, limits, [], at(3_600))).toMatchObject({ overtaken: ['2'], send: ['1'] });
  });

  it('repeats the very message that it had begun, after a crash', () => {
    const begun = [waiting('a', 0, { toldIn: 'a' }), waiting('b', 0, { toldIn: 'a' }), waiting('c', 5)];
    expect(packNotices(begun, limits, [], at(200)).send).toEqual(['a', 'b']);
  });

  it('of a service that keeps a state for each incident is told one by one, however many', () => {
    const many = Array.from({ length: 50 }, (_none, index) => waiting(String(index), 0));
    expect(packNotices(many, { ...limits, digests: false }, [at(0), at(0), at(0), at(0)], at(1)).send).toEqual(['0']);
  });

  it('never sends more messages within its minutes than its limit, and leaves no notice out, in any storm', () => {
    const storm = fc.record({
      notices: fc.integer({ min: 1, max: 10 }),
      minutes: fc.integer({ min: 1, max: 30 }),
      // Seconds between one incident and the next.
      gaps: fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 120 }),
    });
    fc.assert(
      fc.property(storm, ({ notices, minutes, gaps }) => {
        let seconds = 0;
        const coming = gaps.map((gap, index) => {
          seconds += gap;
          return waiting(String(index), seconds);
        });
        const told: string[] = [];
        const sent: Date[] = [];
        // Whether each time that nothing is sent there is a moment to look again, or nothing to send.
        const idle: boolean[] = [];
        let queue: WaitingNotice[] = [];
        for (let now = 0; told.length < gaps.length; now += 5) {
          queue.push(...coming.filter((one) => one.at > at(now - 5) && one.at <= at(now)));
          for (;;) {
            const { send, waitUntil } = packNotices(queue, { notices, minutes, digests: true }, sent, at(now));
            if (send.length === 0) {
              idle.push(queue.length === 0 || (waitUntil !== null && waitUntil > at(now)));
              break;
            }
            told.push(...send);
            sent.push(at(now));
            queue = queue.filter(({ id }) => !send.includes(id));
          }
          expect(now).toBeLessThan(seconds + minutes * 60 * 40);
        }
        expect(idle).not.toContain(false);
        expect(told.toSorted()).toEqual(coming.map(({ id }) => id).toSorted());
        for (const first of sent) {
          const end = first.getTime() + minutes * 60_000;
          expect(sent.filter((one) => one >= first && one.getTime() < end).length).toBeLessThanOrEqual(notices);
        }
      }),
      { numRuns: 200 },
    );
  });
});
