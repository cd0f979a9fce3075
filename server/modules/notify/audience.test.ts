import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuietHours, Target } from '#contract/notify-routes.ts';
import {
  audienceOf,
  escalatedMinutes,
  isQuiet,
  standingOf,
  waitsForMorning,
  type Directory,
  type PolicyRecord,
  type ReachedChannel,
  type RouteRecord,
} from './audience.ts';

const channel = (id: string, more: Partial<ReachedChannel> = {}): ReachedChannel => ({
  id,
  everything: false,
  personId: null,
  afterMinutes: 0,
  ...more,
});
const route = (name: string, targets: readonly Target[], more: Partial<RouteRecord> = {}): RouteRecord => ({
  id: name,
  name,
  active: true,
  from: 'low',
  things: [],
  tags: [],
  targets,
  goesOn: true,
  ...more,
});
const policy: PolicyRecord = {
  id: 'nights',
  name: 'Nights',
  steps: [
    { afterMinutes: 0, targets: [{ kind: 'rota', id: 'primary' }] },
    { afterMinutes: 15, targets: [{ kind: 'team', id: 'crew' }] },
  ],
  repeats: 2,
  repeatMinutes: 30,
};
const directory: Directory = {
  channels: [
    channel('room', { everything: true }),
    channel('ann phone', { personId: 'ann' }),
    channel('ann mail', { personId: 'ann', afterMinutes: 5 }),
    channel('ben mail', { personId: 'ben' }),
  ],
  routes: [route('net', [{ kind: 'policy', id: 'nights' }], { from: 'high', things: [{ kind: 'site', id: 'lyon' }] })],
  policies: new Map([['nights', policy]]),
  onCall: new Map([
    ['primary', { name: 'Primary', personId: 'ann' }],
    ['empty', { name: 'Empty', personId: null }],
  ]),
  teams: new Map([['crew', { name: 'Crew', personIds: ['ben', 'cho'] }]]),
  persons: new Map([
    ['ann', { name: 'Ann', active: true }],
    ['ben', { name: 'Ben', active: true }],
    ['cho', { name: 'Cho', active: true }],
  ]),
  tagged: new Map(),
};
const lyon = { priority: 'high', things: new Set(['host web-1', 'site lyon']) } as const;
const told = (at: Directory, subject: Parameters<typeof audienceOf>[1], minutes: number): string[] => {
  const { reaches } = audienceOf(at, subject);
  const start = new Date(0);
  return at.channels
    .map(({ id }) => id)
    .filter(
      (id) =>
        standingOf(
          reaches.filter(({ channelId }) => channelId === id),
          start,
          minutes,
        ).reached,
    );
};

const by = (tags: readonly string[], carriers: readonly string[]): Directory => ({
  ...directory,
  channels: [channel('desk')],
  routes: [route('tags', [{ kind: 'channel', id: 'desk' }], { tags })],
  tagged: new Map([['prod', new Set(carriers)]]),
});

describe('a route by tag', () => {
  it('leads where something that carries the tag is concerned, and says which tag it was', () => {
    const { reaches } = audienceOf(by(['lab', 'prod'], ['site lyon']), lyon);
    expect(reaches.map(({ ways }) => ways)).toEqual([[{ code: 'route', name: 'tags', tag: 'prod' }]]);
  });

  it('leads nowhere when nothing carries it', () => {
    expect(told(by(['prod'], ['host other']), lyon, 0)).toEqual([]);
    expect(told(by(['unknown'], ['site lyon']), lyon, 0)).toEqual([]);
  });
});

