import { describe, expect, it } from 'vitest';
import { levelPolicy } from '#contract/desk-levels.ts';
import { accountOf } from './account.ts';
import { policyFor, targetsOf } from './policy.ts';

const none = { low: null, normal: null, high: null, critical: null };
const policy = (position: number, match: object, more: object = {}) =>
  levelPolicy.parse({
    id: `00000000-0000-7000-8000-00000000000${position}`,
    name: { en: `P${position}`, fr: `P${position}` },
    position,
    calendarId: '00000000-0000-7000-8000-000000000001',
    match,
    first: none,
    next: none,
    resolution: { ...none, high: 60 },
    ...more,
  });
const ticket = {
  kind: 'request',
  priority: 'high',
  categoryIds: [],
  teamId: null,
  requesterId: null,
  domain: 'paris.client.example',
} as const;

describe('a policy', () => {
  it('holds for what it names, the first of them, and for what lies below a domain', () => {
    const all = [
      policy(1, { kinds: ['incident'] }),
      policy(2, { domains: ['other.example'] }),
      policy(3, { domains: ['client.example'] }),
      policy(4, {}),
    ];
    expect(policyFor(all, ticket)?.position).toBe(3);
    expect(policyFor(all, { ...ticket, domain: 'notclient.example' })?.position).toBe(4);
    expect(policyFor(all, { ...ticket, kind: 'incident' })?.position).toBe(1);
    expect(policyFor([policy(1, {}, { active: false })], ticket)).toBeNull();
  });

  it('promises nothing where no time is set', () => {
    expect(targetsOf(policy(1, {}), 'high')).toEqual({ first: null, next: null, resolution: 3_600_000 });
    expect(targetsOf(policy(1, {}), 'low').resolution).toBeNull();
  });
});

describe('the account of a promise', () => {
  it('names each day with what counted, what was paused, and the holidays between', () => {
    const time = {
      timeZone: 'Europe/Paris',
      week: Array.from({ length: 7 }, () => [[540, 1_020]] as const),
      closed: new Set(['2026-07-14']),
    };
    expect(
      accountOf(
        time,
        {
          fromMs: Date.parse('2026-07-13T13:00:00Z'),
          untilMs: Date.parse('2026-07-15T09:00:00Z'),
          pauses: [{ fromMs: Date.parse('2026-07-13T14:00:00Z'), untilMs: Date.parse('2026-07-15T08:00:00Z') }],
        },
        new Map([['2026-07-14', 'Fête nationale']]),
      ),
    ).toEqual([
      { date: '2026-07-13', openSeconds: 7_200, countedSeconds: 3_600, pausedSeconds: 3_600, holiday: null },
      { date: '2026-07-14', openSeconds: 0, countedSeconds: 0, pausedSeconds: 0, holiday: 'Fête nationale' },
      { date: '2026-07-15', openSeconds: 7_200, countedSeconds: 3_600, pausedSeconds: 3_600, holiday: null },
    ]);
  });
});