describe('an incident', () => {
  it('goes by a route to who is on call, and by a policy’s steps to others while nobody has it', () => {
    expect(told(directory, lyon, 0)).toEqual(['room', 'ann phone']);
    expect(told(directory, lyon, 5)).toEqual(['room', 'ann phone', 'ann mail']);
    expect(told(directory, lyon, 15)).toEqual(['room', 'ann phone', 'ann mail', 'ben mail']);
  });

  it('goes no way that is for others: of another priority, about another thing, switched off, or after one that ends it', () => {
    expect(told(directory, { ...lyon, priority: 'normal' }, 60)).toEqual(['room']);
    expect(told(directory, { priority: 'high', things: new Set(['host web-9']) }, 60)).toEqual(['room']);
    const off = { ...directory, routes: directory.routes.map((one) => ({ ...one, active: false })) };
    expect(told(off, lyon, 60)).toEqual(['room']);
    const ended = {
      ...directory,
      routes: [route('first', [{ kind: 'channel', id: 'room' }], { goesOn: false }), ...directory.routes],
    };
    expect(told(ended, lyon, 60)).toEqual(['room']);
  });

  it('says of each channel by which way, and of whom a way leads to in vain', () => {
    const { reaches, missing } = audienceOf(directory, lyon);
    expect(
      reaches
        .find(({ channelId }) => channelId === 'ann phone')
        ?.ways.map(({ code, name, step }) => [code, name, step]),
    ).toEqual([
      ['route', 'net', undefined],
      ['policy', 'Nights', 1],
      ['rota', 'Primary', undefined],
      ['person', 'Ann', undefined],
    ]);
    expect(missing).toEqual([{ code: 'no_channel', name: 'Cho' }]);
    const empty = {
      ...directory,
      routes: [
        route('x', [
          { kind: 'rota', id: 'empty' },
          { kind: 'person', id: 'gone' },
        ]),
      ],
    };
    expect(audienceOf(empty, lyon).missing).toEqual([
      { code: 'nobody_on_call', name: 'Empty' },
      { code: 'gone', name: '' },
    ]);
  });

  it('is recalled by each repetition of a policy, and by none once somebody has it', () => {
    const { reaches } = audienceOf(directory, lyon);
    const phone = reaches.filter(({ channelId }) => channelId === 'ann phone');
    expect(phone[0]?.recallMinutes).toEqual([45, 90]);
    const start = new Date(0);
    expect(standingOf(phone, start, 44).recallDue).toBeNull();
    expect(standingOf(phone, start, 50).recallDue).toEqual(new Date(45 * 60_000));
    const taken = { acknowledgedAt: new Date(10 * 60_000), goodSince: null, isOver: false };
    expect(escalatedMinutes(start, taken, new Date(99 * 60_000))).toBe(10);
  });

  it('never reaches fewer channels as time goes on, nor further once it was taken', () => {
    const anyTarget = fc.constantFrom<Target>(
      { kind: 'rota', id: 'primary' },
      { kind: 'team', id: 'crew' },
      { kind: 'person', id: 'ann' },
      { kind: 'channel', id: 'room' },
      { kind: 'policy', id: 'nights' },
    );
    const routes = fc.array(
      fc.record({ targets: fc.array(anyTarget, { minLength: 1, maxLength: 3 }), goesOn: fc.boolean() }),
      { maxLength: 4 },
    );
    const minute = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(routes, minute, minute, (given, one, other) => {
        const at = {
          ...directory,
          routes: given.map(({ targets, goesOn }, index) => route(String(index), targets, { goesOn })),
        };
        const [early, late] = [Math.min(one, other), Math.max(one, other)];
        const before = told(at, lyon, early);
        expect(told(at, lyon, late)).toEqual(expect.arrayContaining(before));
        const taken = { acknowledgedAt: new Date(early * 60_000), goodSince: null, isOver: false };
        expect(told(at, lyon, escalatedMinutes(new Date(0), taken, new Date(late * 60_000)))).toEqual(before);
      }),
    );
  });
});

describe('quiet hours', () => {
  const hours: QuietHours = {
    active: true,
    timeZone: 'Europe/Paris',
    from: '22:00',
    until: '07:00',
    days: [7],
    through: 'critical',
    onCallThrough: true,
  };
  const quiet = (moment: string): boolean => isQuiet(hours, new Date(moment));

  it('follow the clocks of their zone, over midnight and on whole days', () => {
    expect(quiet('2026-11-20T20:59:00Z')).toBe(false);
    expect(quiet('2026-11-20T21:00:00Z')).toBe(true);
    expect(quiet('2026-11-21T05:59:00Z')).toBe(true);
    expect(quiet('2026-11-21T06:00:00Z')).toBe(false);
    // Summer time: an hour earlier in UTC. And Sunday is quiet as a whole.
    expect(quiet('2026-07-01T20:30:00Z')).toBe(true);
    expect(quiet('2026-11-22T12:00:00Z')).toBe(true);
    expect(isQuiet({ ...hours, active: false }, new Date('2026-11-22T12:00:00Z'))).toBe(false);
  });

  it('let through what is urgent enough, and what a rota leads to', () => {
    const at = new Date('2026-11-20T23:00:00Z');
    expect(waitsForMorning(hours, { priority: 'high', byRota: false, at })).toBe(true);
    expect(waitsForMorning(hours, { priority: 'critical', byRota: false, at })).toBe(false);
    expect(waitsForMorning(hours, { priority: 'low', byRota: true, at })).toBe(false);
    expect(
      waitsForMorning({ ...hours, through: null, onCallThrough: false }, { priority: 'critical', byRota: true, at }),
    ).toBe(true);
    expect(waitsForMorning(undefined, { priority: 'low', byRota: false, at })).toBe(false);
  });
});
